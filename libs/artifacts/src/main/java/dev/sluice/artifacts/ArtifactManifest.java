package dev.sluice.artifacts;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What an artifact holds, without its bytes.
 *
 * @param archive the digest of the {@code tar.gz}, which names the artifact
 * @param size bytes of the {@code tar.gz}
 * @param directories the directories that are members of the archive, without the root; one that
 *     only its files show may be absent
 * @param files the files in the order of the archive
 */
public record ArtifactManifest(
        @JsonProperty("archive") Digest archive,
        @JsonProperty("size") long size,
        @JsonProperty("directories") List<String> directories,
        @JsonProperty("files") List<File> files) {

    public ArtifactManifest {
        directories = List.copyOf(directories);
        files = List.copyOf(files);
    }

    /**
     * One file of an artifact. Its names on disk are short since a large tree has many.
     *
     * @param path relative to the root, with {@code /} between its parts
     * @param digest of the file's bytes
     * @param size in bytes
     * @param executable whether the file's mode in the archive is 0700 rather than 0600
     */
    public record File(
            @JsonProperty("p") String path,
            @JsonProperty("d") Digest digest,
            @JsonProperty("s") long size,
            @JsonProperty("x") boolean executable) {}
}
