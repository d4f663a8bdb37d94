package dev.sluice.notifier;

import dev.sluice.events.NotificationDropped;
import dev.sluice.events.NotificationDue;
import dev.sluice.events.NotificationSent;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.notifier.provider.TellException;
import dev.sluice.pipeline.Next;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one Provider what waits for it, one after the other. Where the service is away all wait;
 * where it refuses one, the others go on. What was in vain too long is dropped.
 */
final class ProviderLane {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderLane.class);

    /** Until it is known again what is ours. */
    private static final Duration DOUBT = Duration.ofMillis(500);

    private final ObjectTable<KnownProvider> providers;
    private final ObjectTable<KnownAlert> alerts;
    private final Outbox outbox;
    private final Telling telling;
    private final AlertWarnings warnings;
    private final Duration giveUpAfter;
    private final Clock clock;
    private final Map<ObjectName, Instant> away = new ConcurrentHashMap<>();

    ProviderLane(
            ObjectTable<KnownProvider> providers,
            ObjectTable<KnownAlert> alerts,
            Outbox outbox,
            Telling telling,
            AlertWarnings warnings,
            Duration giveUpAfter,
            Clock clock) {
        this.providers = providers;
        this.alerts = alerts;
        this.outbox = outbox;
        this.telling = telling;
        this.warnings = warnings;
        this.giveUpAfter = giveUpAfter;
        this.clock = clock;
    }

    /** Tells what may be told now, and says when there is more to do. */
    Next run(ObjectName name) throws KubernetesException, InterruptedException {
        Instant back = away.getOrDefault(name, Instant.MIN);
        if (back.isAfter(clock.instant())) {
            return Next.after(until(back));
        }
        Optional<KnownProvider> provider = providers.get(name);
        for (Waiting waiting : outbox.of(name)) {
            if (waiting.notBefore().isAfter(clock.instant())) {
                continue;
            }
            if (!outbox.begin(waiting)) {
                return Next.after(DOUBT);
            }
            try {
                if (!tell(provider.orElse(null), waiting)) {
                    // The order stays: nothing overtakes what waits for the service to come back.
                    away.put(name, waiting.notBefore());
                    return Next.after(until(waiting.notBefore()));
                }
            } finally {
                outbox.finished(waiting);
            }
        }
        away.remove(name);
        return outbox.of(name).stream()
                .map(Waiting::notBefore)
                .min(Instant::compareTo)
                .map(next -> Next.after(until(next)))
                .orElse(Next.done());
    }

    /** The Provider was changed: what was in vain before may go well now. */
    void changed(ObjectName name) {
        away.remove(name);
        outbox.of(name).forEach(Waiting::putForward);
    }

    private Duration until(Instant next) {
        Instant now = clock.instant();
        return next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO;
    }

    /** False where the service is away. */
    private boolean tell(@Nullable KnownProvider provider, Waiting waiting)
            throws KubernetesException, InterruptedException {
        NotificationDue due = waiting.due();
        if (provider != null && provider.suspended()) {
            drop(waiting, "the Provider is suspended");
            return true;
        }
        if (provider != null
                && !Selection.takes(provider.object().spec().type(), due.announced())) {
            outbox.settle(waiting, new NotificationSent(due.notification(), due.provider(), 0));
            return true;
        }
        try {
            waiting.tried();
            if (provider == null) {
                throw new TellException(
                        TellException.Prospect.SERVICE_AWAY,
                        "there is no Provider '" + due.provider() + "'");
            }
            telling.tell(provider, due, outbox.progress(due));
        } catch (TellException e) {
            return failed(waiting, e);
        }
        outbox.told(waiting);
        alert(due)
                .filter(alert -> alert.hasConflicts(due.announced()))
                .ifPresent(warnings::conflicts);
        LOG.atInfo()
                .addKeyValue("target", due.notification().namespace() + '/' + due.provider())
                .addKeyValue("about", due.announced().key())
                .log("told");
        return true;
    }

    private boolean failed(Waiting waiting, TellException failure) {
        NotificationDue due = waiting.due();
        outbox.notTold(due);
        String why = String.valueOf(failure.getMessage());
        if (waiting.attempts() == 1) {
            alert(due).ifPresent(alert -> warnings.notTold(alert, due, why));
        }
        Instant now = clock.instant();
        boolean hopeless = failure.prospect() == TellException.Prospect.NEVER;
        if (hopeless || now.isAfter(due.at().plus(giveUpAfter))) {
            drop(waiting, why);
            return true;
        }
        waiting.putOff(now, Objects.requireNonNullElse(failure.pause(), Duration.ZERO));
        LOG.atWarn()
                .addKeyValue("target", due.notification().namespace() + '/' + due.provider())
                .addKeyValue("attempt", waiting.attempts())
                .addKeyValue("reason", why)
                .log("not told, and tried again");
        return failure.prospect() != TellException.Prospect.SERVICE_AWAY;
    }

    private Optional<KnownAlert> alert(NotificationDue due) {
        return alerts.get(
                new ObjectName(due.notification().namespace(), due.notification().alert()));
    }

    private void drop(Waiting waiting, String why) {
        NotificationDue due = waiting.due();
        outbox.settle(waiting, new NotificationDropped(due.notification(), due.provider(), why));
        LOG.atWarn()
                .addKeyValue("target", due.notification().namespace() + '/' + due.provider())
                .addKeyValue("about", due.announced().key())
                .addKeyValue("reason", why)
                .log("not told, and dropped");
    }
}
