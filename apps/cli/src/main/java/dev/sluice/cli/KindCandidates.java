package dev.sluice.cli;

import dev.sluice.cli.flux.ServedKind;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** What can stand where a command asks for a kind, for completion. */
final class KindCandidates implements Iterable<String> {

    private static final List<String> FAMILIES =
            List.of("all", "sources", "source", "git", "oci", "helm", "chart", "bucket", "images");

    KindCandidates() {}

    @Override
    public Iterator<String> iterator() {
        return Stream.concat(
                        FAMILIES.stream(),
                        ServedKind.all().stream()
                                .flatMap(kind ->
                                        Stream.concat(
                                                Stream.of(kind.plural()),
                                                kind.shortNames().stream())))
                .iterator();
    }
}
