package dev.sluice.notifier;

import dev.sluice.events.NotificationId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far an attempt to tell a Provider has come: a line of {@link Journal}.
 *
 * @param provider in the namespace of the notification
 */
record Attempt(Mark mark, NotificationId id, String provider) {

    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    /** What is told of an attempt. */
    enum Mark {
        /** The request is on its way. */
        HANDED_OVER,
        /** The service has accepted it. */
        TAKEN,
        /** The service has refused it, or does not answer. */
        NOT_TAKEN
    }

    String line() {
        return String.join(
                "\t",
                mark.name(),
                id.cluster(),
                id.namespace(),
                id.alert(),
                id.announcement(),
                provider);
    }

    /** The Provider's full name; lines of one Provider keep their order. */
    String key() {
        return id.cluster() + "/Provider/" + id.namespace() + '/' + provider;
    }

    /** None where it is no line of ours. */
    static Optional<Attempt> read(String line) {
        String[] parts = line.split("\t", -1);
        if (parts.length != 6) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Attempt(
                            Mark.valueOf(parts[0]),
                            new NotificationId(parts[1], parts[2], parts[3], parts[4]),
                            parts[5]));
        } catch (IllegalArgumentException e) {
            LOG.atDebug().setCause(e).log("a line of the journal is none");
            return Optional.empty();
        }
    }

    /**
     * What was taken, as the attempts tell one after the other. Of a request that was handed over
     * and not answered nobody knows whether the service has it. It counts as taken where the
     * service had taken the one before it: then it is nearly certain. Otherwise it is sent again.
     */
    static final class Reading {

        private final Set<NotificationId> taken = new HashSet<>();
        private final Set<NotificationId> nearlyCertain = new HashSet<>();
        private final Map<String, Boolean> takes = new HashMap<>();

        void take(Attempt attempt) {
            NotificationId id = attempt.id();
            nearlyCertain.remove(id);
            switch (attempt.mark()) {
                case HANDED_OVER -> {
                    if (takes.getOrDefault(attempt.key(), false)) {
                        nearlyCertain.add(id);
                    }
                }
                case TAKEN -> {
                    taken.add(id);
                    takes.put(attempt.key(), true);
                }
                case NOT_TAKEN -> takes.put(attempt.key(), false);
            }
        }

        Set<NotificationId> taken() {
            Set<NotificationId> all = new HashSet<>(taken);
            all.addAll(nearlyCertain);
            return all;
        }
    }
}
