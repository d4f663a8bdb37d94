package dev.sluice.cli.flux;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which kinds the first words of a command name, and what is left: {@code sources git fleet} means
 * the GitRepository {@code fleet}.
 *
 * @param kinds the kinds, in the order in which they are shown
 * @param rest the words after them, usually names of objects
 */
public record KindWords(List<ServedKind> kinds, List<String> rest) {

    private static final Map<String, String> SOURCES =
            Map.of(
                    "git",
                    "GitRepository",
                    "oci",
                    "OCIRepository",
                    "bucket",
                    "Bucket",
                    "helm",
                    "HelmRepository",
                    "chart",
                    "HelmChart",
                    "external",
                    "ExternalArtifact");
    private static final Map<String, String> IMAGES =
            Map.of(
                    "repository",
                    "ImageRepository",
                    "policy",
                    "ImagePolicy",
                    "update",
                    "ImageUpdateAutomation");
    private static final Map<String, Map<String, String>> FAMILIES =
            Map.of(
                    "source", SOURCES,
                    "sources", SOURCES,
                    "image", IMAGES,
                    "images", IMAGES,
                    "artifact",
                            Map.of(
                                    "generator",
                                    "ArtifactGenerator",
                                    "generators",
                                    "ArtifactGenerator"),
                    "artifacts",
                            Map.of(
                                    "generator",
                                    "ArtifactGenerator",
                                    "generators",
                                    "ArtifactGenerator"));
    private static final List<String> SHOWN_BY_ALL =
            List.of(
                    "GitRepository",
                    "OCIRepository",
                    "Bucket",
                    "HelmRepository",
                    "HelmChart",
                    "ExternalArtifact",
                    "ArtifactGenerator",
                    "HelmRelease",
                    "Kustomization",
                    "Receiver",
                    "Provider",
                    "Alert");

    /** The words after which another one says which kind, and those; sorted. */
    public static SortedMap<String, SortedSet<String>> families() {
        var families = new TreeMap<String, SortedSet<String>>();
        FAMILIES.forEach((word, members) -> {
            var words = new TreeSet<>(members.keySet());
            words.add("all");
            families.put(word, words);
        });
        return families;
    }

    /** Reads the words; empty if they name no kind. */
    public static Optional<KindWords> read(List<String> words) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        String first = words.getFirst();
        if (first.equals("all")) {
            return Optional.of(
                    new KindWords(
                            SHOWN_BY_ALL.stream().map(ServedKind::named).toList(),
                            after(words, 1)));
        }
        if (first.startsWith("alert-provider")) {
            return Optional.of(
                    new KindWords(List.of(ServedKind.named("Provider")), after(words, 1)));
        }
        Map<String, String> family = FAMILIES.get(first);
        if (family != null) {
            return words.size() < 2 ? Optional.empty() : readMember(family, words);
        }
        int slash = first.indexOf('/');
        if (slash > 0) {
            return ServedKind.called(first.substring(0, slash))
                    .map(kind -> new KindWords(List.of(kind), List.of(first.substring(slash + 1))));
        }
        return ServedKind.called(first).map(kind -> new KindWords(List.of(kind), after(words, 1)));
    }

    private static Optional<KindWords> readMember(Map<String, String> family, List<String> words) {
        String member = words.get(1);
        if (member.equals("all")) {
            List<ServedKind> kinds =
                    ServedKind.all().stream()
                            .filter(kind -> family.containsValue(kind.name()))
                            .toList();
            return Optional.of(new KindWords(kinds, after(words, 2)));
        }
        return Optional.ofNullable(family.get(member))
                .map(name -> new KindWords(List.of(ServedKind.named(name)), after(words, 2)));
    }

    private static List<String> after(List<String> words, int count) {
        return List.copyOf(words.subList(count, words.size()));
    }
}
