package dev.sluice.fluxapi.helm;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.fluxapi.GoDuration;
import dev.sluice.fluxapi.schema.Field;
import dev.sluice.fluxapi.schema.Rule;
import org.jspecify.annotations.Nullable;

/** How a release is upgraded. */
public record Upgrade(
        @Field("How long the action may take. The release's timeout where it is not set.")
                @Nullable GoDuration timeout,
        @Field("What happens after a failure.") @Nullable Strategy strategy,
        @Field("How a failed upgrade is undone and tried again.") @Nullable Remediation remediation,
        @Field("True does not run the chart's hooks.") boolean disableHooks,
        @Field("True does not wait until the objects are ready.") boolean disableWait,
        @Field("True does not wait until jobs are done.") boolean disableWaitForJobs,
        @Field("True does not check the objects against the cluster's schemas.")
                boolean disableOpenAPIValidation,
        @Field("True does not check the values against the chart's schema.")
                boolean disableSchemaValidation,
        @Field("True fails where an object belongs to something else, instead of taking it over.")
                boolean disableTakeOwnership,
        @Field("True deletes and creates objects anew where they cannot be changed in place.")
                boolean force,
        @Field("True keeps the values of the last release and puts the new ones over them.")
                boolean preserveValues,
        @Field("True deletes what a failed upgrade created.") boolean cleanupOnFail,
        @Field(
                        value =
                                "What happens to the chart's definitions of custom resources: Create makes new ones only, CreateReplace updates them too, Skip leaves them out.",
                        allowed = {"Skip", "Create", "CreateReplace"})
                @Nullable String crds,
        @Field(
                        value =
                                "Whether objects are applied by the server; auto (the default) does as the last release did.",
                        allowed = {"enabled", "disabled", "auto"})
                @Nullable String serverSideApply,
        @Field(
                        value =
                                "What happens when the chart has another name than before: Reinstall (the default) or InPlaceUpdate.",
                        allowed = {"InPlaceUpdate", "Reinstall"})
                @Nullable String chartNameChangeStrategy) {

    /** What happens after a failed upgrade. */
    @Rule(
            value = "!has(self.retryInterval) || self.name == 'RetryOnFailure'",
            message = ".retryInterval can only be set when .name is 'RetryOnFailure'")
    public record Strategy(
            @Field(
                            value =
                                    "RemediateOnFailure (the default) follows remediation; RetryOnFailure upgrades again until it succeeds.",
                            allowed = {"RemediateOnFailure", "RetryOnFailure"})
                    String name,
            @Field("How long to wait before the next try; five minutes where it is not set.")
                    @Nullable GoDuration retryInterval) {}

    /** How a failed upgrade is undone and tried again. */
    public record Remediation(
            @Field("How often to try again. -1 does so for ever, 0 (the default) never.")
                    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
                    int retries,
            @Field(
                            "Whether failed tests are no failure; as the release's tests say where it is not set.")
                    @Nullable Boolean ignoreTestFailures,
            @Field(
                            "Whether the last failure is undone too, when no retries are left; true where there are retries.")
                    @Nullable Boolean remediateLastFailure,
            @Field(
                            value = "How: by a rollback (the default) or by uninstalling.",
                            allowed = {"rollback", "uninstall"})
                    @Nullable String strategy) {}
}
