package dev.sluice.fetcher.helm;

import dev.sluice.fetcher.source.Outcome;
import dev.sluice.fluxapi.ConditionTypes;

/** A chart cannot be had, for one of Flux's reasons. */
final class BuildFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** The reasons, and what each means. */
    enum Reason {
        /** There is no such chart or version. */
        REFERENCE("InvalidChartReference", ConditionTypes.FETCH_FAILED, true),
        PULL("ChartPullError", ConditionTypes.FETCH_FAILED, false),
        AUTHENTICATION("AuthenticationFailed", ConditionTypes.FETCH_FAILED, false),
        VERIFICATION("ChartVerificationError", ConditionTypes.SOURCE_VERIFIED, false),
        SOURCE("SourceUnavailable", ConditionTypes.FETCH_FAILED, false),
        NO_ARTIFACT("NoSourceArtifact", ConditionTypes.FETCH_FAILED, false),
        METADATA("MetadataPatchError", ConditionTypes.BUILD_FAILED, true),
        VALUES_FILES("ValuesFilesError", ConditionTypes.BUILD_FAILED, true),
        DEPENDENCY("DependencyBuildError", ConditionTypes.BUILD_FAILED, false),
        PACKAGE("ChartPackageError", ConditionTypes.BUILD_FAILED, false);

        private final String word;
        private final String condition;
        private final boolean lasting;

        Reason(String word, String condition, boolean lasting) {
            this.word = word;
            this.condition = condition;
            this.lasting = lasting;
        }
    }

    private final Reason reason;

    BuildFailure(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    Outcome.Failed outcome(boolean artifactLost) {
        return new Outcome.Failed(
                reason.condition,
                reason.word,
                String.valueOf(getMessage()),
                reason.lasting,
                artifactLost);
    }
}
