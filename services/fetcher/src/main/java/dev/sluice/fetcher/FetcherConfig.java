package dev.sluice.fetcher;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How the fetcher works. */
@ConfigMapping(prefix = "sluice.fetcher")
public interface FetcherConfig {

    /**
     * Where others reach this process to download artifacts: the start of {@code
     * status.artifact.url}. By default {@code http://localhost} and the port of the HTTP server.
     */
    Optional<URI> advertisedAddress();

    /**
     * How many sources are worked on at a time. Most of them wait for a remote, which costs little.
     */
    @WithDefault("4096")
    int concurrency();

    /**
     * How long artifacts and bundles stay in the store that no source and no delivery needs any
     * more: as far back as an audit must be able to look.
     */
    @WithDefault("72h")
    Duration retention();

    /**
     * Whether a generator may copy from sources of its own namespace only, as on a cluster that
     * several teams share.
     */
    @WithDefault("${sluice.no-cross-namespace-refs:false}")
    boolean noCrossNamespaceRefs();

    /** The namespace of the pipeline, whose quotas count. */
    @WithDefault("${sluice.namespace}")
    String namespace();

    /** How many Git operations may go on with one host at a time. */
    @WithDefault("8")
    int connectionsPerHost();

    /**
     * By how much an interval may be shorter or longer, so that many sources don't ask at once:
     * 0.05 is 5 %.
     */
    @WithDefault("0.05")
    double intervalJitter();

    /** The wait after a first failure; it doubles with each that follows. */
    @WithDefault("750ms")
    Duration minRetryDelay();

    /** The longest wait between tries. */
    @WithDefault("15m")
    Duration maxRetryDelay();

    /**
     * Whether a commit is refused that holds a file {@code x.clear.yaml} beside its encrypted
     * {@code x.enc.yaml}.
     */
    @WithDefault("true")
    boolean refuseSecretsInClear();

    /**
     * Where the kept Git repositories lie; beside the artifacts by default. Several fetchers that
     * share the artifacts must not share these: each needs a place of its own.
     */
    Optional<Path> repositories();

    /** What one artifact may hold at most. */
    Limits limits();

    /** Beyond these a source is refused; its last artifact stays. */
    interface Limits {

        /** Files and directories together. */
        @WithDefault("100000")
        int files();

        /** Bytes of all files together, before compression. */
        @WithDefault("1073741824")
        long bytes();

        /** Bytes of one file. */
        @WithDefault("67108864")
        long fileBytes();

        /** Directories that a file may lie deep. */
        @WithDefault("64")
        int depth();
    }
}
