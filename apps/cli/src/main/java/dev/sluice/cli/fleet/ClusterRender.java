package dev.sluice.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.fleet.ClusterState.Wanted;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.MalformedObjectException;
import dev.sluice.fluxapi.kustomize.KustomizationSpec;
import dev.sluice.fluxapi.kustomize.KustomizationSpec.PostBuild;
import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.api.BuildLimits;
import dev.sluice.kustomize.tree.FileTree;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.manifests.Substitution;
import dev.sluice.manifests.SubstitutionException;
import dev.sluice.rendering.KustomizationBuild;
import dev.sluice.rendering.PathNotFoundException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Renders a cluster from its folder on: what the folder holds, and what each Kustomization in it
 * wants in turn, as far as it comes from the same repository. Encrypted values stay encrypted;
 * variables that only the cluster knows stay as they are written.
 */
final class ClusterRender {

    /** A circle, or a fleet within a fleet. */
    private static final int MOST = 2_000;

    private static final String ROOT = "root";

    private final KustomizationBuild build = new KustomizationBuild(BuildLimits.DEFAULT);
    private final FileTree tree;
    private final SortedMap<String, Wanted> objects = new TreeMap<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, String> urls = new HashMap<>();
    private final Map<String, Map<String, String>> configMaps = new HashMap<>();

    private record Job(String name, String namespace, KustomizationSpec spec) {}

    private final Map<String, ObjectNode> repositories = new HashMap<>();
    private final List<KubernetesObject> helmReleases = new ArrayList<>();
    private final ReleaseRender releases;

    private ClusterRender(FileTree tree, ReleaseRender releases) {
        this.tree = tree;
        this.releases = releases;
    }

    static ClusterState of(FileTree tree, String path, ReleaseRender releases)
            throws FleetException {
        ClusterRender render = new ClusterRender(tree, releases);
        render.run(path);
        render.release();
        return new ClusterState(render.objects, render.notes);
    }

    private void run(String path) throws FleetException {
        Queue<Job> jobs = new ArrayDeque<>();
        Set<String> seen = new HashSet<>();
        jobs.add(new Job(ROOT, "", spec(path)));
        for (int i = 0; !jobs.isEmpty(); i++) {
            if (i == MOST) {
                throw new FleetException(path + " leads to more than " + MOST + " Kustomizations");
            }
            for (KubernetesObject object : render(jobs.poll())) {
                follow(object, jobs, seen);
            }
        }
    }

    private List<KubernetesObject> render(Job job) throws FleetException {
        List<KubernetesObject> filled = new ArrayList<>();
        try {
            Map<String, String> variables = variables(job);
            for (KubernetesObject object : build.render(tree, job.spec).objects()) {
                filled.add(fill(object, variables));
            }
        } catch (BuildException | PathNotFoundException e) {
            throw new FleetException(
                    (job.name.equals(ROOT) ? "" : "Kustomization " + job.name + ": ")
                            + e.getMessage(),
                    e);
        }
        for (KubernetesObject object : filled) {
            learn(object);
            objects.put(
                    object.id().display(), new Wanted(job.name, object.tree(), isSecret(object)));
        }
        return filled;
    }

    /** What the charts of the releases would make. */
    private void release() {
        ReleaseRender.Known known =
                new ReleaseRender.Known(tree, repositories, configMaps, this::isOurs);
        for (KubernetesObject wanted : helmReleases) {
            String by = "HelmRelease " + wanted.namespace() + '/' + wanted.name();
            ReleaseRender.Rendered rendered = releases.render(wanted, known);
            notes.addAll(rendered.notes());
            for (KubernetesObject object : rendered.objects()) {
                objects.putIfAbsent(
                        object.id().display(), new Wanted(by, object.tree(), isSecret(object)));
            }
        }
    }

    private static boolean isSecret(KubernetesObject object) {
        return object.kind().equals("Secret") && object.group().isEmpty();
    }

    private void learn(KubernetesObject object) {
        String key = object.namespace() + '/' + object.name();
        if (object.kind().equals("GitRepository")) {
            urls.put(key, object.tree().at("/spec/url").asText());
        } else if (object.kind().equals("HelmRepository")) {
            repositories.put(key, object.tree().withObject("/spec"));
        } else if (object.kind().equals("HelmRelease")) {
            helmReleases.add(object);
        } else if (object.kind().equals("ConfigMap")) {
            Map<String, String> data = new HashMap<>();
            object.tree()
                    .path("data")
                    .properties()
                    .forEach(e -> data.put(e.getKey(), e.getValue().asText()));
            configMaps.put(key, data);
        }
    }

    private void follow(KubernetesObject object, Queue<Job> jobs, Set<String> seen) {
        if (!object.kind().equals("Kustomization")
                || !object.group().equals("kustomize.toolkit.fluxcd.io")) {
            return;
        }
        String name = object.namespace() + '/' + object.name();
        if (object.tree().at("/spec/suspend").asBoolean()) {
            notes.add("Kustomization " + name + " is suspended and not looked into");
            return;
        }
        JsonNode source = object.tree().at("/spec/sourceRef");
        if (!ours(object, source)) {
            notes.add(
                    "Kustomization "
                            + name
                            + " is from "
                            + source.path("kind").asText()
                            + ' '
                            + source.path("name").asText()
                            + ", which is another source, and not looked into");
            return;
        }
        try {
            KustomizationSpec spec =
                    FluxJson.read(object.tree().get("spec"), KustomizationSpec.class);
            // The root names itself: its folder has been rendered already.
            if (seen.add(name) && !isRootItself(object)) {
                jobs.add(new Job(name, object.namespace(), spec));
            }
        } catch (MalformedObjectException e) {
            notes.add("Kustomization " + name + " cannot be read: " + e.getMessage());
        }
    }

    private static boolean isRootItself(KubernetesObject object) {
        return object.name().equals("flux-system") && object.namespace().equals("flux-system");
    }

    /** The source of the root, or one of the same address. */
    private boolean ours(KubernetesObject object, JsonNode source) {
        if (!source.path("kind").asText().equals("GitRepository")) {
            return false;
        }
        String namespace = source.path("namespace").asText();
        String key =
                (namespace.isEmpty() ? object.namespace() : namespace)
                        + '/'
                        + source.path("name").asText();
        return isOurs(key);
    }

    private boolean isOurs(String key) {
        String root = urls.get("flux-system/flux-system");
        String url = urls.get(key);
        return url == null || url.equals(root) || (root == null && urls.size() == 1);
    }

    private Map<String, String> variables(Job job) {
        PostBuild postBuild = job.spec.postBuild();
        Map<String, String> variables = new HashMap<>();
        if (postBuild != null) {
            for (KustomizationSpec.SubstituteSource from : postBuild.substituteFrom()) {
                variables.putAll(
                        from.kind().equals("ConfigMap")
                                ? configMaps.getOrDefault(
                                        job.namespace + '/' + from.name(), Map.of())
                                : Map.of());
            }
            variables.putAll(postBuild.substitute());
        }
        return variables;
    }

    private static KubernetesObject fill(KubernetesObject object, Map<String, String> variables) {
        if (variables.isEmpty()) {
            return object;
        }
        try {
            return new Substitution(variables, true).fill(object);
        } catch (SubstitutionException e) {
            // Only the cluster knows the rest.
            return object;
        }
    }

    private static KustomizationSpec spec(String path) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.withObject("sourceRef").put("kind", "GitRepository").put("name", "flux-system");
        spec.put("path", path).put("interval", "1m").put("prune", false);
        try {
            return FluxJson.read(spec, KustomizationSpec.class);
        } catch (MalformedObjectException e) {
            throw new IllegalStateException("the spec is made above", e);
        }
    }
}
