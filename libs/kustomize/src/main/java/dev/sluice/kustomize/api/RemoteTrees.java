package dev.sluice.kustomize.api;

import dev.sluice.kustomize.tree.FileTree;
import java.io.IOException;

/**
 * Fetches what a kustomization names by URL. The engine itself has no network; a caller that allows
 * remotes brings this.
 */
public interface RemoteTrees {

    /** A fetched remote: its tree, and the directory in it to build. */
    record Remote(FileTree tree, String path) {}

    /**
     * The tree behind a remote directory such as {@code https://host/repository//path?ref=v1}.
     *
     * @throws IOException where the host is not allowed or the fetch fails; its message is shown to
     *     the user
     */
    Remote directory(String url) throws IOException;

    /** The content of one file behind an http or https URL. */
    byte[] file(String url) throws IOException;
}
