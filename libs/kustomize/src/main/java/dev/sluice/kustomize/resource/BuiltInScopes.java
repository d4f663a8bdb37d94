package dev.sluice.kustomize.resource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/** The cluster scoped kinds of Kubernetes itself, from a table beside this class. */
public final class BuiltInScopes implements ClusterScope {

    private static final BuiltInScopes INSTANCE = new BuiltInScopes(load());

    private final Set<Gvk> clusterScoped;

    private BuiltInScopes(Set<Gvk> clusterScoped) {
        this.clusterScoped = clusterScoped;
    }

    public static BuiltInScopes instance() {
        return INSTANCE;
    }

    @Override
    public boolean isClusterScoped(Gvk gvk) {
        return clusterScoped.contains(gvk);
    }

    private static Set<Gvk> load() {
        Set<Gvk> kinds = new HashSet<>();
        InputStream table =
                Objects.requireNonNull(
                        BuiltInScopes.class.getResourceAsStream("cluster-scoped-kinds.txt"),
                        "the table is part of the library");
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("#") || line.isBlank()) {
                    continue;
                }
                String[] words = line.split(" ");
                for (int i = 1; i < words.length; i++) {
                    kinds.add(Gvk.of(words[0], words[i]));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Set.copyOf(kinds);
    }
}
