package dev.sluice.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.build.ClusterDiff;
import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.cli.flux.FluxCluster;
import dev.sluice.cli.flux.LiveObject;
import dev.sluice.cli.flux.ObjectReference;
import dev.sluice.cli.flux.ServedKind;
import dev.sluice.manifests.KubernetesObject;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice diff kustomization}. */
@Command(
        name = "kustomization",
        aliases = "ks",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what a Kustomization would change in the cluster if its source were these local files: the API server is asked by a dry run. Values of Secrets are not shown.",
            "Exit codes: 0 no change, 1 changes, 2 it can't be told."
        })
final class DiffKustomizationCommand implements Callable<Integer> {

    @Mixin private final FluxOptions flux = new FluxOptions();
    @Mixin private final PreviewOptions preview = new PreviewOptions();

    @Option(
            names = {"-r", "--recursive"},
            description = "Go on with Kustomizations among the objects.")
    private boolean recursive;

    @Option(
            names = "--local-sources",
            paramLabel = "KIND/NAMESPACE/NAME=DIR",
            split = ",",
            description = "With --recursive: where the files of their sources are.")
    private Map<String, Path> localSources = new LinkedHashMap<>();

    @Option(
            names = "--ignore-not-found",
            description = "A Kustomization that is not in the cluster yet has no changes.")
    private boolean ignoreNotFound;

    private final Set<ObjectReference> seen = new HashSet<>();
    private boolean changed;
    private boolean failed;

    @Override
    public Integer call() throws CommandFailure {
        try {
            return flux.with(this::diff);
        } catch (CommandFailure e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), 2);
        }
    }

    /** Scripts that were written for flux may say it; there is no bar. */
    @Option(names = "--progress-bar", arity = "0..1", hidden = true)
    void progressBar(boolean shown) {
        if (shown) {
            flux.tell("◎ asking the API server");
        }
    }

    private int diff(FluxCluster cluster) throws CommandFailure, ClusterException {
        Optional<ObjectNode> found = preview.find(cluster, flux.namespace());
        if (found.isEmpty() && ignoreNotFound) {
            flux.tell("► Kustomization " + preview.name() + " is not in the cluster yet");
            return 0;
        }
        ObjectNode kustomization =
                found.orElseThrow(() ->
                        CommandFailure.notFound("Kustomization", preview.name(), flux.namespace()));
        kustomization = withStatus(cluster, kustomization);
        show(cluster, kustomization, preview.objects(kustomization, cluster));
        if (failed) {
            return 2;
        }
        if (changed) {
            flux.tell("⚠️ identified at least one change, exiting with non-zero exit code");
        }
        return changed ? 1 : 0;
    }

    /** One of a file has no inventory: that of the cluster counts. */
    private static ObjectNode withStatus(FluxCluster cluster, ObjectNode kustomization)
            throws ClusterException {
        if (!kustomization.has("status")) {
            Optional<LiveObject> live =
                    cluster.find(
                            ServedKind.named("Kustomization"),
                            kustomization.at("/metadata/namespace").asText(),
                            kustomization.at("/metadata/name").asText());
            live.ifPresent(
                    object -> kustomization.set("status", object.json().path("status").deepCopy()));
        }
        return kustomization;
    }

    private void show(FluxCluster cluster, ObjectNode kustomization, List<KubernetesObject> objects)
            throws CommandFailure, ClusterException {
        seen.add(reference(kustomization));
        ClusterDiff.Report report = new ClusterDiff(cluster.client(), kustomization, objects).run();
        report.lines().forEach(line -> flux.print(flux.style().change(line)));
        report.errors().forEach(error -> flux.tell("✗ " + error));
        changed |= report.changed();
        failed |= !report.errors().isEmpty();
        if (recursive) {
            for (KubernetesObject object : objects) {
                if (object.kind().equals("Kustomization")
                        && object.group().equals("kustomize.toolkit.fluxcd.io")) {
                    descend(cluster, object.tree().deepCopy());
                }
            }
        }
    }

    private void descend(FluxCluster cluster, ObjectNode kustomization)
            throws CommandFailure, ClusterException {
        ObjectReference id = reference(kustomization);
        if (!seen.add(id)
                || cluster.find(ServedKind.named("Kustomization"), id.namespace(), id.name())
                        .isEmpty()) {
            return;
        }
        if (kustomization.at("/spec").has("kubeConfig")) {
            flux.tell("⚠️ " + id.display() + " skipped: it applies to another cluster");
            return;
        }
        JsonNode source = kustomization.at("/spec/sourceRef");
        String key =
                source.path("kind").asText()
                        + '/'
                        + source.path("namespace").asText(id.namespace())
                        + '/'
                        + source.path("name").asText();
        Path folder = localSources.get(key);
        if (folder == null) {
            throw new CommandFailure(
                    "✗ cannot get local path for %s of kustomization %s: say --local-sources %s=DIR"
                            .formatted(key, id.name(), key));
        }
        Path path =
                folder.resolve(
                        kustomization.at("/spec/path").asText(".").replaceAll("^(\\./|/)+", ""));
        ObjectNode whole = withStatus(cluster, kustomization);
        flux.print("📁 " + id.kind() + '/' + id.namespace() + '/' + id.name());
        show(cluster, whole, preview.objects(whole, cluster, path));
    }

    private static ObjectReference reference(ObjectNode kustomization) {
        return new ObjectReference(
                "Kustomization",
                kustomization.at("/metadata/namespace").asText(),
                kustomization.at("/metadata/name").asText());
    }
}
