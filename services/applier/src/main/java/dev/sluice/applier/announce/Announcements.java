package dev.sluice.applier.announce;

import dev.sluice.events.ObjectAnnounced;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesEvent;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.pipeline.EventSender;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what happened to objects of one kind: on {@code sluice.announcements}, where Alerts find it,
 * and as Kubernetes Events. The record is written before the work goes on. The Events are sent
 * beside it: nobody waits for them, and where they come faster than the server takes them some are
 * left out. One virtual thread sends them, from {@link #start} to {@link #close}.
 */
public final class Announcements implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);
    private static final int WAITING = 2000;

    private record Note(KubernetesEvent event, Instant at) {}

    private final Cluster cluster;
    private final String group;
    private final EventSender announced;
    private final Clock clock;
    private final BlockingQueue<Note> notes = new ArrayBlockingQueue<>(WAITING);
    private final Thread sender;

    /**
     * @param group API group of the objects; their Events name facts by it
     * @param announced writes to {@code sluice.announcements}
     */
    public Announcements(Cluster cluster, String group, EventSender announced, Clock clock) {
        this.cluster = cluster;
        this.group = group;
        this.announced = announced;
        this.clock = clock;
        sender = Thread.ofVirtual().name("announcements-" + group).unstarted(this::send);
    }

    public void start() {
        sender.start();
    }

    public void tell(ObjectAnnounced said) {
        announced.send(said, null);
        if (!notes.offer(new Note(KubernetesEvent.of(said, group), clock.instant()))) {
            LOG.debug("an Event is left out, since too many wait");
        }
    }

    private void send() {
        try {
            while (true) {
                Note note = notes.take();
                try {
                    note.event().write(cluster, note.at());
                } catch (KubernetesException e) {
                    LOG.debug("an Event was refused: {}", e.getMessage());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        sender.interrupt();
    }
}
