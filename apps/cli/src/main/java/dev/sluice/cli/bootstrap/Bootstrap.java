package dev.sluice.cli.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.cluster.ClusterClient;
import dev.sluice.cli.cluster.ClusterException;
import dev.sluice.cli.install.Installer;
import dev.sluice.yaml.Document;
import dev.sluice.yaml.JsonTrees;
import dev.sluice.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The steps of a bootstrap: components into Git, into the cluster, credentials, the sync point, and
 * the wait until the cluster says that it is at the very commit.
 */
public final class Bootstrap {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ClusterClient client;
    private final Wishes wishes;
    private final Consumer<String> tell;
    private final Installer installer;
    private final FluxControllers flux;

    /**
     * What is wanted.
     *
     * @param access to write with, and to read with from the cluster
     * @param adopt whether Flux's controllers are put to rest, and their objects taken over
     * @param patience how long to wait until the cluster is at the commit
     */
    public record Wishes(
            SyncPoint sync, GitAccess access, Variant variant, boolean adopt, Duration patience) {}

    /**
     * @param tell takes each step, for the user
     */
    public Bootstrap(ClusterClient client, Wishes wishes, Consumer<String> tell) {
        this.client = client;
        this.wishes = wishes;
        this.tell = tell;
        // As the pipeline itself will apply them: so that what leaves Git later leaves the cluster.
        this.installer = new Installer(client, "kustomize-controller");
        this.flux = new FluxControllers(client, wishes.sync.namespace());
    }

    public void run() throws BootstrapException, ClusterException {
        SyncPoint sync = wishes.sync;
        refuseAnotherPath(sync);
        refuseBesideFlux();
        tell.accept("cloning " + sync.url() + ", branch " + sync.branch());
        try (SyncRepository repository =
                SyncRepository.open(sync.url(), sync.branch(), wishes.access)) {
            commitComponents(repository, sync);
            if (wishes.adopt) {
                flux.putToRest(tell);
            }
            if (wishes.adopt || !manages(sync)) {
                applyComponents(sync);
            }
            writeSecret(sync);
            makeSigningKeys(sync);
            commitSync(repository, sync);
            applySync(repository, sync);
            awaitHead(repository.head(), sync);
        }
        tell.accept("the cluster manages itself from " + sync.url() + ", " + sync.path());
    }

    private void refuseAnotherPath(SyncPoint sync) throws ClusterException, BootstrapException {
        JsonNode root =
                client.find(path("kustomize.toolkit.fluxcd.io/v1", "kustomizations", sync))
                        .<JsonNode>map(found -> found)
                        .orElse(JsonNodeFactory.instance.missingNode());
        String before = root.at("/spec/path").asText().replaceAll("^\\./", "");
        if (!before.isEmpty() && !before.replaceAll("/+$", "").equals(sync.path())) {
            throw new BootstrapException(
                    "this cluster is bootstrapped from "
                            + before
                            + ": give that path, or delete the Kustomization "
                            + sync.namespace()
                            + " first (with spec.prune false, if its objects shall stay)");
        }
    }

    private void refuseBesideFlux() throws ClusterException, BootstrapException {
        List<String> busy = flux.running();
        if (!busy.isEmpty() && !wishes.adopt) {
            throw new BootstrapException(
                    "Flux runs in this cluster ("
                            + String.join(", ", busy)
                            + "): --adopt puts its controllers to rest and takes over what they manage");
        }
    }

    private void commitComponents(SyncRepository repository, SyncPoint sync)
            throws BootstrapException {
        String text =
                Manifests.yaml(
                        Manifests.components(wishes.variant),
                        "The components of Sluice. Made by sluice bootstrap: changes belong into a patch.");
        boolean changed =
                repository.commit(
                        Map.of(file(sync, Manifests.COMPONENTS), text),
                        "Add Sluice component manifests");
        tell.accept(changed ? "committed the components" : "the components are up to date in Git");
    }

    /** Whether the cluster brings itself up to date from Git, with all patches that are there. */
    private boolean manages(SyncPoint sync) throws ClusterException {
        return client.find(path("kustomize.toolkit.fluxcd.io/v1", "kustomizations", sync))
                .filter(root -> !root.at("/status/lastAppliedRevision").asText().isEmpty())
                .isPresent();
    }

    private void applyComponents(SyncPoint sync) throws ClusterException {
        List<ObjectNode> objects = Manifests.components(wishes.variant);
        List<ObjectNode> definitions = new ArrayList<>();
        List<ObjectNode> rest = new ArrayList<>();
        for (ObjectNode object : objects) {
            boolean definition = object.path("kind").asText().equals("CustomResourceDefinition");
            (definition ? definitions : rest).add(object);
        }
        for (ObjectNode object : definitions) {
            installer.apply(owned(object, sync));
        }
        installer.awaitDefinitions(definitions);
        for (ObjectNode object : rest) {
            installer.apply(owned(object, sync));
        }
        tell.accept("applied " + objects.size() + " components to " + sync.namespace());
    }

    /** Where no credentials are given now, those of the last time stay. */
    private void writeSecret(SyncPoint sync) throws ClusterException, BootstrapException {
        if (sync.secret() == null || !wishes.access.isSecret()) {
            return;
        }
        ObjectNode secret = JsonNodeFactory.instance.objectNode();
        secret.put("apiVersion", "v1").put("kind", "Secret");
        secret.putObject("metadata").put("name", sync.secret()).put("namespace", sync.namespace());
        ObjectNode data = secret.putObject("stringData");
        GitAccess access = wishes.access;
        try {
            if (access.identity() != null) {
                data.put("identity", Files.readString(access.identity()));
                if (access.knownHosts() == null) {
                    throw new BootstrapException(
                            "over SSH the keys of the server are needed: --known-hosts FILE");
                }
                data.put("known_hosts", Files.readString(access.knownHosts()));
            } else {
                data.put("username", access.username() == null ? "git" : access.username());
                data.put("password", access.password());
            }
        } catch (IOException e) {
            throw new BootstrapException("a key file cannot be read: " + e.getMessage(), e);
        }
        new Installer(client, "sluice-bootstrap").apply(secret);
        tell.accept("the Secret " + sync.secret() + " holds the credentials");
    }

    private void makeSigningKeys(SyncPoint sync) throws ClusterException {
        if (!wishes.variant.mountsKeys()) {
            return;
        }
        int made =
                new SigningKeys(
                                client,
                                new Installer(client, "sluice-bootstrap"),
                                new SecureRandom())
                        .make(sync.namespace());
        tell.accept(
                made == 0
                        ? "the signing keys of the services are there"
                        : "made the signing keys of " + made + " services");
    }

    private void commitSync(SyncRepository repository, SyncPoint sync) throws BootstrapException {
        String kustomization = file(sync, Manifests.KUSTOMIZATION);
        Map<String, String> files = new java.util.LinkedHashMap<>();
        // A sync point that Flux made says the same in other words: it stays as it is.
        boolean kept = wishes.adopt && repository.read(file(sync, Manifests.SYNC)).isPresent();
        if (!kept) {
            files.put(
                    file(sync, Manifests.SYNC),
                    Manifests.yaml(Manifests.sync(sync), "Where this cluster is from."));
        }
        // Patches that someone put there stay.
        if (repository.read(kustomization).isEmpty()) {
            files.put(kustomization, Manifests.kustomization());
        }
        boolean changed = repository.commit(files, "Add Sluice sync manifests");
        tell.accept(changed ? "committed the sync point" : "the sync point is up to date in Git");
    }

    private void applySync(SyncRepository repository, SyncPoint sync)
            throws BootstrapException, ClusterException {
        List<ObjectNode> objects =
                repository
                        .read(file(sync, Manifests.SYNC))
                        .map(Bootstrap::parse)
                        .orElseGet(() -> Manifests.sync(sync));
        for (ObjectNode object : objects) {
            tell.accept(installer.apply(owned(object, sync)));
        }
        if (wishes.adopt) {
            // Flux's own controllers leave with their manifests: a large deletion that is meant.
            annotate(sync, "sluice.dev/confirm-prune", revision(repository.head(), sync));
        }
        annotate(sync, "reconcile.fluxcd.io/requestedAt", Long.toString(System.nanoTime()));
    }

    /** With the labels that the root Kustomization will put on it: so that it finds no work. */
    private static ObjectNode owned(ObjectNode object, SyncPoint sync) {
        object.withObject("/metadata/labels")
                .put("kustomize.toolkit.fluxcd.io/name", sync.namespace())
                .put("kustomize.toolkit.fluxcd.io/namespace", sync.namespace());
        return object;
    }

    private static List<ObjectNode> parse(String yaml) {
        return YamlReader.MANIFEST.readAll(yaml).stream()
                .map(Document::root)
                .filter(root -> root != null)
                .map(JsonTrees::toObject)
                .toList();
    }

    private void annotate(SyncPoint sync, String name, String value) throws ClusterException {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.withObject("/metadata/annotations").put(name, value);
        for (String plural : List.of("gitrepositories", "kustomizations")) {
            String group =
                    plural.equals("kustomizations")
                            ? "kustomize.toolkit.fluxcd.io/v1"
                            : "source.toolkit.fluxcd.io/v1";
            client.patch(path(group, plural, sync), "sluice-bootstrap", patch);
        }
    }

    private void awaitHead(String head, SyncPoint sync)
            throws BootstrapException, ClusterException {
        String wanted = revision(head, sync);
        tell.accept("waiting until the cluster is at " + wanted);
        long deadline = System.nanoTime() + wishes.patience.toNanos();
        String last = "";
        while (System.nanoTime() - deadline < 0) {
            ObjectNode root =
                    client.get(path("kustomize.toolkit.fluxcd.io/v1", "kustomizations", sync));
            JsonNode ready = ready(root);
            if (root.at("/status/lastAppliedRevision").asText().equals(wanted)
                    && ready.path("status").asText().equals("True")) {
                return;
            }
            last = ready.path("reason").asText() + ": " + ready.path("message").asText();
            pause();
        }
        throw new BootstrapException(
                "the cluster is not at "
                        + wanted
                        + " after "
                        + wishes.patience.toSeconds()
                        + " s. The root Kustomization says: "
                        + (last.equals(": ")
                                ? "nothing: does the pipeline run? (sluice up, or the pods in "
                                        + sync.namespace()
                                        + ")"
                                : last));
    }

    private static JsonNode ready(ObjectNode object) {
        for (JsonNode condition : object.at("/status/conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition;
            }
        }
        return JsonNodeFactory.instance.missingNode();
    }

    private static void pause() throws BootstrapException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BootstrapException("interrupted");
        }
    }

    private static String revision(String head, SyncPoint sync) {
        return sync.branch() + "@sha1:" + head;
    }

    private static String file(SyncPoint sync, String name) {
        return sync.path() + '/' + Manifests.FOLDER + '/' + name;
    }

    private static String path(String apiVersion, String plural, SyncPoint sync) {
        return "/apis/"
                + apiVersion
                + "/namespaces/"
                + sync.namespace()
                + '/'
                + plural
                + '/'
                + sync.namespace();
    }
}
