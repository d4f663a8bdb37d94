package dev.sluice.kustomize.tree;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a build saw of its tree. Another tree that shows the same gives the same resources, so it
 * needs no build.
 *
 * @param files the digest of every file that was opened, by path
 * @param listings the digest of the names in every directory that was listed, by path
 * @param kinds what was found at every path that was looked for and neither opened nor listed:
 *     above all what was missing
 * @param links where every path led that goes through a symbolic link
 */
public record ReadSet(
        SortedMap<String, String> files,
        SortedMap<String, String> listings,
        SortedMap<String, PathKind> kinds,
        SortedMap<String, String> links) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Whether a build of {@code other} would read the same. Reads no file where the tree knows its
     * digests.
     */
    public boolean stillValid(FileTree other) {
        FileTree tree = other.forOneBuild();
        try {
            for (Map.Entry<String, String> link : links.entrySet()) {
                if (!tree.resolve(link.getKey()).equals(link.getValue())) {
                    return false;
                }
            }
            for (Map.Entry<String, PathKind> seen : kinds.entrySet()) {
                if (tree.kind(seen.getKey()) != seen.getValue()) {
                    return false;
                }
            }
            for (Map.Entry<String, String> listing : listings.entrySet()) {
                if (tree.kind(listing.getKey()) != PathKind.DIRECTORY
                        || !Digests.ofNames(tree.list(listing.getKey()))
                                .equals(listing.getValue())) {
                    return false;
                }
            }
            for (Map.Entry<String, String> file : files.entrySet()) {
                if (tree.kind(file.getKey()) != PathKind.FILE
                        || !tree.digest(file.getKey()).equals(file.getValue())) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            // A path that was there is not: whatever the reason, only a build can tell.
            return false;
        }
    }

    /** The digest of this read set itself: equal read sets have equal digests. */
    public String digest() {
        return Digests.sha256(toJson().getBytes(StandardCharsets.UTF_8));
    }

    /** As compact JSON with sorted keys; empty parts are left out. */
    public String toJson() {
        Map<String, Object> parts = new LinkedHashMap<>();
        put(parts, "files", files);
        put(parts, "listings", listings);
        Map<PathKind, List<String>> byKind = new TreeMap<>();
        kinds.forEach(
                (path, kind) -> byKind.computeIfAbsent(kind, any -> new ArrayList<>()).add(path));
        byKind.forEach((kind, paths) -> parts.put(wireName(kind), paths));
        put(parts, "links", links);
        try {
            return JSON.writeValueAsString(parts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of strings can be written as JSON", e);
        }
    }

    /**
     * What {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException where the text is something else
     */
    public static ReadSet fromJson(String json) {
        try {
            JsonNode parts = JSON.readTree(json);
            SortedMap<String, PathKind> kinds = new TreeMap<>();
            for (PathKind kind : PathKind.values()) {
                parts.path(wireName(kind)).forEach(path -> kinds.put(path.asText(), kind));
            }
            return new ReadSet(
                    map(parts.path("files")),
                    map(parts.path("listings")),
                    kinds,
                    map(parts.path("links")));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a read set: " + e.getOriginalMessage(), e);
        }
    }

    private static void put(Map<String, Object> parts, String name, Map<String, String> part) {
        if (!part.isEmpty()) {
            parts.put(name, part);
        }
    }

    private static String wireName(PathKind kind) {
        return switch (kind) {
            case FILE -> "file";
            case DIRECTORY -> "directory";
            case MISSING -> "missing";
            case REFUSED -> "refused";
        };
    }

    private static SortedMap<String, String> map(JsonNode part) {
        SortedMap<String, String> map = new TreeMap<>();
        part.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
        return map;
    }
}
