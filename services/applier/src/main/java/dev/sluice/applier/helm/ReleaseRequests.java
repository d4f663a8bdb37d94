package dev.sluice.applier.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.GoDuration;
import dev.sluice.fluxapi.IgnoreRule;
import dev.sluice.fluxapi.helm.HelmRelease;
import dev.sluice.fluxapi.helm.HelmReleaseSpec;
import dev.sluice.fluxapi.helm.HelmReleaseSpec.Rollback;
import dev.sluice.fluxapi.helm.HelmReleaseSpec.Test;
import dev.sluice.fluxapi.helm.HelmReleaseSpec.Uninstall;
import dev.sluice.fluxapi.helm.Install;
import dev.sluice.fluxapi.helm.Upgrade;
import dev.sluice.helm.ReleaseNames;
import dev.sluice.helm.worker.HelmRequest;
import dev.sluice.helm.worker.HelmRequest.Action;
import dev.sluice.helm.worker.HelmRequest.Chart;
import dev.sluice.helm.worker.HelmRequest.Origin;
import dev.sluice.helm.worker.HelmResponse.ObjectRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the worker is asked for on behalf of a HelmRelease, with its options or their defaults. */
final class ReleaseRequests {

    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final int HISTORY = 5;

    private final HelmRelease object;
    private final HelmReleaseSpec spec;
    private final ReleaseNames names;
    private final List<String> wholeNumbers;

    /**
     * @param wholeNumbers see {@link HelmRequest#wholeNumbers}
     */
    ReleaseRequests(HelmRelease object, ReleaseNames names, List<String> wholeNumbers) {
        this.object = object;
        this.wholeNumbers = List.copyOf(wholeNumbers);
        this.spec = object.spec();
        this.names = names;
    }

    Duration timeout(@Nullable GoDuration own) {
        if (own != null) {
            return own.toDuration();
        }
        return spec.timeout() == null ? TIMEOUT : spec.timeout().toDuration();
    }

    Duration timeout(Action action) {
        return switch (action) {
            case install -> timeout(spec.install() == null ? null : spec.install().timeout());
            case upgrade -> timeout(spec.upgrade() == null ? null : spec.upgrade().timeout());
            case test -> timeout(spec.test() == null ? null : spec.test().timeout());
            case rollback -> timeout(spec.rollback() == null ? null : spec.rollback().timeout());
            case uninstall -> timeout(spec.uninstall() == null ? null : spec.uninstall().timeout());
            default -> timeout((GoDuration) null);
        };
    }

    private int history() {
        return spec.maxHistory() == null ? HISTORY : spec.maxHistory();
    }

    /**
     * @param version of an earlier record to be told of too; 0 for none
     */
    HelmRequest state(
            @Nullable Chart chart,
            @Nullable JsonNode values,
            Map<String, String> oci,
            int version) {
        return request(
                Action.state, names.name(), chart, values, options(Action.state), oci, version);
    }

    HelmRequest install(Chart chart, JsonNode values, Map<String, String> oci) {
        ObjectNode options = options(Action.install);
        Install o = spec.install();
        if (o == null) {
            releasing(options, false, false, false, false, false, false);
        } else {
            releasing(
                    options,
                    o.disableWait(),
                    o.disableWaitForJobs(),
                    o.disableHooks(),
                    o.disableOpenAPIValidation(),
                    o.disableSchemaValidation(),
                    o.disableTakeOwnership());
            options.put("replace", o.replace());
            options.put("createNamespace", o.createNamespace() && spec.targetNamespace() != null);
        }
        options.put("crds", crds(o == null ? null : o.crds()));
        return request(Action.install, names.name(), chart, values, options, oci, 0);
    }

    HelmRequest upgrade(Chart chart, JsonNode values, Map<String, String> oci) {
        ObjectNode options = options(Action.upgrade);
        Upgrade o = spec.upgrade();
        if (o == null) {
            releasing(options, false, false, false, false, false, false);
        } else {
            releasing(
                    options,
                    o.disableWait(),
                    o.disableWaitForJobs(),
                    o.disableHooks(),
                    o.disableOpenAPIValidation(),
                    o.disableSchemaValidation(),
                    o.disableTakeOwnership());
            options.put("force", o.force());
            options.put("preserveValues", o.preserveValues());
            options.put("cleanupOnFail", o.cleanupOnFail());
        }
        options.put("maxHistory", history());
        options.put("crds", crds(o == null ? null : o.crds()));
        return request(Action.upgrade, names.name(), chart, values, options, oci, 0);
    }

    /** What install and upgrade have in common. */
    private static void releasing(
            ObjectNode options,
            boolean noWait,
            boolean noJobs,
            boolean noHooks,
            boolean noApiCheck,
            boolean noSchema,
            boolean noOwnership) {
        options.put("wait", !noWait)
                .put("waitForJobs", !noJobs)
                .put("disableHooks", noHooks)
                .put("disableOpenAPIValidation", noApiCheck)
                .put("disableSchemaValidation", noSchema)
                .put("takeOwnership", !noOwnership);
    }

    HelmRequest test(Map<String, String> oci) {
        ObjectNode options = options(Action.test);
        Test o = spec.test();
        if (o != null) {
            ArrayNode filters = options.putArray("filters");
            o.filters()
                    .forEach(filter ->
                            filters.addObject()
                                    .put("name", filter.name())
                                    .put("exclude", filter.exclude()));
        }
        return request(Action.test, names.name(), null, null, options, oci, 0);
    }

    HelmRequest rollback(int version, Map<String, String> oci) {
        ObjectNode options = options(Action.rollback).put("maxHistory", history());
        Rollback o = spec.rollback();
        options.put("wait", o == null || !o.disableWait());
        options.put("waitForJobs", o == null || !o.disableWaitForJobs());
        if (o != null) {
            options.put("disableHooks", o.disableHooks())
                    .put("force", o.force())
                    .put("recreate", o.recreate())
                    .put("cleanupOnFail", o.cleanupOnFail());
        }
        return request(Action.rollback, names.name(), null, null, options, oci, version);
    }

    /**
     * @param release the name that was released, which need not be the one of now
     */
    HelmRequest uninstall(String release, Map<String, String> oci) {
        ObjectNode options = options(Action.uninstall);
        Uninstall o = spec.uninstall();
        options.put("wait", o == null || !o.disableWait());
        if (o != null) {
            options.put("disableHooks", o.disableHooks()).put("keepHistory", o.keepHistory());
        }
        options.put("deletionPropagation", o == null ? "background" : o.deletionPropagation());
        return request(Action.uninstall, release, null, null, options, oci, 0);
    }

    HelmRequest unlock(Map<String, String> oci) {
        return request(Action.unlock, names.name(), null, null, options(Action.unlock), oci, 0);
    }

    HelmRequest drift(List<IgnoreRule> ignore, boolean correct) {
        ObjectNode options = options(Action.drift).put("correct", correct);
        ignore(options, ignore);
        return request(Action.drift, names.name(), null, null, options, Map.of(), 0);
    }

    /** What puts objects back, from the record of that version. */
    HelmRequest correct(int version, List<ObjectRef> objects) {
        ObjectNode options = options(Action.correct).put("correct", true);
        ignore(options, spec.driftDetection() == null ? List.of() : spec.driftDetection().ignore());
        return new HelmRequest(
                Action.correct,
                names.name(),
                names.namespace(),
                names.storage(),
                origin(),
                null,
                null,
                options,
                Map.of(),
                version,
                List.of(),
                objects);
    }

    private static void ignore(ObjectNode options, List<IgnoreRule> ignore) {
        ArrayNode rules = options.putArray("ignore");
        ignore.forEach(rule -> rules.add(FluxJson.write(rule)));
    }

    private Origin origin() {
        return new Origin(object.metadata().namespace(), object.metadata().name());
    }

    private ObjectNode options(Action action) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("timeoutSeconds", timeout(action).toMillis() / 1000.0)
                .put(
                        "legacyWait",
                        spec.waitStrategy() != null && "legacy".equals(spec.waitStrategy().name()));
    }

    /** Documented as Skip for upgrades, and Create in Flux all the same. */
    private static String crds(@Nullable String policy) {
        return policy == null || policy.isEmpty() ? "Create" : policy;
    }

    private HelmRequest request(
            Action action,
            String release,
            @Nullable Chart chart,
            @Nullable JsonNode values,
            ObjectNode options,
            Map<String, String> oci,
            int version) {
        return new HelmRequest(
                action,
                release,
                names.namespace(),
                names.storage(),
                origin(),
                chart,
                values,
                options,
                oci,
                version,
                values == null ? List.of() : wholeNumbers,
                List.of());
    }
}
