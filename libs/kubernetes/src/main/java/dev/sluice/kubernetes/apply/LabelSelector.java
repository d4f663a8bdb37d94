package dev.sluice.kubernetes.apply;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A selector in the text form of the API: {@code tier=front, env in (dev, test), !old}. All
 * requirements must hold; one that cannot be read selects nothing.
 */
record LabelSelector(List<Predicate<Map<String, String>>> requirements) {

    private static final Pattern SET = Pattern.compile("(\\S+)\\s+(in|notin)\\s+\\(([^)]*)\\)");
    private static final Pattern EQUALITY = Pattern.compile("([^!=\\s]+)\\s*(==|=|!=)\\s*(\\S*)");
    private static final Pattern PRESENCE = Pattern.compile("(!?)\\s*([^!=\\s()]+)");

    LabelSelector {
        requirements = List.copyOf(requirements);
    }

    static LabelSelector parse(String text) {
        List<Predicate<Map<String, String>>> all = new ArrayList<>();
        for (String part : text.split(",(?![^(]*\\))")) {
            if (!part.isBlank()) {
                all.add(requirement(part.strip()));
            }
        }
        return new LabelSelector(all);
    }

    boolean selects(Map<String, String> labels) {
        return requirements.stream().allMatch(r -> r.test(labels));
    }

    private static Predicate<Map<String, String>> requirement(String text) {
        Matcher set = SET.matcher(text);
        if (set.matches()) {
            Set<String> values =
                    Arrays.stream(set.group(3).split(","))
                            .map(String::strip)
                            .collect(Collectors.toSet());
            boolean in = set.group(2).equals("in");
            String key = set.group(1);
            return labels -> in == (labels.containsKey(key) && values.contains(labels.get(key)));
        }
        Matcher equality = EQUALITY.matcher(text);
        if (equality.matches()) {
            String key = equality.group(1);
            boolean equal = !equality.group(2).equals("!=");
            return labels -> equal == equality.group(3).equals(labels.get(key));
        }
        Matcher presence = PRESENCE.matcher(text);
        if (presence.matches()) {
            boolean wanted = presence.group(1).isEmpty();
            return labels -> wanted == labels.containsKey(presence.group(2));
        }
        return _ -> false;
    }
}
