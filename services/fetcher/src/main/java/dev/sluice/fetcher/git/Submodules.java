package dev.sluice.fetcher.git;

import dev.sluice.artifacts.ArtifactLimits;
import dev.sluice.artifacts.ArtifactRefusedException;
import dev.sluice.fetcher.tree.WorkTree;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.BlobBasedConfig;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * The trees of a commit's submodules, and of theirs. Only http, https and ssh addresses are
 * followed, and credentials go to the host that they are for. The commits stay open until this is
 * closed, since contents are read later.
 */
public final class Submodules implements AutoCloseable {

    private static final int DEEPEST = 8;
    private static final int MOST = 200;
    private static final String FILE = ".gitmodules";

    private final GitClient client;
    private final ArtifactLimits limits;
    private final List<FetchedCommit> open = new ArrayList<>();

    public Submodules(GitClient client, ArtifactLimits limits) {
        this.client = client;
        this.limits = limits;
    }

    /**
     * Adds the submodules of a commit to its tree.
     *
     * @param remote where the commit is from
     */
    public void add(WorkTree tree, FetchedCommit commit, GitRemote remote)
            throws GitFailure, IOException, ArtifactRefusedException, InterruptedException {
        add(tree, "", commit, remote, 0);
    }

    private void add(WorkTree tree, String below, FetchedCommit commit, GitRemote remote, int depth)
            throws GitFailure, IOException, ArtifactRefusedException, InterruptedException {
        Map<String, String> links = links(commit);
        if (links.isEmpty()) {
            return;
        }
        if (depth >= DEEPEST || open.size() + links.size() > MOST) {
            throw new ArtifactRefusedException(
                    "the commit has more than %d submodules, or they lie deeper than %d"
                            .formatted(MOST, DEEPEST));
        }
        Map<String, String> addresses = addresses(commit);
        for (Map.Entry<String, String> link : links.entrySet()) {
            String address = addresses.get(link.getKey());
            if (address == null) {
                throw GitFailure.operation(
                        "%s names no url for the submodule at '%s'".formatted(FILE, link.getKey()));
            }
            GitRemote there = remote(remote, link.getKey(), address);
            FetchedCommit submodule = client.fetch(there, Wanted.commit(link.getValue()));
            open.add(submodule);
            String path = below + link.getKey();
            tree.graft(path, Checkout.of(submodule, List.of(), limits));
            add(tree, path + "/", submodule, there, depth + 1);
        }
    }

    /** The commits of submodules, by their paths. */
    private static Map<String, String> links(FetchedCommit commit) throws IOException {
        Map<String, String> links = new HashMap<>();
        try (TreeWalk walk = new TreeWalk(commit.repository())) {
            walk.addTree(commit.commit().getTree());
            while (walk.next()) {
                if (walk.isSubtree()) {
                    walk.enterSubtree();
                } else if (FileMode.GITLINK.equals(walk.getFileMode(0))) {
                    links.put(walk.getPathString(), walk.getObjectId(0).name());
                }
            }
        }
        return links;
    }

    private static Map<String, String> addresses(FetchedCommit commit)
            throws IOException, GitFailure {
        Map<String, String> addresses = new HashMap<>();
        try {
            Config config = new BlobBasedConfig(null, commit.repository(), commit.commit(), FILE);
            for (String name : config.getSubsections("submodule")) {
                String path = config.getString("submodule", name, "path");
                String url = config.getString("submodule", name, "url");
                if (path != null && url != null) {
                    addresses.put(path, url);
                }
            }
            return addresses;
        } catch (FileNotFoundException e) {
            return addresses;
        } catch (ConfigInvalidException e) {
            throw GitFailure.operation(FILE + " can't be read: " + e.getMessage());
        }
    }

    private static GitRemote remote(GitRemote parent, String path, String address)
            throws GitFailure {
        String whole = address;
        if (address.startsWith("./") || address.startsWith("../")) {
            // As git reads it: the parent's address is a directory.
            whole = URI.create(parent.url() + "/").resolve(address).toString();
        }
        try {
            GitRemote bare =
                    GitRemote.of(whole, GitCredentials.ANONYMOUS, parent.proxy(), parent.timeout());
            boolean sameHost =
                    bare.host().equalsIgnoreCase(parent.host())
                            && bare.url().getScheme().equals(parent.url().getScheme());
            return sameHost
                    ? GitRemote.of(whole, parent.credentials(), parent.proxy(), parent.timeout())
                    : bare;
        } catch (GitFailure | IllegalArgumentException e) {
            throw GitFailure.operation(
                    "the submodule at '%s' has an address that is not followed: only http, https and ssh are"
                            .formatted(path));
        }
    }

    @Override
    public void close() {
        open.forEach(FetchedCommit::close);
    }
}
