package dev.sluice.notifier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.events.NotificationDue;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.notifier.provider.GitHubApps;
import dev.sluice.notifier.provider.HttpExchange;
import dev.sluice.notifier.provider.Messenger;
import dev.sluice.notifier.provider.Messengers;
import dev.sluice.notifier.provider.Notification;
import dev.sluice.notifier.provider.Progress;
import dev.sluice.notifier.provider.Target;
import dev.sluice.notifier.provider.TellException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Optional;
import java.util.TreeMap;

/** One attempt to tell a Provider. */
final class Telling {

    private final ObjectTable<KnownAlert> alerts;
    private final ProviderAccess access;
    private final HttpClient client = HttpExchange.shared();
    private final GitHubApps apps = new GitHubApps();
    private final Clock clock;

    Telling(ObjectTable<KnownAlert> alerts, ProviderAccess access, Clock clock) {
        this.alerts = alerts;
        this.access = access;
        this.clock = clock;
    }

    /**
     * Tells the Provider.
     *
     * @param progress learns of requests that a service would not know again
     * @throws TellException where it was not told; the message holds no credential
     * @throws KubernetesException where the API server does not give the Secrets
     */
    void tell(KnownProvider provider, NotificationDue due, Progress progress)
            throws TellException, KubernetesException, InterruptedException {
        String type = provider.object().spec().type();
        Optional<Messenger> messenger = Messengers.of(type);
        if (messenger.isEmpty()) {
            throw new TellException(
                    TellException.Prospect.NEVER, "Providers of type " + type + " are not served");
        }
        Optional<KnownAlert> alert =
                alerts.get(
                        new ObjectName(due.notification().namespace(), due.notification().alert()));
        Notification notification = notification(due, alert);
        JsonNode tree =
                alert.<JsonNode>map(KnownAlert::tree)
                        .orElseGet(JsonNodeFactory.instance::objectNode);
        Target target =
                access.target(provider.object(), CommitStatusName.of(provider, tree, notification));
        HttpExchange quiet = HttpExchange.of(client, target, clock, Progress.UNSEEN);
        Target told = apps.withToken(target, quiet);
        try {
            HttpExchange exchange =
                    Messengers.knowAgain(type)
                            ? quiet
                            : HttpExchange.of(client, told, clock, progress);
            messenger.get().tell(notification, told, exchange);
        } catch (TellException e) {
            throw new TellException(
                    e.prospect(), told.masked(String.valueOf(e.getMessage())), e.pause());
        }
    }

    private static Notification notification(NotificationDue due, Optional<KnownAlert> alert) {
        return new Notification(
                due.notification().announcement(),
                due.announced(),
                due.at(),
                new TreeMap<>(due.metadata()),
                new Notification.AlertName(
                        due.notification().namespace(),
                        due.notification().alert(),
                        alert.map(known -> known.object().metadata().uid()).orElse("")));
    }
}
