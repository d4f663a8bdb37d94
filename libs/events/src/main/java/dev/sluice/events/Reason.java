package dev.sluice.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Why a delivery stands where it stands: the only vocabulary of statuses, events, metrics and
 * alerts. The words are Flux's, so that what reads them goes on working; those that Flux does not
 * have say so.
 */
public enum Reason {
    RECONCILIATION_SUCCEEDED("ReconciliationSucceeded", Blame.NONE, "nothing to do"),
    PROGRESSING("Progressing", Blame.WAITING, "wait"),
    PROGRESSING_WITH_RETRY(
            "ProgressingWithRetry", Blame.WAITING, "wait, or mend what the Ready condition names"),
    DEPENDENCY_NOT_READY(
            "DependencyNotReady", Blame.WAITING, "look at the dependency that the message names"),
    ARTIFACT_FAILED(
            "ArtifactFailed",
            Blame.USER,
            "check spec.sourceRef and spec.path, and the source's own conditions"),
    BUILD_FAILED("BuildFailed", Blame.USER, "mend the file that the message names and push"),
    /** Not one of Flux's: there it is a BuildFailed. */
    DECRYPTION_FAILED(
            "DecryptionFailed",
            Blame.USER,
            "give the delivery the key that the message names, or encrypt the file to one that it has"),
    /** Not one of Flux's. */
    SECRET_IN_CLEAR(
            "SecretInClear",
            Blame.USER,
            "take the clear file out of the commit and change the secret"),
    RECONCILIATION_FAILED(
            "ReconciliationFailed", Blame.USER, "mend the object that the message names"),
    PRUNE_FAILED(
            "PruneFailed", Blame.USER, "look at what keeps the named objects from being deleted"),
    /** Not one of Flux's. */
    PRUNE_HELD(
            "PruneHeld",
            Blame.USER,
            "confirm the deletion as the message says, or push what was missing"),
    HEALTH_CHECK_FAILED(
            "HealthCheckFailed", Blame.USER, "look at the object that the message names"),
    HEALTH_CHECK_CANCELED(
            "HealthCheckCanceled", Blame.WAITING, "nothing to do: a newer revision took over"),
    /** Not one of Flux's. */
    AWAITING_WINDOW(
            "AwaitingWindow",
            Blame.WAITING,
            "wait for the maintenance window, or mark the change as urgent"),
    /** Not one of Flux's. */
    INVALID_WINDOW("InvalidWindow", Blame.USER, "mend the window that the message names"),
    ACCESS_DENIED("AccessDenied", Blame.USER, "refer only to what the operator allows"),
    INVALID_CEL_EXPRESSION("InvalidCELExpression", Blame.USER, "mend the expression"),
    FEATURE_GATE_DISABLED(
            "FeatureGateDisabled", Blame.USER, "enable the feature, or do without it"),
    SOURCE_NOT_READY(
            "SourceNotReady",
            Blame.WAITING,
            "look at the conditions of the chart that the message names"),
    VALUES_ERROR("ValuesError", Blame.USER, "mend what spec.valuesFrom names"),
    CHART_MUTATE_ERROR(
            "ChartMutateError", Blame.USER, "give the artifact the tag of the chart's version"),
    REST_CLIENT_ERROR("RESTClientError", Blame.USER, "mend what spec.kubeConfig names"),
    STATE_ERROR("StateError", Blame.USER, "let the account of the release read Helm's records"),
    INSTALL_SUCCEEDED("InstallSucceeded", Blame.NONE, "nothing to do"),
    INSTALL_FAILED("InstallFailed", Blame.USER, "mend what the message names"),
    UPGRADE_SUCCEEDED("UpgradeSucceeded", Blame.NONE, "nothing to do"),
    UPGRADE_FAILED("UpgradeFailed", Blame.USER, "mend what the message names"),
    TEST_SUCCEEDED("TestSucceeded", Blame.NONE, "nothing to do"),
    TEST_FAILED("TestFailed", Blame.USER, "look at the test that the message names"),
    ROLLBACK_SUCCEEDED(
            "RollbackSucceeded", Blame.USER, "mend what made the upgrade fail, and push"),
    ROLLBACK_FAILED("RollbackFailed", Blame.USER, "mend what the message names"),
    UNINSTALL_SUCCEEDED("UninstallSucceeded", Blame.NONE, "nothing to do"),
    UNINSTALL_FAILED("UninstallFailed", Blame.USER, "mend what the message names"),
    RECONCILE_ERROR("ReconcileError", Blame.TRANSIENT, "wait, or mend what the message names"),
    /** Not one of Flux's. */
    HELM_WORKER_MISSING(
            "HelmWorkerMissing", Blame.PLATFORM, "install the Helm worker as the message says"),
    /** Not one of Flux's. */
    FIGHTING(
            "Fighting",
            Blame.USER,
            "stop the other manager that the message names, or take the field out of Git"),
    /** Flux has it for HelmReleases only. */
    DRIFT_DETECTED(
            "DriftDetected",
            Blame.USER,
            "put it back or take it into Git; or let it be put right: sluice.dev/drift: correct"),
    /** Not one of Flux's. */
    RECORD_REFUSED(
            "RecordRefused",
            Blame.PLATFORM,
            "find who writes to the topic, and take that right away; nothing was applied of it"),
    /** Not one of Flux's. */
    UNREACHABLE("Unreachable", Blame.TRANSIENT, "wait, or mend the connection"),
    /** Not one of Flux's. */
    INTERNAL_ERROR("InternalError", Blame.PLATFORM, "report it with the dead letter's text");

    /**
     * Who has to move, and so what the pipeline does: USER waits for a change, WAITING is no alarm,
     * TRANSIENT is tried again, PLATFORM is for the operators.
     */
    public enum Blame {
        NONE,
        USER,
        WAITING,
        TRANSIENT,
        PLATFORM
    }

    private static final Map<String, Reason> BY_WORD =
            Arrays.stream(values())
                    .collect(Collectors.toUnmodifiableMap(Reason::word, Function.identity()));

    private final String word;
    private final Blame blame;
    private final String whatToDo;

    Reason(String word, Blame blame, String whatToDo) {
        this.word = word;
        this.blame = blame;
        this.whatToDo = whatToDo;
    }

    /** The word in conditions, events and on the wire. */
    @JsonValue
    public String word() {
        return word;
    }

    public Blame blame() {
        return blame;
    }

    /** What the user, or the operator, should do. */
    public String whatToDo() {
        return whatToDo;
    }

    /** The reason of a word; throws {@link IllegalArgumentException} for one that is not known. */
    @JsonCreator
    public static Reason of(String word) {
        Reason reason = BY_WORD.get(word);
        if (reason == null) {
            throw new IllegalArgumentException("no such reason: '" + word + "'");
        }
        return reason;
    }
}
