package dev.sluice.kustomize.fields;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.resource.Gvk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the transformers of one layer write to. Immutable: layers share it as long as they add
 * nothing.
 */
public final class TransformerConfig {

    /** A list of field specs, as a configuration file names it. */
    public enum Section {
        NAME_PREFIX("namePrefix"),
        NAME_SUFFIX("nameSuffix"),
        NAMESPACE("namespace"),
        COMMON_LABELS("commonLabels"),
        LABELS("labels"),
        TEMPLATE_LABELS("templateLabels"),
        VOLUME_CLAIM_TEMPLATE_LABELS("volumeClaimTemplateLabels"),
        COMMON_ANNOTATIONS("commonAnnotations"),
        VAR_REFERENCE("varReference"),
        IMAGES("images"),
        REPLICAS("replicas");

        private final String field;

        Section(String field) {
            this.field = field;
        }

        /** The field in a configuration file. */
        public String field() {
            return field;
        }
    }

    /** Nothing at all. */
    public static final TransformerConfig EMPTY =
            new TransformerConfig(new EnumMap<>(Section.class), List.of());

    private final Map<Section, List<FieldSpec>> sections;
    private final List<NameReference> nameReferences;

    private TransformerConfig(
            Map<Section, List<FieldSpec>> sections, List<NameReference> nameReferences) {
        this.sections = sections;
        this.nameReferences = nameReferences;
    }

    public static TransformerConfig of(
            Map<Section, List<FieldSpec>> sections, List<NameReference> nameReferences) {
        Map<Section, List<FieldSpec>> sorted = new EnumMap<>(Section.class);
        sections.forEach((section, specs) -> sorted.put(section, sorted(specs, FieldSpec::gvk)));
        return new TransformerConfig(sorted, sorted(nameReferences, NameReference::target));
    }

    /** The order decides which spec covers which when lists are merged, so it is upstream's. */
    private static <T> List<T> sorted(List<T> items, Function<T, Gvk> gvk) {
        List<T> sorted = new ArrayList<>(items);
        sorted.sort(Comparator.comparing(gvk, KindOrder.COMPARATOR));
        return List.copyOf(sorted);
    }

    public List<FieldSpec> specs(Section section) {
        return sections.getOrDefault(section, List.of());
    }

    /** Ordered by the kind that is named, as kustomize orders kinds. */
    public List<NameReference> nameReferences() {
        return nameReferences;
    }

    /**
     * This configuration with what is new in another.
     *
     * @throws BuildException where both have a field and do not agree whether to create it
     */
    public TransformerConfig merge(TransformerConfig other) throws BuildException {
        boolean same = true;
        Map<Section, List<FieldSpec>> merged = new EnumMap<>(Section.class);
        for (Section section : Section.values()) {
            List<FieldSpec> mine = specs(section);
            List<FieldSpec> incoming = other.specs(section);
            List<FieldSpec> both = FieldSpecs.merge(mine, incoming);
            same &= both.size() == mine.size();
            merged.put(section, both);
        }
        Optional<List<NameReference>> references = mergeReferences(other.nameReferences);
        return same && references.isEmpty() ? this : of(merged, references.orElse(nameReferences));
    }

    /** The references with what is new in others; empty where nothing is. */
    private Optional<List<NameReference>> mergeReferences(List<NameReference> others)
            throws BuildException {
        List<NameReference> merged = new ArrayList<>(nameReferences);
        boolean changed = false;
        for (NameReference other : others) {
            boolean found = false;
            for (int i = 0; i < merged.size(); i++) {
                NameReference mine = merged.get(i);
                if (!mine.target().equals(other.target())) {
                    continue;
                }
                found = true;
                List<FieldSpec> referrers = FieldSpecs.merge(mine.referrers(), other.referrers());
                if (referrers.size() != mine.referrers().size()) {
                    merged.set(i, new NameReference(mine.target(), referrers));
                    changed = true;
                }
            }
            if (!found) {
                merged.add(other);
                changed = true;
            }
        }
        return changed ? Optional.of(merged) : Optional.empty();
    }
}
