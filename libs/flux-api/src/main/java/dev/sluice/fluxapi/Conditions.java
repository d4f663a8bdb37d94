package dev.sluice.fluxapi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The conditions of one object, at most one of each type, in the order that Flux writes them:
 * Ready, Reconciling and Stalled first, the others by name.
 */
public record Conditions(List<Condition> list) {

    private static final List<String> FIRST =
            List.of(ConditionTypes.READY, ConditionTypes.RECONCILING, ConditionTypes.STALLED);
    private static final Comparator<Condition> ORDER =
            Comparator.comparingInt(Conditions::rank).thenComparing(Condition::type);

    public Conditions {
        list = list.stream().sorted(ORDER).toList();
    }

    public static Conditions none() {
        return new Conditions(List.of());
    }

    public Optional<Condition> find(String type) {
        return list.stream().filter(condition -> condition.type().equals(type)).findFirst();
    }

    public boolean isTrue(String type) {
        return find(type).filter(Condition::isTrue).isPresent();
    }

    /**
     * These with the given condition in the place of the one of its type. Where the status stays
     * the same the time of the last transition stays too; where nothing at all changes these are
     * returned.
     */
    public Conditions with(Condition condition) {
        Optional<Condition> old = find(condition.type());
        Condition dated =
                old.filter(o -> o.status() == condition.status())
                        .map(o -> at(o.lastTransitionTime(), condition))
                        .orElse(condition);
        if (old.filter(o -> Objects.equals(o, dated)).isPresent()) {
            return this;
        }
        var changed = new ArrayList<>(without(condition.type()).list);
        changed.add(dated);
        return new Conditions(changed);
    }

    public Conditions without(String type) {
        return new Conditions(
                list.stream().filter(condition -> !condition.type().equals(type)).toList());
    }

    private static Condition at(Timestamp time, Condition condition) {
        return new Condition(
                condition.type(),
                condition.status(),
                condition.reason(),
                condition.message(),
                time,
                condition.observedGeneration());
    }

    private static int rank(Condition condition) {
        int rank = FIRST.indexOf(condition.type());
        return rank < 0 ? FIRST.size() : rank;
    }
}
