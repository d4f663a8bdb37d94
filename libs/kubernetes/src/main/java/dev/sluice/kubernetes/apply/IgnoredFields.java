package dev.sluice.kubernetes.apply;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.PatternSyntaxException;
import dev.sluice.manifests.ObjectId;
import dev.sluice.patterns.BoundedPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fields that others may change: one rule of a Kustomization's {@code spec.ignore}. When the object
 * is created they are as in Git; from then on what is live counts.
 *
 * @param pointers JSON pointers into the object
 * @param target which objects have them: the selector of the API, whose texts for group, version,
 *     kind, name and namespace are whole regular expressions; missing for all
 */
public record IgnoredFields(List<JsonPointer> pointers, JsonNode target) {

    public IgnoredFields {
        pointers = List.copyOf(pointers);
    }

    /** Reads {@code spec.ignore}; what is no pointer is left out. */
    public static List<IgnoredFields> parse(JsonNode rules) {
        List<IgnoredFields> all = new ArrayList<>();
        for (JsonNode rule : rules) {
            List<JsonPointer> pointers = new ArrayList<>();
            for (JsonNode path : rule.path("paths")) {
                JsonPointer pointer = pointer(path.asText());
                if (pointer != null) {
                    pointers.add(pointer);
                }
            }
            all.add(new IgnoredFields(pointers, rule.path("target")));
        }
        return all;
    }

    /** Whether the rule is about the object. */
    public boolean selects(
            ObjectId id,
            String version,
            Map<String, String> labels,
            Map<String, String> annotations) {
        return selects(id, version)
                && LabelSelector.parse(text("labelSelector")).selects(labels)
                && LabelSelector.parse(text("annotationSelector")).selects(annotations);
    }

    /**
     * Whether the rule, by the object's name alone, is about it and about every one of these
     * fields. False where that depends on its labels.
     *
     * @param fields as paths, see {@link dev.sluice.kubernetes.FieldOwner#paths}
     */
    public static boolean cover(
            List<IgnoredFields> rules, ObjectId id, String version, List<String> fields) {
        List<String> ignored =
                rules.stream()
                        .filter(r -> r.text("labelSelector").isEmpty())
                        .filter(r -> r.text("annotationSelector").isEmpty())
                        .filter(r -> r.selects(id, version))
                        .flatMap(r -> r.pointers.stream())
                        .map(IgnoredFields::path)
                        .toList();
        return !fields.isEmpty()
                && fields.stream().allMatch(f -> ignored.stream().anyMatch(i -> within(f, i)));
    }

    private boolean selects(ObjectId id, String version) {
        return matches("group", id.group())
                && matches("version", version)
                && matches("kind", id.kind())
                && matches("name", id.name())
                && matches("namespace", id.namespace());
    }

    private boolean matches(String field, String value) {
        String wanted = text(field);
        if (wanted.isEmpty()) {
            return true;
        }
        try {
            return BoundedPattern.compile(wanted).matcher(value).matches();
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private String text(String field) {
        return target.path(field).asText();
    }

    private static boolean within(String field, String ignored) {
        return field.equals(ignored)
                || (field.startsWith(ignored)
                        && (field.charAt(ignored.length()) == '.'
                                || field.charAt(ignored.length()) == '['));
    }

    /** In the form of {@link dev.sluice.kubernetes.FieldOwner#paths}. */
    private static String path(JsonPointer pointer) {
        StringBuilder path = new StringBuilder();
        for (JsonPointer at = pointer; !at.matches(); at = at.tail()) {
            String name = at.getMatchingProperty();
            boolean plain = name.indexOf('.') < 0 && name.indexOf('/') < 0;
            path.append(plain ? "." + name : "[" + name + "]");
        }
        return path.toString();
    }

    private static @Nullable JsonPointer pointer(String text) {
        try {
            JsonPointer pointer = JsonPointer.compile(text);
            return pointer.matches() ? null : pointer;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
