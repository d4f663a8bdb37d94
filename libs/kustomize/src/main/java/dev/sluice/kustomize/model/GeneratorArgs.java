package dev.sluice.kustomize.model;

import java.util.ArrayList;
import java.util.List;

/**
 * An entry of {@code configMapGenerator} or {@code secretGenerator}.
 *
 * @param identity name, namespace and type of what is generated
 * @param behavior {@code create}, {@code merge}, {@code replace}; all else is the same as nothing
 * @param envs files of lines {@code key=value}
 * @param literals texts {@code key=value}
 * @param files files, or {@code key=file}
 */
public record GeneratorArgs(
        Identity identity,
        String behavior,
        List<String> envs,
        List<String> literals,
        List<String> files,
        GeneratorOptions options) {

    /**
     * @param type of a Secret; empty for Opaque
     */
    public record Identity(String name, String namespace, String type) {}

    /** An entry of a kustomization file, where {@code env} is the older form of {@code envs}. */
    static GeneratorArgs ofEntry(Values values) {
        List<String> envs = new ArrayList<>(values.texts("envs"));
        if (!values.text("env").isEmpty()) {
            envs.add(values.text("env"));
        }
        return of(values, envs);
    }

    /** A generator that a resource configures, where {@code env} does nothing. */
    static GeneratorArgs ofPlugin(Values values) {
        return of(values, values.texts("envs"));
    }

    private static GeneratorArgs of(Values values, List<String> envs) {
        return new GeneratorArgs(
                new Identity(values.text("name"), values.text("namespace"), values.text("type")),
                values.text("behavior"),
                envs,
                values.texts("literals"),
                values.texts("files"),
                GeneratorOptions.of(values.struct("options")));
    }

    /** The same with options for all generators of the file taken in. */
    public GeneratorArgs withGlobalOptions(GeneratorOptions global) {
        return new GeneratorArgs(identity, behavior, envs, literals, files, options.over(global));
    }

    /** The same with a name and namespace where it has none. */
    public GeneratorArgs withDefaults(String name, String namespace) {
        Identity filled =
                new Identity(
                        identity.name().isEmpty() ? name : identity.name(),
                        identity.namespace().isEmpty() ? namespace : identity.namespace(),
                        identity.type());
        return new GeneratorArgs(filled, behavior, envs, literals, files, options);
    }
}
