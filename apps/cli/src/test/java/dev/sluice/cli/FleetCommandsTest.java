package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetCommandsTest {

    private static final String KUSTOMIZATIONS =
            "/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations/";

    @TempDir Path directory;
    private final Run run = new Run();

    @Test
    void tellsWhatEachClusterRunsAndSinceWhen() throws Exception {
        try (FakeApiServer server = new FakeApiServer()) {
            server.put(
                    KUSTOMIZATIONS + "shop",
                    """
                    {"apiVersion": "kustomize.toolkit.fluxcd.io/v1", "kind": "Kustomization",
                     "metadata": {"name": "shop", "namespace": "flux-system", "generation": 1},
                     "spec": {"path": "./apps/shop"},
                     "status": {"lastAppliedRevision": "main@sha1:0123456789012345678901234567890123456789",
                      "conditions": [{"type": "Ready", "status": "True", "reason": "ReconciliationSucceeded",
                       "message": "Applied", "lastTransitionTime": "2026-01-01T00:00:00Z"}]}}
                    """);
            Path kubeconfig = server.kubeconfig(directory);

            int code =
                    run.sluice(
                            "fleet",
                            "status",
                            "--kubeconfig",
                            kubeconfig.toString(),
                            "--context",
                            "a");

            assertThat(run.takeOut())
                    .contains("flux-system/shop")
                    .contains("main@sha1:01234567")
                    .contains("./apps/shop")
                    .contains("True");
            assertThat(code).isZero();
        }
    }

    @Test
    void aClusterThatDoesNotAnswerIsUnknownAndNotGreen() throws Exception {
        Path kubeconfig;
        try (FakeApiServer server = new FakeApiServer()) {
            kubeconfig = server.kubeconfig(directory);
        }

        int code =
                run.sluice(
                        "fleet", "status", "--kubeconfig", kubeconfig.toString(), "--context", "a");

        assertThat(run.takeOut()).contains("Unknown");
        assertThat(code).isEqualTo(1);
    }

    @Test
    void previewsABranchOfARepository() throws Exception {
        Path root = directory.resolve("repository");
        try (Git git = Git.init().setDirectory(root.toFile()).setInitialBranch("main").call()) {
            commit(git, root, "value: one");
            git.checkout().setCreateBranch(true).setName("change").call();
            commit(git, root, "value: two");
        }

        int code =
                run.sluice(
                        "fleet",
                        "preview",
                        "--repository",
                        root.toString(),
                        "--ref",
                        "change",
                        "--exit-code",
                        "-o",
                        "markdown");

        assertThat(run.takeErr()).isEmpty();
        assertThat(run.takeOut())
                .contains("| `clusters/one` | 0 | 1 | 0 |")
                .contains("data.value: one -> two");
        assertThat(code).isEqualTo(3);
    }

    @Test
    void saysThatABranchIsNotThere() throws Exception {
        Path root = directory.resolve("repository");
        try (Git git = Git.init().setDirectory(root.toFile()).setInitialBranch("main").call()) {
            commit(git, root, "value: one");
        }

        int code =
                run.sluice("fleet", "preview", "--repository", root.toString(), "--ref", "nowhere");

        assertThat(run.takeErr()).contains("nowhere");
        assertThat(code).isEqualTo(1);
    }

    @Test
    void printsATenantWithoutACluster() {
        int code =
                run.sluice(
                        "create",
                        "tenant",
                        "team-a",
                        "--with-namespace",
                        "apps",
                        "--max-objects",
                        "20",
                        "--export");

        assertThat(run.takeOut())
                .contains("kind: RoleBinding")
                .contains("gotk:apps:reconciler")
                .contains("kind: ResourceQuota");
        assertThat(code).isZero();
    }

    private static void commit(Git git, Path root, String data) throws Exception {
        Path file = root.resolve("clusters/one/map.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map, namespace: default}\ndata: {"
                        + data
                        + "}\n");
        git.add().addFilepattern(".").call();
        git.commit()
                .setMessage(data)
                .setSign(false)
                .setAuthor("a", "a@example.com")
                .setCommitter("a", "a@example.com")
                .call();
    }
}
