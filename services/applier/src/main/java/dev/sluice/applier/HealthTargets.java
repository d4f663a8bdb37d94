package dev.sluice.applier;

import dev.sluice.events.AppliedObject;
import dev.sluice.events.DeliveryId;
import dev.sluice.fluxapi.kustomize.Kustomization;
import dev.sluice.fluxapi.kustomize.KustomizationSpec.ObjectToCheck;
import dev.sluice.kubernetes.health.HealthTarget;
import dev.sluice.manifests.ObjectId;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which objects a Kustomization wants to be healthy: with {@code wait} all that it applied, those
 * left alone aside; else those that {@code healthChecks} names. Never itself.
 */
final class HealthTargets {

    private static final String DEFAULT_API_VERSION = "apps/v1";

    private HealthTargets() {}

    static List<HealthTarget> of(
            DeliveryId id, Kustomization object, Collection<AppliedObject> applied) {
        Stream<HealthTarget> all =
                object.spec().waitForHealth()
                        ? applied.stream()
                                .filter(o -> !o.owned().isEmpty())
                                .map(o -> own(o, object))
                        : object.spec().healthChecks().stream().map(c -> named(object, c));
        ObjectId itself =
                new ObjectId(
                        Statuses.API_VERSION.substring(0, Statuses.API_VERSION.indexOf('/')),
                        id.kind(),
                        id.namespace(),
                        id.name());
        return all.filter(t -> !t.id().equals(itself)).toList();
    }

    /**
     * What has an expression of its own is looked at, also where it could not be anything but well.
     */
    private static HealthTarget own(AppliedObject applied, Kustomization object) {
        ObjectId id = ObjectId.parse(applied.id());
        boolean asked =
                object.spec().healthCheckExprs().stream()
                        .anyMatch(expression -> id.kind().equals(expression.kind()));
        return new HealthTarget(id, applied.version(), !asked);
    }

    private static HealthTarget named(Kustomization object, ObjectToCheck check) {
        String apiVersion = or(check.apiVersion(), DEFAULT_API_VERSION);
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        ObjectId id =
                new ObjectId(
                        group,
                        check.kind(),
                        or(check.namespace(), object.metadata().namespace()),
                        check.name());
        return new HealthTarget(id, apiVersion.substring(slash + 1), false);
    }

    private static String or(@Nullable String text, String otherwise) {
        return text == null || text.isEmpty() ? otherwise : text;
    }
}
