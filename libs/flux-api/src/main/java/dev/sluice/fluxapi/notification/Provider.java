package dev.sluice.fluxapi.notification;

import dev.sluice.fluxapi.FluxObject;
import dev.sluice.fluxapi.GoDuration;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.LocalReference;
import dev.sluice.fluxapi.Metadata;
import dev.sluice.fluxapi.schema.Column;
import dev.sluice.fluxapi.schema.Field;
import dev.sluice.fluxapi.schema.Kind;
import dev.sluice.fluxapi.schema.Legacy;
import dev.sluice.fluxapi.schema.Patterns;
import dev.sluice.fluxapi.schema.Rule;
import org.jspecify.annotations.Nullable;

/** A service that is told about events. */
@Kind(
        value = "A service that is told about events: a chat, a Git host, a webhook, a queue.",
        group = Groups.NOTIFICATION,
        version = "v1beta3",
        legacyVersions = {"v1beta2", "v1beta1"},
        plural = "providers",
        categories = "fluxcd-notifications",
        columns = {@Column(name = "Age", path = Column.CREATED, type = "date")},
        unobservedAtFirst = false)
@Legacy(value = "status", type = Legacy.Shape.OBJECT, description = "Not used any more.")
public record Provider(
        String apiVersion,
        String kind,
        Metadata metadata,
        @Field(value = "Which service it is and how to reach it.", optional = true) Spec spec)
        implements FluxObject {

    /** What a Provider asks for. */
    @Rule(
            value =
                    "self.type == 'github' || self.type == 'gitlab' || self.type == 'gitea' || self.type == 'bitbucketserver' || self.type == 'bitbucket' || self.type == 'azuredevops' || !has(self.commitStatusExpr)",
            message =
                    "spec.commitStatusExpr is only supported for the 'github', 'gitlab', 'gitea', 'bitbucketserver', 'bitbucket', 'azuredevops' provider types")
    public record Spec(
            @Field(
                            value = "Which service it is.",
                            allowed = {
                                "slack",
                                "discord",
                                "msteams",
                                "rocket",
                                "generic",
                                "generic-hmac",
                                "github",
                                "gitlab",
                                "gitea",
                                "giteapullrequestcomment",
                                "bitbucketserver",
                                "bitbucket",
                                "azuredevops",
                                "googlechat",
                                "googlepubsub",
                                "webex",
                                "sentry",
                                "azureeventhub",
                                "telegram",
                                "lark",
                                "matrix",
                                "opsgenie",
                                "alertmanager",
                                "grafana",
                                "githubdispatch",
                                "githubpullrequestcomment",
                                "gitlabmergerequestcomment",
                                "pagerduty",
                                "datadog",
                                "nats",
                                "zulip",
                                "otel",
                                "zoom",
                                "incident.io",
                                "kafka"
                            })
                    String type,
            @Field(
                            value =
                                    "Where in the service: a channel, a room, a routing key, a topic.",
                            max = 2048)
                    @Nullable String channel,
            @Field(value = "The name to speak under.", max = 2048) @Nullable String username,
            @Field(value = "The address of the service. One in the Secret wins.", max = 2048)
                    @Nullable String address,
            @Field(
                            value = "How long sending may take; 15 seconds where it is not set.",
                            pattern = Patterns.DURATION_WITHOUT_HOURS)
                    @Nullable GoDuration timeout,
            @Field("Out of date, without effect.") @Nullable GoDuration interval,
            @Field(
                            value = "Out of date: proxySecretRef keeps credentials out of sight.",
                            pattern = "^(http|https)://.*$",
                            max = 2048)
                    @Nullable String proxy,
            @Field("A Secret with the proxy to go through: address, username, password.")
                    @Nullable LocalReference proxySecretRef,
            @Field(
                            "A Secret with the credentials: token, username and password, address, headers and others, by type.")
                    @Nullable LocalReference secretRef,
            @Field("A Secret with tls.crt and tls.key to show, and ca.crt to trust.")
                    @Nullable LocalReference certSecretRef,
            @Field("The ServiceAccount whose cloud identity is used.")
                    @Nullable String serviceAccountName,
            @Field("True sends nothing.") boolean suspend,
            @Field(
                            "A CEL expression over event, alert and provider that gives the name of the commit status.")
                    @Nullable String commitStatusExpr) {}
}
