package dev.sluice.helm.values;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.helm.HelmReleaseSpec.ValuesReference;
import dev.sluice.yaml.JsonTrees;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import java.util.List;
import java.util.Map;

/** Maps of values. */
public final class Values {

    private Values() {}

    /**
     * Reads a text of values with the types of YAML 1.1; an empty one is an empty map.
     *
     * @throws InvalidValuesException where it is no map, or no YAML
     */
    public static ObjectNode read(String text) throws InvalidValuesException {
        if (text.isBlank()) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            JsonNode read = JsonTrees.toJson11(YamlReader.KUSTOMIZATION.read(text));
            if (read.isNull()) {
                return JsonNodeFactory.instance.objectNode();
            }
            if (read instanceof ObjectNode map) {
                return map;
            }
        } catch (YamlException e) {
            throw new InvalidValuesException("line " + e.line() + " is not valid YAML");
        }
        throw new InvalidValuesException("the text is no map");
    }

    /** JSON pointers of the whole numbers that were put in at a path, which are no floats. */
    public static List<String> wholeNumbers(ObjectNode values) {
        return GivenNumber.in(values);
    }

    /**
     * What came from a source so far, with another source: laid over it, or put at its path. The
     * first value that is put at a path in a map that only the release's own values have wins over
     * them, since it is put into that very map; so it is in Flux.
     *
     * @param own the release's own values, which are laid over all at the end
     */
    public static ObjectNode layered(
            ObjectNode sofar, ObjectNode own, ValuesReference reference, String text)
            throws InvalidValuesException {
        String path = reference.targetPath();
        if (path == null || path.isEmpty()) {
            return merge(sofar, read(text));
        }
        ObjectNode merged = merge(sofar, own);
        if (reference.literal()) {
            ValuePath.setLiteral(merged, path, text);
        } else {
            ValuePath.set(merged, path, text);
        }
        return merged;
    }

    /**
     * The one with the other laid over it: maps are merged, everything else is replaced. Neither is
     * changed; parts that only one of them has are shared with the result, as in Flux, where a
     * later change of such a part shows in both.
     */
    public static ObjectNode merge(ObjectNode under, ObjectNode over) {
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        merged.setAll(under);
        for (Map.Entry<String, JsonNode> entry : over.properties()) {
            JsonNode below = merged.get(entry.getKey());
            if (below instanceof ObjectNode map && entry.getValue() instanceof ObjectNode top) {
                merged.set(entry.getKey(), merge(map, top));
            } else {
                merged.set(entry.getKey(), entry.getValue());
            }
        }
        return merged;
    }
}
