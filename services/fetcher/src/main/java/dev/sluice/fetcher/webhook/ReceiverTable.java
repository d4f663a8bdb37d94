package dev.sluice.fetcher.webhook;

import dev.sluice.fluxapi.Metadata;
import dev.sluice.fluxapi.notification.Receiver;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The Receivers of the cluster as last seen, and the paths that they are called at. Safe for use by
 * many threads.
 */
final class ReceiverTable {

    private final Map<ReceiverKey, Receiver> latest = new ConcurrentHashMap<>();
    private final Map<String, ReceiverKey> paths = new ConcurrentHashMap<>();

    Optional<Receiver> get(ReceiverKey key) {
        return Optional.ofNullable(latest.get(key));
    }

    /** The Receiver that is called at this path. */
    Optional<Receiver> at(String path) {
        ReceiverKey key = paths.get(path);
        return key == null
                ? Optional.empty()
                : get(key).filter(receiver -> path.equals(path(receiver)));
    }

    /**
     * Takes an object, unless a newer state of it is known.
     *
     * @return whether it has work: it is new, or has another spec, a request or a deletion
     */
    boolean put(Receiver receiver) {
        ReceiverKey key = key(receiver);
        Receiver[] before = new Receiver[1];
        Receiver now =
                latest.compute(
                        key,
                        (same, known) -> {
                            boolean late = known != null && isNewer(known, receiver);
                            before[0] = late ? receiver : known;
                            return late ? known : receiver;
                        });
        String path = path(now);
        if (!path.isEmpty()) {
            paths.put(path, key);
        }
        if (before[0] != null && !path(before[0]).equals(path)) {
            paths.remove(path(before[0]), key);
        }
        return before[0] == null || isWork(before[0].metadata(), receiver.metadata());
    }

    /** Forgets an object that is gone, unless another of the same name is there by now. */
    void remove(Receiver receiver) {
        String uid = receiver.metadata().uid();
        latest.computeIfPresent(
                key(receiver),
                (key, known) -> {
                    if (!known.metadata().uid().equals(uid)) {
                        return known;
                    }
                    paths.remove(path(known), key);
                    return null;
                });
    }

    static ReceiverKey key(Receiver receiver) {
        return new ReceiverKey(receiver.metadata().namespace(), receiver.metadata().name());
    }

    private static String path(Receiver receiver) {
        String path = receiver.status() == null ? null : receiver.status().webhookPath();
        return Objects.requireNonNullElse(path, "");
    }

    private static boolean isWork(Metadata known, Metadata now) {
        return !known.uid().equals(now.uid())
                || known.generation() != now.generation()
                || known.isDeleted() != now.isDeleted()
                || !Objects.equals(known.requestedAt(), now.requestedAt());
    }

    private static boolean isNewer(Receiver known, Receiver now) {
        if (!known.metadata().uid().equals(now.metadata().uid())) {
            return false;
        }
        try {
            return Long.parseLong(known.metadata().resourceVersion())
                    > Long.parseLong(now.metadata().resourceVersion());
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
