package dev.sluice.kustomize.transform;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.fields.EmbeddedData;
import dev.sluice.kustomize.fields.PathMatcher;
import dev.sluice.kustomize.fields.Paths;
import dev.sluice.kustomize.model.Replacement;
import dev.sluice.yaml.Kind;
import dev.sluice.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one value to the fields that paths lead to. */
final class FieldWriter {

    private final Node value;
    private final Replacement.Options options;
    private final @Nullable Kind create;

    FieldWriter(Node value, Replacement.Options options) {
        this.value = value;
        this.options = options;
        this.create = options.create() ? value.kind() : null;
    }

    void write(Node object, String fieldPath) throws BuildException {
        List<String> path = Paths.splitWithBrackets(fieldPath, '.');
        if (writeInsideText(object, path)) {
            return;
        }
        List<Node> fields;
        try {
            fields = PathMatcher.match(object, path, create);
        } catch (BuildException e) {
            throw e.within(notFound(fieldPath));
        }
        if (fields.isEmpty()) {
            throw new BuildException(notFound(fieldPath));
        }
        for (Node field : fields) {
            set(field);
        }
    }

    private boolean writeInsideText(Node object, List<String> path) {
        EmbeddedData.Found found = EmbeddedData.find(object, path, create);
        if (found == null) {
            return false;
        }
        try {
            for (Node field : found.nodes()) {
                set(field);
            }
            found.data().writeBack();
            return true;
        } catch (BuildException e) {
            // Tried once more in the usual way, which says what is wrong.
            return false;
        }
    }

    private String notFound(String fieldPath) {
        return "unable to find "
                + (create == null ? "" : "or create ")
                + "field \""
                + fieldPath
                + "\" in replacement target";
    }

    private void set(Node field) throws BuildException {
        String text = value.value();
        if (!options.delimiter().isEmpty()) {
            if (!field.isScalar()) {
                throw new BuildException("delimiter option can only be used with scalar nodes");
            }
            text = join(field.value(), value.isNull() ? "" : text);
        }
        if (field.isScalar()) {
            // Only the text: the field keeps its type and quotes, and a number in quotes stays a
            // string.
            field.setValue(text);
        } else {
            Node copy = value.deepCopy();
            field.become(copy.isScalar() ? copy.setValue(text) : copy);
        }
    }

    private String join(String old, String part) {
        List<String> parts = new ArrayList<>(split(old, options.delimiter()));
        if (options.index() < 0) {
            parts.addFirst(part);
        } else if (options.index() >= parts.size()) {
            parts.add(part);
        } else {
            parts.set(options.index(), part);
        }
        return String.join(options.delimiter(), parts);
    }

    /** The parts between delimiters; at least one. */
    static List<String> split(String text, String delimiter) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf(delimiter); end >= 0; end = text.indexOf(delimiter, start)) {
            parts.add(text.substring(start, end));
            start = end + delimiter.length();
        }
        parts.add(text.substring(start));
        return parts;
    }
}
