package dev.sluice.fuzz.differential;

import static dev.sluice.fuzz.differential.RandomObjects.list;
import static dev.sluice.fuzz.differential.RandomObjects.map;

import dev.sluice.fuzz.differential.YamlText.Raw;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Random trees of kustomizations over all features. */
final class RandomTrees {

    private final Pick pick;
    private final RandomObjects objects;
    private final TreeMap<String, String> files = new TreeMap<>();
    private int number;

    private RandomTrees(RandomGenerator random) {
        this.pick = new Pick(random);
        this.objects = new RandomObjects(pick);
    }

    static Sample next(RandomGenerator random) {
        return new RandomTrees(random).tree();
    }

    private Sample tree() {
        List<String> bases = new ArrayList<>();
        int count = pick.upTo(2);
        for (int i = 0; i < count; i++) {
            bases.add(layer("base" + i, List.of(), false));
        }
        List<String> components =
                pick.once(4) ? List.of(layer("comp", List.of(), true)) : List.of();
        String top = kustomization("top", bases, components, false);
        List<String> flags =
                switch (pick.upTo(12)) {
                    case 0 -> List.of("--load-restrictor=LoadRestrictionsNone");
                    case 1 -> List.of("--reorder=none");
                    case 2 -> List.of("--enable-managedby-label");
                    default -> List.of();
                };
        return new Sample(files, top, flags);
    }

    private String layer(String directory, List<String> bases, boolean component) {
        return kustomization(directory, bases, List.of(), component);
    }

    private String kustomization(
            String directory, List<String> bases, List<String> components, boolean component) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (component) {
            fields.put("apiVersion", "kustomize.config.k8s.io/v1alpha1");
            fields.put("kind", "Component");
        } else if (pick.once(3)) {
            fields.put("apiVersion", "kustomize.config.k8s.io/v1beta1");
            fields.put("kind", "Kustomization");
        }
        List<Object> resources = new ArrayList<>();
        int count = pick.upTo(component ? 1 : 3);
        for (int i = 0; i < count; i++) {
            resources.add(resourceFile(directory));
        }
        bases.forEach(
                base -> (pick.once(8) ? listOf(fields, "bases") : resources).add("../" + base));
        if (!resources.isEmpty()) {
            fields.put("resources", resources);
        }
        if (!components.isEmpty()) {
            fields.put(
                    "components",
                    list(components.stream().map(c -> (Object) ("../" + c)).toArray()));
        }
        RandomFields more = new RandomFields(pick, objects, files, directory);
        int extras = 1 + pick.upTo(2);
        for (int i = 0; i < extras; i++) {
            more.add(fields);
        }
        String name =
                pick.once(15)
                        ? pick.of("kustomization.yml", "Kustomization")
                        : "kustomization.yaml";
        files.put(directory + "/" + name, new YamlText(pick).of(fields));
        return directory;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> listOf(Map<String, Object> fields, String field) {
        return (List<Object>) fields.computeIfAbsent(field, any -> new ArrayList<>());
    }

    private String resourceFile(String directory) {
        String name = "r" + number++ + pick.of(".yaml", ".yaml", ".yml", ".json");
        String text;
        if (name.endsWith(".json") && !pick.once(4)) {
            text = json(objects.next());
        } else if (pick.once(15)) {
            List<Object> items = list(objects.next(), objects.next());
            String kind = pick.of("List", "ConfigMapList");
            text = new YamlText(pick).of(map("apiVersion", "v1", "kind", kind, "items", items));
        } else {
            StringBuilder documents = new StringBuilder(pick.once(5) ? "---\n" : "");
            int count = 1 + pick.upTo(2);
            for (int i = 0; i < count; i++) {
                documents.append(
                        i == 0
                                ? ""
                                : pick.of("---\n", "---\n", "--- # c\n", "---\n---\n", "\n---\n"));
                documents.append(new YamlText(pick).of(objects.next()));
            }
            text = documents.toString();
        }
        if (pick.once(25)) {
            text = text.replace("\n", "\r\n");
        }
        files.put(directory + "/" + name, text);
        return name;
    }

    private static String json(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                List<String> parts = new ArrayList<>();
                map.forEach(
                        (key, item) -> parts.add(text(String.valueOf(key)) + ": " + json(item)));
                yield "{" + String.join(", ", parts) + "}";
            }
            case List<?> items ->
                    "[" + String.join(", ", items.stream().map(RandomTrees::json).toList()) + "]";
            case Raw(String raw) ->
                    raw.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?|true|false|null") ? raw : text(raw);
            default -> text(String.valueOf(value));
        };
    }

    private static String text(String value) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : value.toCharArray()) {
            out.append(
                    c == '"' || c == '\\'
                            ? "\\" + c
                            : c < 0x20 || c > 0x2000
                                    ? String.format("\\u%04x", (int) c)
                                    : String.valueOf(c));
        }
        return out.append('"').toString();
    }
}
