package dev.sluice.kubernetes.apply;

import dev.sluice.manifests.ObjectId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The stages of an apply: nothing of a stage is written before the one before it is usable. */
enum Stage {
    /** What others need to exist at all. */
    DEFINITIONS,
    /** Kinds whose name ends in Class, which others name. */
    CLASSES,
    REST;

    private static final Set<String> DEFINING =
            Set.of("CustomResourceDefinition", "Namespace", "ClusterRole");

    private static Stage of(ObjectId id) {
        if (DEFINING.contains(id.kind())) {
            return DEFINITIONS;
        }
        return id.kind().endsWith("Class") ? CLASSES : REST;
    }

    /** The non-empty stages in their order, each in apply order. */
    static <T> List<List<T>> split(List<T> objects, Function<T, ObjectId> id) {
        Map<Stage, List<T>> stages = new EnumMap<>(Stage.class);
        objects.stream()
                .sorted(Comparator.comparing(id, ApplyOrder.BY_RANK))
                .forEach(o ->
                        stages.computeIfAbsent(of(id.apply(o)), _ -> new ArrayList<>()).add(o));
        return List.copyOf(stages.values());
    }
}
