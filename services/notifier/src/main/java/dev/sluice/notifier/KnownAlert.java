package dev.sluice.notifier;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sluice.events.AnnouncedObject;
import dev.sluice.events.ObjectAnnounced;
import dev.sluice.events.Severity;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.MalformedObjectException;
import dev.sluice.fluxapi.notification.Alert;
import dev.sluice.fluxapi.notification.EventSource;
import dev.sluice.patterns.BoundedPattern;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An Alert, and what it selects.
 *
 * @param tree the whole object, for expressions
 * @param included messages that pass; those expressions that are none select nothing
 * @param invalid expressions that are none, each with its list
 */
record KnownAlert(
        Alert object,
        ObjectNode tree,
        List<Pattern> included,
        List<Pattern> excluded,
        List<String> invalid) {

    /** Facts for machines, which are not told. */
    private static final Set<String> INTERNAL = Set.of("checksum", "digest", "token");

    static KnownAlert read(ObjectNode tree) throws MalformedObjectException {
        Alert alert = FluxJson.read(tree, Alert.class);
        List<String> invalid = new ArrayList<>();
        return new KnownAlert(
                alert,
                tree.deepCopy(),
                patterns("inclusion", alert.spec().inclusionList(), invalid),
                patterns("exclusion", alert.spec().exclusionList(), invalid),
                invalid);
    }

    private static List<Pattern> patterns(String list, List<String> texts, List<String> invalid) {
        List<Pattern> patterns = new ArrayList<>();
        for (String text : texts) {
            try {
                patterns.add(BoundedPattern.compile(text));
            } catch (PatternSyntaxException e) {
                invalid.add(list + " regex: " + text);
            }
        }
        return patterns;
    }

    ObjectName name() {
        return new ObjectName(object.metadata().namespace(), object.metadata().name());
    }

    ObjectName provider() {
        return new ObjectName(object.metadata().namespace(), object.spec().providerRef().name());
    }

    /**
     * Whether the Alert passes this on.
     *
     * @param ownNamespaceOnly whether it may concern objects of its own namespace only
     */
    boolean selects(ObjectAnnounced announced, boolean ownNamespaceOnly) {
        Alert.Spec spec = object.spec();
        if (spec.suspend()
                || (ownNamespaceOnly
                        && !announced.object().namespace().equals(object.metadata().namespace()))) {
            return false;
        }
        boolean graveEnough =
                announced.severity() == Severity.ERROR || spec.eventSeverity().equals("info");
        return graveEnough
                && spec.eventSources().stream().anyMatch(source -> concerns(source, announced))
                && (spec.inclusionList().isEmpty() || any(included, announced.message()))
                && !any(excluded, announced.message());
    }

    private boolean concerns(EventSource source, ObjectAnnounced announced) {
        AnnouncedObject about = announced.object();
        String namespace =
                source.namespace() == null ? object.metadata().namespace() : source.namespace();
        return source.kind().equals(about.kind())
                && namespace.equals(about.namespace())
                && (source.name().equals("*") || source.name().equals(about.name()))
                && announced
                        .marks()
                        .labels()
                        .entrySet()
                        .containsAll(source.matchLabels().entrySet());
    }

    private static boolean any(List<Pattern> patterns, String message) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(message).find());
    }

    /** Whether two of the sources of facts name the same one. */
    boolean hasConflicts(ObjectAnnounced announced) {
        List<Set<String>> sources =
                List.of(
                        announced.marks().annotations().keySet(),
                        object.spec().eventMetadata().keySet(),
                        object.spec().summary() == null ? Set.of() : Set.of("summary"),
                        announced.metadata().keySet());
        Set<String> named = new HashSet<>();
        return sources.stream()
                .flatMap(Set::stream)
                .anyMatch(name -> !INTERNAL.contains(name) && !named.add(name));
    }

    /**
     * The facts to tell along: the object's annotations, the Alert's own, its summary, the
     * controller's. Of one name the later counts.
     */
    Map<String, String> facts(ObjectAnnounced announced) {
        Map<String, String> facts = new TreeMap<>(announced.marks().annotations());
        facts.putAll(object.spec().eventMetadata());
        String summary = object.spec().summary();
        if (summary != null && !summary.isEmpty()) {
            facts.put("summary", summary);
        }
        announced
                .metadata()
                .forEach((name, value) -> {
                    if (!INTERNAL.contains(name)) {
                        facts.put(name, value);
                    }
                });
        return facts;
    }
}
