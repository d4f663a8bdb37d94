package dev.sluice.fetcher.webhook;

import dev.sluice.fluxapi.Labels;
import dev.sluice.fluxapi.notification.Receiver;
import dev.sluice.pipeline.Next;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * The story of a Receiver: whenever it changes, is asked for, or its interval is over, its path is
 * derived anew, so that another token gives another path.
 */
final class ReceiverFlow {

    private static final Duration CHANGED_MEANWHILE = Duration.ofMillis(200);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final ReceiverTable table;
    private final ReceiverObjects objects;
    private final ReceiverSetup setup;
    private final Clock clock;

    ReceiverFlow(ReceiverTable table, ReceiverObjects objects, ReceiverSetup setup, Clock clock) {
        this.table = table;
        this.objects = objects;
        this.setup = setup;
        this.clock = clock;
    }

    /** Brings one Receiver up to date. */
    Next reconcile(ReceiverKey key) {
        Optional<Receiver> found = table.get(key);
        if (found.isEmpty()) {
            return Next.done();
        }
        if (found.get().metadata().isDeleted()) {
            objects.removeFinalizer(found.get());
            return Next.done();
        }
        objects.addFinalizer(found.get());
        Receiver receiver = table.get(key).orElse(found.get());
        if (!receiver.metadata().finalizers().contains(Labels.FINALIZER)) {
            return Next.after(CHANGED_MEANWHILE);
        }
        ReceiverStatusAfter after = new ReceiverStatusAfter(receiver, clock.instant());
        if (receiver.spec().suspend()) {
            write(receiver, after.handled());
            return Next.done();
        }
        try {
            write(receiver, after.ready(setup.path(receiver)));
            return Next.after(receiver.spec().interval().toDuration());
        } catch (NotReadyException e) {
            write(receiver, after.notReady(e));
            return e.isFinal() ? Next.done() : Next.after(RETRY);
        }
    }

    private void write(Receiver receiver, Receiver.Status status) {
        if (!status.equals(receiver.status())) {
            objects.writeStatus(receiver, status);
        }
    }
}
