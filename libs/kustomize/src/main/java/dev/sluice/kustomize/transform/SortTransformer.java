package dev.sluice.kustomize.transform;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.fields.CodePoints;
import dev.sluice.kustomize.fields.KindOrder;
import dev.sluice.kustomize.model.SortOptions;
import dev.sluice.kustomize.resource.Gvk;
import dev.sluice.kustomize.resource.ResId;
import dev.sluice.kustomize.resource.Resource;
import dev.sluice.kustomize.resource.ResourceSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Orders the output. */
public final class SortTransformer implements Transformer {

    private final SortOptions options;

    public SortTransformer(SortOptions options) {
        this.options = options;
    }

    /** The order where nobody says another. */
    public static SortTransformer legacy() {
        return new SortTransformer(new SortOptions("legacy", null));
    }

    @Override
    public void transform(ResourceSet resources) throws BuildException {
        SortOptions.@Nullable Legacy legacy = options.legacy();
        if (!options.order().equals("legacy")) {
            if (!options.order().equals("fifo")) {
                throw new BuildException(
                        "the field 'sortOptions.order' must be one of [fifo, legacy]");
            }
            if (legacy != null) {
                throw new BuildException(
                        "the field 'sortOptions.legacySortOptions' is set but the selected sort order is '"
                                + options.order()
                                + "', not 'legacy'");
            }
            return;
        }
        Map<String, Integer> ranks =
                legacy == null
                        ? KindOrder.ranks(KindOrder.FIRST, KindOrder.LAST)
                        : KindOrder.ranks(legacy.first(), legacy.last());
        List<Ranked> ranked = new ArrayList<>(resources.size());
        for (Resource resource : resources.resources()) {
            ResId id = resource.currentId();
            ranked.add(
                    new Ranked(
                            resource,
                            id,
                            ranks.getOrDefault(id.gvk().kind(), 0),
                            id.gvk().sortKey()));
        }
        ranked.sort(Ranked::compareTo);
        resources.setAll(ranked.stream().map(Ranked::resource).toList());
    }

    private record Ranked(Resource resource, ResId id, int rank, String kindKey)
            implements Comparable<Ranked> {

        @Override
        public int compareTo(Ranked other) {
            Gvk mine = id.gvk();
            Gvk others = other.id.gvk();
            if (!mine.equals(others)) {
                int byRank = Integer.compare(rank, other.rank);
                if (byRank != 0) {
                    return byRank;
                }
                int byKind = CodePoints.ORDER.compare(kindKey, other.kindKey);
                boolean namespaces =
                        mine.kind().equals("Namespace")
                                && others.kind().equals("Namespace")
                                && (mine.group().isEmpty() || others.group().isEmpty());
                return namespaces ? -byKind : byKind;
            }
            return CodePoints.ORDER.compare(idKey(), other.idKey());
        }

        private String idKey() {
            return (id.namespace().isEmpty() ? "~X" : id.namespace())
                    + "|"
                    + (id.name().isEmpty() ? "~N" : id.name());
        }
    }
}
