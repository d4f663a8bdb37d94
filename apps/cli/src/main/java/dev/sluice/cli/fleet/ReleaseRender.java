package dev.sluice.cli.fleet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.fleet.ChartSupply.UnknownChart;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.MalformedObjectException;
import dev.sluice.fluxapi.helm.ChartTemplate;
import dev.sluice.fluxapi.helm.HelmRelease;
import dev.sluice.fluxapi.helm.HelmReleaseSpec.ValuesReference;
import dev.sluice.fluxapi.kustomize.KustomizationSpec;
import dev.sluice.helm.ReleaseNames;
import dev.sluice.helm.chart.ChartException;
import dev.sluice.helm.chart.ChartFiles;
import dev.sluice.helm.chart.ChartMetadata;
import dev.sluice.helm.render.PostRendering;
import dev.sluice.helm.values.InvalidValuesException;
import dev.sluice.helm.values.Values;
import dev.sluice.helm.worker.HelmQuestions;
import dev.sluice.helm.worker.HelmRequest;
import dev.sluice.helm.worker.HelmResponse;
import dev.sluice.helm.worker.HelmResponse.ObjectRef;
import dev.sluice.helm.worker.HelmWorkers;
import dev.sluice.helm.worker.WorkerException;
import dev.sluice.helm.worker.WorkerIdentity;
import dev.sluice.helm.worker.WorkerProgram;
import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.api.BuildLimits;
import dev.sluice.kustomize.tree.FileTree;
import dev.sluice.kustomize.tree.MemoryTree;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.rendering.KustomizationBuild;
import dev.sluice.rendering.PathNotFoundException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Templates the charts of HelmReleases with the Helm worker, without a cluster: the objects that a
 * release would have, post-rendered, but for its hooks. What only the cluster knows (Secrets with
 * values, what {@code lookup} finds, which kinds are served) is told in notes or taken as Helm
 * itself takes it where there is no cluster.
 */
public final class ReleaseRender implements AutoCloseable {

    private static final String ALL = "all.yaml";

    /** Nobody is asked: the worker only renders. */
    private static final WorkerIdentity NOBODY =
            new WorkerIdentity(
                    "https://nowhere.invalid",
                    null,
                    false,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    List.of());

    /** Kinds outside namespaces that charts bring; kinds that begin with Cluster are too. */
    private static final Set<String> CLUSTER_WIDE =
            Set.of(
                    "APIService",
                    "CSIDriver",
                    "CustomResourceDefinition",
                    "GatewayClass",
                    "IngressClass",
                    "MutatingWebhookConfiguration",
                    "Namespace",
                    "PersistentVolume",
                    "PriorityClass",
                    "RuntimeClass",
                    "StorageClass",
                    "ValidatingAdmissionPolicy",
                    "ValidatingAdmissionPolicyBinding",
                    "ValidatingWebhookConfiguration",
                    "VolumeSnapshotClass");

    /**
     * What a commit tells beside a release.
     *
     * @param repositories specs of its HelmRepositories, by namespace and name
     * @param configMaps their data, by namespace and name
     * @param ours whether a GitRepository, by namespace and name, is the one that is looked at
     */
    record Known(
            FileTree tree,
            Map<String, ObjectNode> repositories,
            Map<String, Map<String, String>> configMaps,
            Predicate<String> ours) {}

    /**
     * A release.
     *
     * @param objects that it would have
     * @param notes what is not known of it
     */
    record Rendered(List<KubernetesObject> objects, List<String> notes) {}

    private final HelmWorkers workers;
    private final PostRendering postRendering = new PostRendering(BuildLimits.DEFAULT);
    private final KustomizationBuild build = new KustomizationBuild(BuildLimits.DEFAULT);
    private final ChartSupply charts = new ChartSupply();

    /**
     * @param program finds the worker
     */
    ReleaseRender(HelmWorkers.Program program) {
        this.workers = new HelmWorkers(program, HelmWorkers.Limits.DEFAULT, Clock.systemUTC());
    }

    /** With the worker that this build made, or that the environment names. */
    public static ReleaseRender ofThisBuild() {
        return new ReleaseRender(ReleaseRender::program);
    }

    private static Path program() throws WorkerException {
        return WorkerProgram.find(
                Optional.ofNullable(System.getenv(WorkerProgram.VARIABLE)),
                Optional.ofNullable(System.getProperty("sluice.root")).map(Path::of));
    }

    /** The objects of a release; where they cannot be had a note says why. */
    Rendered render(KubernetesObject object, Known known) {
        String name = "HelmRelease " + object.namespace() + '/' + object.name();
        List<String> notes = new ArrayList<>();
        if (object.tree().at("/spec/suspend").asBoolean()) {
            return new Rendered(List.of(), List.of(name + " is suspended and not looked into"));
        }
        try {
            HelmRelease release = FluxJson.read(object.tree(), HelmRelease.class);
            ChartFiles chart = chart(release, known);
            ObjectNode values = values(release, known, name, notes);
            return new Rendered(objects(release, manifest(release, chart, values)), notes);
        } catch (UnknownChart e) {
            notes.add(name + ": its chart is not looked into: " + e.getMessage());
        } catch (MalformedObjectException
                | InvalidValuesException
                | ChartException
                | BuildException
                | PathNotFoundException
                | WorkerException e) {
            notes.add(name + " is not looked into: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            notes.add(name + " is not looked into: interrupted");
        }
        return new Rendered(List.of(), notes);
    }

    private ChartFiles chart(HelmRelease release, Known known) throws UnknownChart {
        ChartTemplate template = release.spec().chart();
        if (template == null) {
            throw new UnknownChart("a chartRef names what only the cluster has");
        }
        ChartTemplate.Spec wanted = template.spec();
        ChartTemplate.SourceReference source = wanted.sourceRef();
        String namespace = source.namespace();
        String key =
                (namespace == null || namespace.isEmpty()
                                ? release.metadata().namespace()
                                : namespace)
                        + '/'
                        + source.name();
        ObjectNode repository = known.repositories().get(key);
        if (source.kind().equals("HelmRepository") && repository != null) {
            return charts.inRepository(repository, wanted);
        }
        if (source.kind().equals("GitRepository") && known.ours().test(key)) {
            return charts.inFolder(known.tree(), wanted);
        }
        throw new UnknownChart(
                "it is from " + source.kind() + ' ' + key + ", which is another source");
    }

    /** What the release says, over what the ConfigMaps of the commit hold. */
    private static ObjectNode values(
            HelmRelease release, Known known, String name, List<String> notes)
            throws InvalidValuesException {
        ObjectNode own =
                release.spec().values() instanceof ObjectNode map
                        ? map
                        : JsonNodeFactory.instance.objectNode();
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        for (ValuesReference reference : release.spec().valuesFrom()) {
            String at = release.metadata().namespace() + '/' + reference.name();
            String key = reference.valuesKey();
            String text =
                    reference.kind().equals("ConfigMap")
                            ? known.configMaps()
                                    .getOrDefault(at, Map.of())
                                    .get(key == null || key.isEmpty() ? "values.yaml" : key)
                            : null;
            if (text != null) {
                values = Values.layered(values, own, reference, text);
            } else if (!reference.optional() || reference.kind().equals("Secret")) {
                notes.add(
                        name
                                + ": the values in "
                                + reference.kind()
                                + ' '
                                + at
                                + " are not known here");
            }
        }
        return Values.merge(values, own);
    }

    private String manifest(HelmRelease release, ChartFiles chart, ObjectNode values)
            throws ChartException, WorkerException, InterruptedException {
        ReleaseNames names = ReleaseNames.of(release);
        String archive =
                Base64.getEncoder().encodeToString(chart.pack(ChartMetadata.of(chart).name()));
        Catching questions = new Catching();
        HelmResponse answer =
                workers.run(
                        NOBODY,
                        new HelmRequest(
                                HelmRequest.Action.render,
                                names.name(),
                                names.namespace(),
                                names.storage(),
                                new HelmRequest.Origin(
                                        release.metadata().namespace(), release.metadata().name()),
                                new HelmRequest.Chart(archive, null, null, null),
                                values,
                                JsonNodeFactory.instance.objectNode().put("offline", true),
                                Map.of(),
                                0,
                                Values.wholeNumbers(values),
                                List.of()),
                        questions);
        if (questions.manifest == null && answer.error() != null) {
            throw new WorkerException(WorkerException.Kind.LOST, answer.error().message());
        }
        return questions.manifest == null ? "" : questions.manifest;
    }

    /** As the cluster would have them: post-rendered, each in its namespace. */
    private List<KubernetesObject> objects(HelmRelease release, String manifest)
            throws BuildException, PathNotFoundException, MalformedObjectException {
        if (manifest.isBlank()) {
            return List.of();
        }
        String text =
                postRendering.render(
                        manifest,
                        release.spec(),
                        release.metadata().namespace(),
                        release.metadata().name());
        MemoryTree tree = new MemoryTree(Map.of(ALL, text.getBytes(StandardCharsets.UTF_8)));
        List<KubernetesObject> objects = build.render(tree, everything()).objects();
        String namespace = ReleaseNames.of(release).namespace();
        for (KubernetesObject object : objects) {
            if (object.namespace().isEmpty() && !isClusterWide(object.kind())) {
                object.tree().withObject("/metadata").put("namespace", namespace);
            }
        }
        return objects;
    }

    private static boolean isClusterWide(String kind) {
        return kind.startsWith("Cluster") || CLUSTER_WIDE.contains(kind);
    }

    private static KustomizationSpec everything() throws MalformedObjectException {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.withObject("sourceRef").put("kind", "GitRepository").put("name", "none");
        spec.put("path", "").put("interval", "1m").put("prune", false);
        return FluxJson.read(spec, KustomizationSpec.class);
    }

    /** Keeps what the templates made; nothing is ever waited for. */
    private static final class Catching implements HelmQuestions {
        private volatile @Nullable String manifest;

        @Override
        public String postRender(String rendered) {
            manifest = rendered;
            return rendered;
        }

        @Override
        public void awaitReady(List<ObjectRef> objects, boolean jobs, Duration limit) {
            // Nothing is applied.
        }
    }

    @Override
    public void close() {
        workers.close();
        charts.close();
    }
}
