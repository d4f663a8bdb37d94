package dev.sluice.fetcher.generator;

import dev.sluice.fluxapi.source.ArtifactGenerator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The artifacts that a generator makes: those of its spec, or, with a pattern of paths, those for
 * each directory that fits, with what its braces caught filled in.
 */
final class Outputs {

    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern CAPTURE = Pattern.compile("\\{([A-Za-z0-9_]+)}");
    private static final int MOST = 1000;

    private Outputs() {}

    static List<ArtifactGenerator.Output> of(
            ArtifactGenerator.Spec spec, Map<String, PartSource> sources)
            throws GeneratorException {
        String pattern = spec.pathPattern();
        List<ArtifactGenerator.Output> outputs = new ArrayList<>();
        if (pattern == null || pattern.isEmpty()) {
            outputs.addAll(spec.artifacts());
        } else {
            for (Map<String, String> caught : caught(pattern, sources)) {
                spec.artifacts().forEach(output -> outputs.add(filled(output, caught)));
            }
        }
        check(outputs);
        return outputs;
    }

    private static void check(List<ArtifactGenerator.Output> outputs) throws GeneratorException {
        Set<String> names = new HashSet<>();
        for (ArtifactGenerator.Output output : outputs) {
            if (!NAME.matcher(output.name()).matches() || output.name().length() > 253) {
                throw new GeneratorException(
                        "'%s' is not a name of an object".formatted(output.name()));
            }
            if (!names.add(output.name())) {
                throw new GeneratorException(
                        "two artifacts would have the name '%s'".formatted(output.name()));
            }
        }
        if (names.size() > MOST) {
            throw new GeneratorException("more than %d artifacts".formatted(MOST));
        }
    }

    private static Set<Map<String, String>> caught(String pattern, Map<String, PartSource> sources)
            throws GeneratorException {
        PartSource.Path start = PartSource.Path.of(pattern);
        PartSource source = PartSource.named(sources, start.alias());
        List<String> captures = new ArrayList<>();
        StringBuilder expression = new StringBuilder();
        for (String segment : start.path().replaceFirst("/+$", "").split("/")) {
            expression.append(expression.isEmpty() ? "" : "/");
            Matcher capture = CAPTURE.matcher(segment);
            int from = 0;
            while (capture.find()) {
                expression.append(Pattern.quote(segment.substring(from, capture.start())));
                expression.append("([^/]+?)");
                captures.add(capture.group(1));
                from = capture.end();
            }
            expression.append(Pattern.quote(segment.substring(from)));
        }
        Pattern directories = Pattern.compile(expression.toString());
        TreeSet<String> fitting = new TreeSet<>(source.directories());
        Set<Map<String, String>> all = new LinkedHashSet<>();
        for (String directory : fitting) {
            Matcher match = directories.matcher(directory);
            if (match.matches()) {
                Map<String, String> values = new LinkedHashMap<>();
                for (int i = 0; i < captures.size(); i++) {
                    values.put(captures.get(i), match.group(i + 1));
                }
                all.add(values);
            }
        }
        if (all.isEmpty()) {
            throw new GeneratorException(
                    "no directory fits spec.pathPattern '%s'".formatted(pattern));
        }
        return all;
    }

    private static ArtifactGenerator.Output filled(
            ArtifactGenerator.Output output, Map<String, String> caught) {
        List<ArtifactGenerator.Copy> copies =
                output.copy().stream()
                        .map(copy ->
                                new ArtifactGenerator.Copy(
                                        fill(copy.from(), caught),
                                        fill(copy.to(), caught),
                                        copy.exclude().stream()
                                                .map(text -> fill(text, caught))
                                                .toList(),
                                        copy.strategy()))
                        .toList();
        return new ArtifactGenerator.Output(
                fill(output.name(), caught), output.revision(), output.originRevision(), copies);
    }

    private static String fill(String text, Map<String, String> caught) {
        String filled = text;
        for (Map.Entry<String, String> value : caught.entrySet()) {
            filled = filled.replace("{" + value.getKey() + "}", value.getValue());
        }
        return filled;
    }
}
