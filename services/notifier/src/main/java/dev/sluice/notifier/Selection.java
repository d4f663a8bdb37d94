package dev.sluice.notifier;

import dev.sluice.events.Envelope;
import dev.sluice.events.NotificationDue;
import dev.sluice.events.NotificationId;
import dev.sluice.events.ObjectAnnounced;
import dev.sluice.events.Severity;
import dev.sluice.notifier.provider.Messengers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Decides what is due for an announcement. For one thread. */
final class Selection {

    private final ObjectTable<KnownAlert> alerts;
    private final ObjectTable<KnownProvider> providers;
    private final RateLimit limit;
    private final Duration tooOld;
    private final boolean ownNamespaceOnly;
    private final Clock clock;

    Selection(
            ObjectTable<KnownAlert> alerts,
            ObjectTable<KnownProvider> providers,
            NotifierConfig config,
            Clock clock) {
        this.alerts = alerts;
        this.providers = providers;
        this.limit = new RateLimit(config.rateLimitInterval(), clock);
        this.tooOld = config.giveUpAfter();
        this.ownNamespaceOnly = config.noCrossNamespaceRefs();
        this.clock = clock;
    }

    /** What the Alerts pass on of it. */
    List<NotificationDue> due(Envelope<ObjectAnnounced> announcement) {
        ObjectAnnounced announced = announcement.event();
        if (announcement.time().isBefore(clock.instant().minus(tooOld))
                || !limit.admits(announced, announcement.id())) {
            return List.of();
        }
        List<NotificationDue> due = new ArrayList<>();
        for (KnownAlert alert : alerts.all()) {
            if (alert.selects(announced, ownNamespaceOnly) && isTaken(alert, announced)) {
                due.add(
                        new NotificationDue(
                                new NotificationId(
                                        announced.object().cluster(),
                                        alert.name().namespace(),
                                        alert.name().name(),
                                        announcement.id()),
                                alert.provider().name(),
                                announced,
                                announcement.time(),
                                alert.facts(announced)));
            }
        }
        return due;
    }

    /** Learns what was passed on before, perhaps by another process. */
    void recall(NotificationDue due) {
        limit.recall(due.announced(), due.notification().announcement(), due.at());
    }

    /** What a Provider would not take anyway is not due. One that is not there yet may come. */
    private boolean isTaken(KnownAlert alert, ObjectAnnounced announced) {
        return providers
                .get(alert.provider())
                .map(provider ->
                        !provider.suspended() && takes(provider.object().spec().type(), announced))
                .orElse(true);
    }

    /**
     * Whether Providers of that type take it: Git hosts are told of what moves the status of a
     * commit, chats are not; comments need a change to stand at.
     */
    static boolean takes(String type, ObjectAnnounced announced) {
        boolean movesStatus =
                announced.metadata().getOrDefault("commit_status", "").equals("update");
        if (Messengers.setsCommitStatus(type)) {
            return movesStatus
                    || isMarked(announced, "commit")
                    || announced.severity() == Severity.ERROR;
        }
        if (movesStatus && !Messengers.takesWholeEvents(type)) {
            return false;
        }
        return !Messengers.commentsOnChanges(type) || isMarked(announced, "change_request");
    }

    private static boolean isMarked(ObjectAnnounced announced, String mark) {
        return !announced.marks().annotations().getOrDefault(mark, "").isEmpty();
    }
}
