package dev.sluice.kustomize.resource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the engine remembers of a resource while it is built: earlier names, prefixes, what a
 * generator asked for.
 *
 * <p>kustomize keeps these as annotations in the object, where patches and replacements can reach
 * them. Here they are fields, for speed; {@link #toAnnotations} and {@link #absorb} show them as
 * annotations for the steps that could see them.
 */
final class BuildMarks {

    private static final String DOMAIN = "internal.config.kubernetes.io/";
    private static final String PREVIOUS_NAMES = DOMAIN + "previousNames";
    private static final String PREVIOUS_NAMESPACES = DOMAIN + "previousNamespaces";
    private static final String PREVIOUS_KINDS = DOMAIN + "previousKinds";
    private static final String PREFIXES = DOMAIN + "prefixes";
    private static final String SUFFIXES = DOMAIN + "suffixes";
    private static final String BEHAVIOR = DOMAIN + "generatorBehavior";
    private static final String NEEDS_HASH = DOMAIN + "needsHashSuffix";
    private static final String ENABLED = "enabled";

    private static final Set<String> ALL =
            Set.of(
                    PREVIOUS_NAMES,
                    PREVIOUS_NAMESPACES,
                    PREVIOUS_KINDS,
                    PREFIXES,
                    SUFFIXES,
                    BEHAVIOR,
                    NEEDS_HASH,
                    DOMAIN + "allowNameChange",
                    DOMAIN + "allowKindChange",
                    DOMAIN + "refBy",
                    DOMAIN + "path",
                    DOMAIN + "index",
                    DOMAIN + "seqindent",
                    DOMAIN + "id",
                    DOMAIN + "annotations-migration-resource-id",
                    "config.kubernetes.io/path",
                    "config.kubernetes.io/index",
                    "config.k8s.io/id",
                    DOMAIN + "helm-generated");

    private static final Set<String> LEGACY =
            Set.of("config.kubernetes.io/path", "config.kubernetes.io/index", "config.k8s.io/id");

    /** Name, namespace and kind that the resource once had. */
    record PreviousId(String name, String namespace, String kind) {}

    final List<PreviousId> previousIds = new ArrayList<>(2);
    final List<String> prefixes = new ArrayList<>(1);
    final List<String> suffixes = new ArrayList<>(1);
    @Nullable String behavior;
    boolean needsHash;

    BuildMarks() {}

    BuildMarks(BuildMarks other) {
        previousIds.addAll(other.previousIds);
        prefixes.addAll(other.prefixes);
        suffixes.addAll(other.suffixes);
        behavior = other.behavior;
        needsHash = other.needsHash;
    }

    boolean isEmpty() {
        return previousIds.isEmpty()
                && prefixes.isEmpty()
                && suffixes.isEmpty()
                && behavior == null
                && !needsHash;
    }

    /**
     * Whether upstream takes an annotation for one of its own, and keeps it through JSON patches.
     */
    static boolean isInternal(String key) {
        return key.startsWith(DOMAIN) || LEGACY.contains(key);
    }

    /** Whether an annotation belongs to the build and never to the output. */
    static boolean isBuildAnnotation(String key) {
        return ALL.contains(key);
    }

    Map<String, String> toAnnotations() {
        Map<String, String> annotations = new LinkedHashMap<>();
        if (!previousIds.isEmpty()) {
            annotations.put(
                    PREVIOUS_NAMES, join(previousIds.stream().map(PreviousId::name).toList()));
            annotations.put(
                    PREVIOUS_NAMESPACES,
                    join(previousIds.stream().map(PreviousId::namespace).toList()));
            annotations.put(
                    PREVIOUS_KINDS, join(previousIds.stream().map(PreviousId::kind).toList()));
        }
        if (!prefixes.isEmpty()) {
            annotations.put(PREFIXES, join(prefixes));
        }
        if (!suffixes.isEmpty()) {
            annotations.put(SUFFIXES, join(suffixes));
        }
        if (behavior != null) {
            annotations.put(BEHAVIOR, behavior);
        }
        if (needsHash) {
            annotations.put(NEEDS_HASH, ENABLED);
        }
        return annotations;
    }

    /** Takes over the marks that annotations hold; those that they do not hold are forgotten. */
    void absorb(Map<String, String> annotations) {
        previousIds.clear();
        List<String> names = split(annotations.get(PREVIOUS_NAMES));
        List<String> namespaces = split(annotations.get(PREVIOUS_NAMESPACES));
        List<String> kinds = split(annotations.get(PREVIOUS_KINDS));
        if (names.size() == namespaces.size() && names.size() == kinds.size()) {
            for (int i = 0; i < names.size(); i++) {
                previousIds.add(new PreviousId(names.get(i), namespaces.get(i), kinds.get(i)));
            }
        }
        prefixes.clear();
        prefixes.addAll(split(annotations.get(PREFIXES)));
        suffixes.clear();
        suffixes.addAll(split(annotations.get(SUFFIXES)));
        behavior = annotations.get(BEHAVIOR);
        needsHash = ENABLED.equals(annotations.get(NEEDS_HASH));
    }

    private static String join(List<String> parts) {
        return String.join(",", parts);
    }

    private static List<String> split(@Nullable String joined) {
        return joined == null ? List.of() : List.of(joined.split(",", -1));
    }
}
