package dev.sluice.cli.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.cli.audit.Deployment;
import dev.sluice.cli.audit.Manifests;
import dev.sluice.events.AppliedObject;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.ResourceKind;
import dev.sluice.kubernetes.apply.ApplyReport;
import dev.sluice.kubernetes.apply.ApplyRequest;
import dev.sluice.kubernetes.apply.Owner;
import dev.sluice.kubernetes.apply.StagedApply;
import dev.sluice.manifests.KeyedDigest;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.manifests.ObjectId;
import dev.sluice.manifests.SecretValues;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Manifests as they were, into another cluster. The one that they came from is known by the uids of
 * its objects, which no other cluster has, and is refused.
 */
public final class SandboxReplay {

    private static final String MANAGER = "sluice-replay";
    private static final int WIDTH = 4;

    private final Cluster cluster;
    private final Manifests manifests;
    private final @Nullable String origin;

    /**
     * @param origin name of the cluster that may be written to although the objects came from it;
     *     null for none
     */
    public SandboxReplay(Cluster cluster, Manifests manifests, @Nullable String origin) {
        this.cluster = cluster;
        this.manifests = manifests;
        this.origin = origin;
    }

    /**
     * Applies all objects. Before the first one every deployment is checked.
     *
     * @return what could not be applied, with the reason
     */
    public List<String> write(List<Deployment> deployments)
            throws ReplayException, KubernetesException {
        for (Deployment deployment : deployments) {
            if (!deployment.delivery().cluster().equals(origin)) {
                refuseOrigin(deployment);
            }
        }
        List<String> failures = new ArrayList<>();
        for (Deployment deployment : deployments) {
            if (deployment.delivery().kind().equals("HelmRelease")) {
                failures.add(
                        "%s: the log holds its chart and values, not what the chart makes; install it with Helm (--into directory writes them)"
                                .formatted(deployment.delivery()));
                continue;
            }
            try {
                ApplyReport report = apply(deployment);
                if (!report.succeeded()) {
                    failures.add(deployment.delivery() + ": " + report.message());
                }
            } catch (IOException e) {
                failures.add(deployment.delivery() + ": " + e.getMessage());
            }
        }
        return failures;
    }

    private void refuseOrigin(Deployment deployment) throws ReplayException, KubernetesException {
        for (AppliedObject object : deployment.applied().objects()) {
            ObjectId id = ObjectId.parse(object.id());
            Optional<ResourceKind> kind =
                    cluster.resourceInAnyVersion(id.group(), object.version(), id.kind());
            if (kind.isPresent()
                    && !object.uid().isEmpty()
                    && cluster.metadata(kind.get(), id.namespace(), id.name())
                            .filter(live -> object.uid().equals(live.uid()))
                            .isPresent()) {
                throw new ReplayException(
                        "%s is in this cluster with the very uid of the log: it is the cluster %s that it came from. Nothing was written. If that is what you want, add --into-origin %s"
                                .formatted(
                                        id.display(),
                                        deployment.delivery().cluster(),
                                        deployment.delivery().cluster()));
            }
        }
    }

    private ApplyReport apply(Deployment deployment) throws IOException {
        List<KubernetesObject> objects =
                manifests.of(deployment).stream().map(SandboxReplay::acceptable).toList();
        return new StagedApply(
                        cluster, MANAGER, new KeyedDigest(new byte[KeyedDigest.KEY_BYTES]), WIDTH)
                .run(
                        ApplyRequest.of(
                                objects,
                                Owner.kustomization(
                                        deployment.delivery().namespace(),
                                        deployment.delivery().name())));
    }

    /** The data of a Secret must be base64, hidden or not. */
    private static KubernetesObject acceptable(KubernetesObject object) {
        if (object.kind().equals("Secret")
                && object.tree().get("data") instanceof ObjectNode values) {
            String hidden =
                    Base64.getEncoder()
                            .encodeToString(SecretValues.SHOWN.getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<String, JsonNode> entry : values.properties()) {
                entry.setValue(TextNode.valueOf(hidden));
            }
        }
        return object;
    }
}
