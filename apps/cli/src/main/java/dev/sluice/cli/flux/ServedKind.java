package dev.sluice.cli.flux;

import dev.sluice.fluxapi.FluxObject;
import dev.sluice.fluxapi.crd.CustomResourceDefinitions;
import dev.sluice.fluxapi.crd.FluxKinds;
import dev.sluice.fluxapi.schema.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A kind of the Flux API as the API server serves it.
 *
 * @param name such as {@code Kustomization}
 * @param version the stored version
 * @param hasStatus false for kinds that nothing reconciles
 */
public record ServedKind(
        String name,
        String group,
        String version,
        String plural,
        List<String> shortNames,
        boolean hasStatus) {

    private static final List<ServedKind> ALL = FluxKinds.ALL.stream().map(ServedKind::of).toList();

    private static ServedKind of(Class<? extends FluxObject> type) {
        Kind kind = CustomResourceDefinitions.kindOf(type);
        boolean hasStatus =
                Arrays.stream(type.getRecordComponents())
                        .anyMatch(c -> c.getName().equals("status"));
        return new ServedKind(
                type.getSimpleName(),
                kind.group(),
                kind.version(),
                kind.plural(),
                List.of(kind.shortNames()),
                hasStatus);
    }

    public static List<ServedKind> all() {
        return ALL;
    }

    /** The kind with that name. */
    public static ServedKind named(String name) {
        return ALL.stream().filter(kind -> kind.name.equals(name)).findFirst().orElseThrow();
    }

    /** The kind that a word means: its name, plural or short name, in any case. */
    public static Optional<ServedKind> called(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return ALL.stream()
                .filter(kind ->
                        kind.singular().equals(lower)
                                || kind.plural.equals(lower)
                                || kind.shortNames.contains(lower))
                .findFirst();
    }

    /** In lower case, as commands and messages write it. */
    public String singular() {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The path of all objects of a namespace, or of all namespaces if it is empty. */
    public String path(String namespace) {
        return "/apis/"
                + group
                + "/"
                + version
                + (namespace.isEmpty() ? "" : "/namespaces/" + namespace)
                + "/"
                + plural;
    }

    public String path(String namespace, String object) {
        return path(namespace) + "/" + object;
    }
}
