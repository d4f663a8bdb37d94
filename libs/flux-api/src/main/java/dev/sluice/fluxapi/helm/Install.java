package dev.sluice.fluxapi.helm;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.fluxapi.GoDuration;
import dev.sluice.fluxapi.schema.Field;
import dev.sluice.fluxapi.schema.Rule;
import org.jspecify.annotations.Nullable;

/** How a chart is installed. */
public record Install(
        @Field("How long the action may take. The release's timeout where it is not set.")
                @Nullable GoDuration timeout,
        @Field("What happens after a failure.") @Nullable Strategy strategy,
        @Field("How a failed install is undone and tried again.") @Nullable Remediation remediation,
        @Field("True does not run the chart's hooks.") boolean disableHooks,
        @Field("True does not wait until the objects are ready.") boolean disableWait,
        @Field("True does not wait until jobs are done.") boolean disableWaitForJobs,
        @Field("True does not check the objects against the cluster's schemas.")
                boolean disableOpenAPIValidation,
        @Field("True does not check the values against the chart's schema.")
                boolean disableSchemaValidation,
        @Field("True fails where an object belongs to something else, instead of taking it over.")
                boolean disableTakeOwnership,
        @Field("True takes a name that a release in Helm's history had already.") boolean replace,
        @Field("Out of date: crds says it better.") boolean skipCRDs,
        @Field(
                        value =
                                "What happens to the chart's definitions of custom resources: Create (the default) makes new ones only, CreateReplace updates them too, Skip leaves them out.",
                        allowed = {"Skip", "Create", "CreateReplace"})
                @Nullable String crds,
        @Field("True makes the target namespace where it does not exist.") boolean createNamespace,
        @Field("Whether objects are applied by the server; true where it is not set.")
                @Nullable Boolean serverSideApply) {

    /** What happens after a failed install. */
    @Rule(
            value = "!has(self.retryInterval) || self.name != 'RemediateOnFailure'",
            message = ".retryInterval cannot be set when .name is 'RemediateOnFailure'")
    public record Strategy(
            @Field(
                            value =
                                    "RemediateOnFailure (the default) follows remediation; RetryOnFailure upgrades what failed until it succeeds.",
                            allowed = {"RemediateOnFailure", "RetryOnFailure"})
                    String name,
            @Field("How long to wait before the next try; five minutes where it is not set.")
                    @Nullable GoDuration retryInterval) {}

    /** How a failed install is undone and tried again. */
    public record Remediation(
            @Field("How often to try again. -1 does so for ever, 0 (the default) never.")
                    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
                    int retries,
            @Field(
                            "Whether failed tests are no failure; as the release's tests say where it is not set.")
                    @Nullable Boolean ignoreTestFailures,
            @Field("Whether the last failure is undone too, when no retries are left.")
                    @Nullable Boolean remediateLastFailure) {}
}
