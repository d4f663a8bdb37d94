package dev.sluice.kustomize.model;

import dev.sluice.kustomize.resource.Gvk;
import dev.sluice.kustomize.resource.Selector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value that is copied from one field to others.
 *
 * @param path of a file with replacements in place of this one; empty where it is inline
 * @param source where the value comes from; null where {@code sourceValue} is the value
 * @param targets null where the field is missing, which is an error when the replacement is used
 */
public record Replacement(
        String path,
        @Nullable Source source,
        @Nullable String sourceValue,
        @Nullable List<Target> targets) {

    /** How a text is split into parts; a part's place counts from 0. */
    public record Options(String delimiter, int index, boolean create) {
        static final Options NONE = new Options("", 0, false);

        static Options of(@Nullable Values values) {
            return values == null
                    ? NONE
                    : new Options(
                            values.text("delimiter"),
                            (int) values.number("index"),
                            values.flag("create"));
        }

        @Override
        public String toString() {
            return delimiter.isEmpty() && !create
                    ? ""
                    : delimiter + "(" + index + "), create=" + create;
        }
    }

    /** The field that the value is read from; empty parts of the id fit all. */
    public record Source(
            Gvk gvk, String name, String namespace, String fieldPath, Options options) {
        static Source of(Values values) {
            return new Source(
                    Selectors.gvk(values),
                    values.text("name"),
                    values.text("namespace"),
                    values.text("fieldPath"),
                    Options.of(values.struct("options")));
        }

        /** The id as messages show it. */
        public String id() {
            return gvk
                    + "/"
                    + (name.isEmpty() ? "[noName]" : name)
                    + "."
                    + (namespace.isEmpty() ? "[noNs]" : namespace);
        }

        @Override
        public String toString() {
            String path = fieldPath.isEmpty() ? "" : ":" + fieldPath;
            return id() + path + (options.toString().isEmpty() ? "" : ":" + options);
        }
    }

    /**
     * The fields that the value is written to, in the objects that are selected and not rejected.
     */
    public record Target(
            @Nullable Selector select,
            List<Selector> reject,
            List<String> fieldPaths,
            Options options) {
        static Target of(Values values) {
            Values select = values.struct("select");
            return new Target(
                    select == null ? null : Selectors.of(select),
                    values.structs("reject").stream().map(Selectors::of).toList(),
                    values.texts("fieldPaths"),
                    Options.of(values.struct("options")));
        }
    }

    static Replacement of(Values values) {
        Values source = values.struct("source");
        List<Target> targets = null;
        if (values.has("targets")) {
            targets = new ArrayList<>();
            for (Values target : values.structs("targets")) {
                targets.add(Target.of(target));
            }
        }
        return new Replacement(
                values.text("path"),
                source == null ? null : Source.of(source),
                values.has("sourceValue") ? values.text("sourceValue") : null,
                targets);
    }
}
