package dev.sluice.cli.bootstrap;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.crd.CustomResourceDefinitions;
import dev.sluice.kustomize.BuildResult;
import dev.sluice.kustomize.BuiltResource;
import dev.sluice.kustomize.Kustomize;
import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.api.BuildOptions;
import dev.sluice.yaml.JsonTrees;
import dev.sluice.yaml.YamlWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * The files that are committed, under the names that Flux gives them, so that what people patch in
 * {@code flux-system/kustomization.yaml} still finds them.
 */
public final class Manifests {

    static final String FOLDER = "flux-system";
    static final String COMPONENTS = "gotk-components.yaml";
    static final String SYNC = "gotk-sync.yaml";
    static final String KUSTOMIZATION = "kustomization.yaml";

    private Manifests() {}

    /** Definitions, accounts, roles and, unless it runs outside, the pipeline itself. */
    public static List<ObjectNode> components(Variant variant) {
        List<ObjectNode> objects = new ArrayList<>(CustomResourceDefinitions.all());
        try {
            BuildResult built =
                    Kustomize.build(DeployFiles.tree(), variant.folder(), BuildOptions.DEFAULT);
            for (BuiltResource resource : built.resources()) {
                objects.add(JsonTrees.toObject(resource.node()));
            }
        } catch (BuildException e) {
            throw new IllegalStateException("deploy/ cannot be built: " + e.getMessage(), e);
        }
        return objects;
    }

    /** Where the cluster is from: the source and the root Kustomization. */
    static List<ObjectNode> sync(SyncPoint sync) {
        ObjectNode source = object("source.toolkit.fluxcd.io/v1", "GitRepository", sync);
        ObjectNode spec = source.putObject("spec");
        spec.put("interval", "1m0s");
        spec.putObject("ref").put("branch", sync.branch());
        if (sync.secret() != null) {
            spec.putObject("secretRef").put("name", sync.secret());
        }
        spec.put("url", sync.url());
        ObjectNode root = object("kustomize.toolkit.fluxcd.io/v1", "Kustomization", sync);
        spec = root.putObject("spec");
        spec.put("interval", "10m0s").put("path", "./" + sync.path()).put("prune", true);
        spec.putObject("sourceRef").put("kind", "GitRepository").put("name", sync.namespace());
        if (sync.lockdown()) {
            spec.put("serviceAccountName", "sluice-applier");
        }
        return List.of(source, root);
    }

    private static ObjectNode object(String apiVersion, String kind, SyncPoint sync) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", apiVersion).put("kind", kind);
        object.putObject("metadata")
                .put("name", sync.namespace())
                .put("namespace", sync.namespace());
        return object;
    }

    static String yaml(List<ObjectNode> objects, String title) {
        StringBuilder text = new StringBuilder("# " + title + "\n");
        for (ObjectNode object : objects) {
            text.append("---\n");
            YamlWriter.manifest(JsonTrees.fromJson(object), text);
        }
        return text.toString();
    }

    static String kustomization() {
        return """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources:
        - %s
        - %s
        """
                .formatted(COMPONENTS, SYNC);
    }
}
