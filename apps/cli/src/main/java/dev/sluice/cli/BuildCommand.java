package dev.sluice.cli;

import dev.sluice.cli.build.PipelineBuild;
import dev.sluice.cli.build.SourceRoot;
import dev.sluice.kustomize.BuildResult;
import dev.sluice.kustomize.BuiltResource;
import dev.sluice.kustomize.Kustomize;
import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.api.BuildOptions;
import dev.sluice.kustomize.api.LoadRestrictor;
import dev.sluice.kustomize.api.Reorder;
import dev.sluice.kustomize.tree.DirectoryTree;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.manifests.ObjectText;
import dev.sluice.rendering.DecryptionException;
import dev.sluice.rendering.PathNotFoundException;
import dev.sluice.sops.DecryptOptions;
import dev.sluice.sops.KeyRing;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.YamlWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Builds a kustomization and prints its resources, byte for byte as {@code kustomize build}. */
@Command(
        name = "build",
        mixinStandardHelpOptions = true,
        description =
                "Builds a kustomization and prints its resources, as kustomize build does; build kustomization NAME builds what a Kustomization of the cluster would apply.",
        subcommands = {BuildKustomizationCommand.class})
final class BuildCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            description = "The directory of the kustomization; by default the current one.")
    private String directory = ".";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write to a file, or a file for each resource where it is a directory.")
    private @Nullable Path output;

    @Option(
            names = "--load-restrictor",
            paramLabel = "rootOnly|none",
            description =
                    "Whether files must lie in or below the directory of the kustomization that"
                            + " names them.")
    private String loadRestrictor = "rootOnly";

    @Option(
            names = "--reorder",
            paramLabel = "legacy|none",
            description = "The order where the kustomization has no sortOptions.")
    private String reorder = "legacy";

    @Option(
            names = "--enable-managedby-label",
            description = "Label every resource with the tool that built it.")
    private boolean managedByLabel;

    @Option(
            names = "--decrypt",
            description =
                    "Print what the pipeline would apply: as with a Kustomization of this folder, encrypted files and objects in clear. Without keys, as where decryption is not configured.")
    private boolean decrypt;

    @Mixin private RemoteOptions remotes = new RemoteOptions();

    @Mixin private KeyOptions keys = new KeyOptions();

    @Mixin private KeyServiceOptions services = new KeyServiceOptions();

    @Override
    public Integer call() throws CommandFailure {
        if (decrypt) {
            return decrypted();
        }
        BuildOptions options =
                BuildOptions.DEFAULT
                        .withLoadRestrictor(restrictor(loadRestrictor))
                        .withReorder(order(reorder))
                        .withManagedByLabel(managedByLabel);
        if (remotes.allowed()) {
            options = options.withRemotes(remotes.trees());
        }
        try {
            // The user's own files: the whole file system is the tree, as it is for kustomize.
            DirectoryTree tree = new DirectoryTree(Path.of("/"));
            Path start = Path.of(directory).toAbsolutePath().normalize();
            BuildResult result = Kustomize.build(tree, start.toString().substring(1), options);
            result.warnings().forEach(System.err::println);
            write(result);
            return 0;
        } catch (BuildException e) {
            throw new CommandFailure("Error: " + e.getMessage() + place(e));
        } catch (IOException e) {
            throw new CommandFailure("Error: cannot write " + output + ": " + e.getMessage());
        }
    }

    private int decrypted() throws CommandFailure {
        Path start = Path.of(directory).toAbsolutePath().normalize();
        Path root = SourceRoot.of(start);
        DecryptOptions options = DecryptOptions.WITHOUT_MAC.withServices(services.services());
        try (KeyRing ring = keys.ring()) {
            List<KubernetesObject> objects =
                    new PipelineBuild(ring, !keys.isEmpty(), options)
                            .objects(new DirectoryTree(root), root.relativize(start).toString());
            print(ObjectText.of(objects));
            return 0;
        } catch (BuildException e) {
            throw new CommandFailure("Error: " + e.getMessage() + place(e));
        } catch (DecryptionException e) {
            throw new CommandFailure("Error: " + e.getMessage());
        } catch (PathNotFoundException e) {
            throw new CommandFailure("Error: " + directory + " is no directory");
        } catch (IOException e) {
            throw new CommandFailure("Error: cannot read " + root + " or write " + output);
        }
    }

    private static String place(BuildException e) {
        return e.place()
                .map(place ->
                        "\n  in "
                                + place.file()
                                + (place.line() > 0 ? ", line " + place.line() : "")
                                + (place.field().isEmpty() ? "" : ", field " + place.field()))
                .orElse("");
    }

    private void write(BuildResult result) throws IOException {
        if (output != null && Files.isDirectory(output)) {
            for (BuiltResource resource : result.resources()) {
                Files.writeString(
                        output.resolve(fileName(resource.node())),
                        YamlWriter.manifest(resource.node()));
            }
            return;
        }
        print(result.toYaml());
    }

    private void print(String yaml) throws IOException {
        if (output != null) {
            Files.writeString(output, yaml);
            return;
        }
        byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
        System.out.write(bytes, 0, bytes.length);
        System.out.flush();
    }

    /**
     * Group, version, kind and name in lower case, as {@code kustomize build -o DIR} names files.
     */
    private static String fileName(Node object) {
        String apiVersion = String.valueOf(object.text("apiVersion")).replace('/', '_');
        Node metadata = object.get("metadata");
        String name = metadata == null ? "" : String.valueOf(metadata.text("name"));
        String namespace = metadata == null ? null : metadata.text("namespace");
        String prefix = namespace == null ? "" : namespace + "_";
        String safe = name.replace('/', '_');
        return (prefix + apiVersion + "_" + object.text("kind") + "_" + safe + ".yaml")
                .toLowerCase(Locale.ROOT);
    }

    private static LoadRestrictor restrictor(String word) throws CommandFailure {
        return switch (word) {
            case "rootOnly", "LoadRestrictionsRootOnly" -> LoadRestrictor.ROOT_ONLY;
            case "none", "LoadRestrictionsNone" -> LoadRestrictor.NONE;
            default ->
                    throw new CommandFailure(
                            "Error: illegal flag value --load-restrictor "
                                    + word
                                    + "; legal values: rootOnly, none");
        };
    }

    private static Reorder order(String word) throws CommandFailure {
        return switch (word) {
            case "legacy" -> Reorder.LEGACY;
            case "none" -> Reorder.NONE;
            default ->
                    throw new CommandFailure(
                            "Error: illegal flag value --reorder "
                                    + word
                                    + "; legal values: legacy, none");
        };
    }
}
