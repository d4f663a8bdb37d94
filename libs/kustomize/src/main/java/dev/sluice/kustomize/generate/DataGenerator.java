package dev.sluice.kustomize.generate;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.load.Loader;
import dev.sluice.kustomize.model.GeneratorArgs;
import dev.sluice.kustomize.resource.DataFields;
import dev.sluice.kustomize.resource.Meta;
import dev.sluice.kustomize.resource.Resource;
import dev.sluice.kustomize.resource.ResourceReader;
import dev.sluice.yaml.Node;
import java.util.List;
import java.util.SortedMap;

/** Makes a ConfigMap or a Secret. */
public final class DataGenerator implements Generator {

    private final boolean secret;
    private final GeneratorArgs args;
    private final Loader loader;
    private final ResourceReader reader;
    private final String originFile;

    private DataGenerator(
            boolean secret,
            GeneratorArgs args,
            Loader loader,
            ResourceReader reader,
            String originFile) {
        this.secret = secret;
        this.args = args;
        this.loader = loader;
        this.reader = reader;
        this.originFile = originFile;
    }

    public static DataGenerator configMap(
            GeneratorArgs args, Loader loader, ResourceReader reader, String originFile) {
        return new DataGenerator(false, args, loader, reader, originFile);
    }

    public static DataGenerator secret(
            GeneratorArgs args, Loader loader, ResourceReader reader, String originFile) {
        return new DataGenerator(true, args, loader, reader, originFile);
    }

    @Override
    public List<Resource> generate() throws BuildException {
        if (args.identity().name().isEmpty()) {
            throw new BuildException("a configmap must have a name");
        }
        Node object =
                Node.mapping()
                        .add(Node.plain("apiVersion"))
                        .add(Node.plain("v1"))
                        .add(Node.plain("kind"))
                        .add(Node.plain(secret ? "Secret" : "ConfigMap"))
                        .add(Node.plain("metadata"))
                        .add(metadata());
        SortedMap<String, byte[]> values = KeyValues.read(args, loader);
        if (secret) {
            String type = args.identity().type();
            object.add(Node.plain("type")).add(Node.string(type.isEmpty() ? "Opaque" : type));
            DataFields.addToSecret(object, values);
        } else {
            DataFields.addToConfigMap(object, values);
        }
        if (!args.options().labels().isEmpty()) {
            Meta.setLabels(object, args.options().labels());
        }
        if (!args.options().annotations().isEmpty()) {
            Meta.setAnnotations(object, args.options().annotations());
        }
        if (args.options().immutable()) {
            object.add(Node.plain("immutable")).add(Node.bool(true));
        }
        Resource resource = reader.wrap(object, originFile);
        resource.setNeedsHash(!args.options().disableNameSuffixHash());
        resource.setBehavior(behavior(args.behavior()));
        return List.of(resource);
    }

    private Node metadata() {
        Node metadata =
                Node.mapping().add(Node.plain("name")).add(Node.string(args.identity().name()));
        if (!args.identity().namespace().isEmpty()) {
            metadata.add(Node.plain("namespace")).add(Node.string(args.identity().namespace()));
        }
        return metadata;
    }

    private static String behavior(String written) {
        return switch (written) {
            case "create", "merge", "replace" -> written;
            default -> "unspecified";
        };
    }
}
