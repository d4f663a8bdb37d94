package dev.sluice.audit;

import org.jspecify.annotations.Nullable;

/** A sealed record that is what was signed, as the verification remembers it. */
record Entry(
        Link link,
        String topic,
        int partition,
        long offset,
        String key,
        String event,
        String digest) {

    static Entry of(LoggedRecord record, Link link, String digest) {
        return new Entry(
                link,
                record.topic(),
                record.partition(),
                record.offset(),
                record.key(),
                record.event(),
                digest);
    }

    long number() {
        return link.number();
    }

    Link.@Nullable Previous previous() {
        return link.previous();
    }

    String place() {
        return topic + '-' + partition + '@' + offset;
    }

    Finding finding(Finding.Kind kind, String message) {
        return new Finding(kind, topic, partition, offset, key, event, message);
    }
}
