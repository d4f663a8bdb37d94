package dev.sluice.fluxapi.notification;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.fluxapi.Absent;
import dev.sluice.fluxapi.Condition;
import dev.sluice.fluxapi.FluxObject;
import dev.sluice.fluxapi.GoDuration;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.LocalReference;
import dev.sluice.fluxapi.Metadata;
import dev.sluice.fluxapi.schema.Column;
import dev.sluice.fluxapi.schema.Field;
import dev.sluice.fluxapi.schema.Kind;
import dev.sluice.fluxapi.schema.Legacy;
import dev.sluice.fluxapi.schema.Rule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A webhook that wakes sources. */
@Kind(
        value = "A webhook: when it is called, the objects that it lists are reconciled at once.",
        group = Groups.NOTIFICATION,
        version = "v1",
        legacyVersions = {"v1beta2", "v1beta1"},
        plural = "receivers",
        categories = "fluxcd-notifications",
        columns = {
            @Column(name = "Age", path = Column.CREATED, type = "date"),
            @Column(name = "Ready", path = Column.READY),
            @Column(name = "Status", path = Column.MESSAGE)
        })
public record Receiver(
        String apiVersion,
        String kind,
        Metadata metadata,
        @Field(value = "Who calls, how the call is checked, and what it wakes.", optional = true)
                Spec spec,
        @Field("The webhook's path.") @Nullable Status status)
        implements FluxObject {

    /** What a Receiver asks for. */
    @Rule(
            value =
                    "self.type != 'generic-oidc' || (has(self.oidcProviders) && size(self.oidcProviders) > 0)",
            message = "generic-oidc receivers must define at least one oidcProvider")
    @Rule(
            value =
                    "self.type == 'generic-oidc' || !has(self.oidcProviders) || size(self.oidcProviders) == 0",
            message = "oidcProviders can only be set when type is generic-oidc")
    @Rule(
            value = "self.type != 'generic-oidc' || !has(self.secretRef)",
            message = "secretRef cannot be set when type is generic-oidc")
    @Rule(
            value = "self.type == 'generic-oidc' || has(self.secretRef)",
            message = "secretRef is required when type is not generic-oidc")
    public record Spec(
            @Field(
                            value = "Who calls, and so how the call is checked.",
                            allowed = {
                                "generic",
                                "generic-hmac",
                                "generic-oidc",
                                "github",
                                "gitlab",
                                "bitbucket",
                                "harbor",
                                "dockerhub",
                                "quay",
                                "gcr",
                                "nexus",
                                "acr",
                                "cdevents"
                            })
                    String type,
            @Field(value = "How often the Secret is looked at.", def = "10m") GoDuration interval,
            @Field("The names of the events that count. All where none is listed.")
                    List<String> events,
            @Field(value = "The objects to reconcile.", required = true) @JsonInclude
                    List<Resource> resources,
            @Field(
                            "A CEL expression over res, req and claims that says whether an object is reconciled.")
                    @Nullable String resourceFilter,
            @Field("The Secret with the token that the path is made of and calls are checked with.")
                    @Nullable LocalReference secretRef,
            @Field(value = "Whose tokens are accepted, for generic-oidc.", keys = "issuerURL")
                    List<OidcProvider> oidcProviders,
            @Field("True answers no calls.") boolean suspend) {

        public Spec {
            interval = Absent.value(interval, GoDuration.ofSeconds(600));
            events = Absent.list(events);
            resources = Absent.list(resources);
            oidcProviders = Absent.list(oidcProviders);
        }
    }

    /** Objects to reconcile. */
    public record Resource(
            @Field("Their API version.") @Nullable String apiVersion,
            @Field(
                            value = "Their kind.",
                            allowed = {
                                "Bucket",
                                "GitRepository",
                                "Kustomization",
                                "HelmRelease",
                                "HelmChart",
                                "HelmRepository",
                                "ImageRepository",
                                "ImagePolicy",
                                "ImageUpdateAutomation",
                                "OCIRepository",
                                "ArtifactGenerator",
                                "ExternalArtifact"
                            })
                    String kind,
            @Field(value = "Their name; * for all.", min = 1, max = 253) String name,
            @Field(
                            value = "Their namespace. That of the Receiver where none is named.",
                            min = 1,
                            max = 253)
                    @Nullable String namespace,
            @Field("Labels that they have, where the name is *.") Map<String, String> matchLabels,
            @Field(
                            "A CEL expression over res, req and claims, in the place of resourceFilter for these.")
                    @Nullable String filter) {

        public Resource {
            matchLabels = Absent.map(matchLabels);
        }
    }

    /** An issuer of tokens, and what is asked of its tokens. */
    public record OidcProvider(
            @Field(value = "The issuer's address.", pattern = "^https?://") String issuerURL,
            @Field(
                            "Whom the tokens must be meant for; notification-controller where it is not set.")
                    @Nullable String audience,
            @Field("Named CEL expressions over claims, for the validations.")
                    List<Variable> variables,
            @Field(value = "What must be true of each token.", required = true, min = 1)
                    @JsonInclude
                    List<Validation> validations) {

        public OidcProvider {
            variables = Absent.list(variables);
            validations = Absent.list(validations);
        }
    }

    /** A named CEL expression. */
    public record Variable(
            @Field("The name.") String name,
            @Field("The expression over claims.") String expression) {}

    /** A condition on a token. */
    public record Validation(
            @Field("A CEL expression over claims and vars that must be true.") String expression,
            @Field("What is said where it is not.") String message) {}

    /** What is known about a Receiver. */
    @Legacy(value = "url", description = "Out of date: webhookPath says it better.")
    public record Status(
            @Field("The generation that was last looked at; -1 before the first.")
                    @Nullable Long observedGeneration,
            @Field(
                            "The value of the annotation that last asked for a reconciliation which was done.")
                    @Nullable String lastHandledReconcileAt,
            @Field("Ready and what it sums up.") List<Condition> conditions,
            @Field("The path that is called.") @Nullable String webhookPath) {

        public Status {
            conditions = Absent.list(conditions);
        }
    }
}
