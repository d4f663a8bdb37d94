package dev.sluice.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Walks through what the usual commands load, so that the launcher can make its ahead-of-time cache
 * from a run of this.
 */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {

    private static final String DEPLOYMENT =
            """
            # A comment.
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: app, annotations: {note: "a"}}
            spec:
              replicas: 1
              selector: {matchLabels: {app: app}}
              template:
                metadata: {labels: {app: app}}
                spec:
                  containers:
                  - name: main
                    image: nginx:1.0
                    envFrom: [{configMapRef: {name: settings}}]
                    args: ["--x=1", 'y']
            """;

    private static final String KUSTOMIZATION =
            """
            resources: [deployment.yaml]
            namespace: apps
            namePrefix: a-
            labels: [{pairs: {team: x}, includeSelectors: true}]
            commonAnnotations: {by: train}
            images: [{name: nginx, newTag: "2.0"}]
            replicas: [{name: app, count: 2}]
            configMapGenerator: [{name: settings, literals: [a=b]}]
            secretGenerator: [{name: secret, literals: [a=b]}]
            patches:
            - patch: |-
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: app}
                spec: {template: {spec: {containers: [{name: main, env: [{name: A, value: b}]}]}}}
            - target: {kind: Deployment}
              patch: |-
                - op: add
                  path: /metadata/labels/x
                  value: "1"
            replacements:
            - source: {kind: ConfigMap, name: settings, fieldPath: data.a}
              targets: [{select: {kind: Deployment}, fieldPaths: [metadata.annotations.from], options: {create: true}}]
            """;

    @Override
    public Integer call() throws IOException {
        build();
        Main.execute("--version");
        Main.execute("get", "--help");
        ask();
        return Main.execute("install", "--export");
    }

    /** The commands that ask a cluster, of one that is made up. */
    private static void ask() throws IOException {
        Path folder = Files.createTempDirectory("sluice-train");
        Path config = folder.resolve("config");
        try (TrainingServer server = TrainingServer.start(folder)) {
            Files.writeString(config, server.kubeconfig());
            for (String command :
                    List.of(
                            "get ks",
                            "get all -A",
                            "get ks -o yaml",
                            "tree ks app",
                            "trace --api-version=v1 --kind=ConfigMap app",
                            "events --for Kustomization/app",
                            "export ks app",
                            "suspend ks app",
                            "check")) {
                Main.execute((command + " --kubeconfig " + config).split(" "));
            }
        } catch (GeneralSecurityException e) {
            System.err.println("the rehearsal goes on without a cluster: " + e.getMessage());
        } finally {
            Files.deleteIfExists(config);
            Files.deleteIfExists(folder);
        }
    }

    /** A build of the usual kind: a base, patches of both forms, generators, images, labels. */
    private static void build() throws IOException {
        Path folder = Files.createTempDirectory("sluice-train");
        Path deployment = folder.resolve("deployment.yaml");
        Path kustomization = folder.resolve("kustomization.yaml");
        try {
            Files.writeString(deployment, DEPLOYMENT);
            Files.writeString(kustomization, KUSTOMIZATION);
            Main.execute("build", folder.toString());
            Files.writeString(kustomization, "resources: [missing.yaml]\n");
            Main.execute("build", folder.toString());
        } finally {
            Files.deleteIfExists(deployment);
            Files.deleteIfExists(kustomization);
            Files.deleteIfExists(folder);
        }
    }
}
