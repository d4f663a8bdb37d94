package dev.sluice.fetcher.bucket;

import dev.sluice.artifacts.ArtifactLimits;
import dev.sluice.artifacts.ArtifactManifest;
import dev.sluice.artifacts.ArtifactRefusedException;
import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.artifacts.Digest;
import dev.sluice.fetcher.http.WebClient;
import dev.sluice.fetcher.ignore.IgnoreRules;
import dev.sluice.fetcher.source.Outcome;
import dev.sluice.fetcher.source.Source;
import dev.sluice.fetcher.source.SourceException;
import dev.sluice.fetcher.source.SourceKind;
import dev.sluice.fetcher.source.SourceLimits;
import dev.sluice.fetcher.source.SourceSecrets;
import dev.sluice.fetcher.source.SourceType;
import dev.sluice.fetcher.tree.Spool;
import dev.sluice.fetcher.tree.WorkTree;
import dev.sluice.fluxapi.Absent;
import dev.sluice.fluxapi.Artifact;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.source.Bucket;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Looks at a bucket and stores its objects as an artifact. */
public final class BucketSource implements SourceType<Bucket> {

    private static final SourceKind<Bucket> KIND = SourceKind.of(Bucket.class);
    private static final int MAX_RULES = 1 << 20;

    private final WebClient web;
    private final BucketAccess access;
    private final ArtifactStore store;
    private final SourceLimits limits;
    private final Clock clock;

    /**
     * @param clock for the times in signatures
     */
    public BucketSource(
            WebClient web,
            SourceSecrets secrets,
            ArtifactStore store,
            SourceLimits limits,
            Clock clock) {
        this.web = web;
        this.access = new BucketAccess(web, secrets);
        this.store = store;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public SourceKind<Bucket> kind() {
        return KIND;
    }

    @Override
    public boolean isSuspended(Bucket object) {
        return object.spec().suspend();
    }

    @Override
    public Duration interval(Bucket object) {
        return object.spec().interval().toDuration();
    }

    @Override
    public Outcome look(Source<Bucket> source) throws InterruptedException {
        Bucket object = source.object();
        Artifact last = source.artifact();
        boolean there = last != null && store.isThere(last.digest());
        try {
            S3Bucket bucket = new S3Bucket(web, access.place(object), clock);
            Contents contents = contents(object, bucket);
            if (there && last != null && isSame(object, last, contents)) {
                return new Outcome.Unchanged(report(object, contents.revision()));
            }
            return build(object, bucket, contents);
        } catch (SourceException e) {
            return e.outcome(!there);
        } catch (ArtifactRefusedException | IOException e) {
            return SourceException.notStored(e).outcome(!there);
        }
    }

    /**
     * What a bucket holds now.
     *
     * @param rules the bytes of the {@code .sourceignore} in its root; empty for none
     * @param entries by their keys, without what is ignored and without the rules
     */
    private record Contents(String rules, TreeMap<String, S3Listing.Entry> entries) {

        /** The digest of the keys and their etags, as Flux makes it. */
        String revision() {
            StringBuilder index = new StringBuilder();
            entries.forEach((key, entry) ->
                    index.append(key).append(' ').append(entry.etag()).append('\n'));
            return Digest.of(index.toString().getBytes(StandardCharsets.UTF_8)).value();
        }
    }

    private Contents contents(Bucket object, S3Bucket bucket)
            throws SourceException, InterruptedException {
        try {
            String prefix = Absent.value(object.spec().prefix(), "");
            List<S3Listing.Entry> listed =
                    bucket.list(prefix, limits.of(object.metadata().namespace()).files());
            boolean mayHaveRules =
                    !prefix.isEmpty()
                            || listed.stream().anyMatch(e -> e.key().equals(IgnoreRules.FILE_NAME));
            String rules =
                    mayHaveRules
                            ? new String(
                                    bucket.getIfThere(IgnoreRules.FILE_NAME, MAX_RULES),
                                    StandardCharsets.UTF_8)
                            : "";
            IgnoreRules ignore = IgnoreRules.only(rules, object.spec().ignore());
            TreeMap<String, S3Listing.Entry> entries = new TreeMap<>();
            for (S3Listing.Entry entry : listed) {
                if (!entry.key().equals(IgnoreRules.FILE_NAME)
                        && !ignore.excludes(WorkTree.clamped(entry.key()), false)) {
                    entries.put(entry.key(), entry);
                }
            }
            return new Contents(rules, entries);
        } catch (IOException e) {
            throw failed(object, e);
        }
    }

    private static boolean isSame(Bucket object, Artifact last, Contents contents) {
        Bucket.Status status = object.status();
        return status != null
                && last.revision().equals(contents.revision())
                && Objects.equals(status.observedIgnore(), object.spec().ignore());
    }

    private Outcome build(Bucket object, S3Bucket bucket, Contents contents)
            throws SourceException, IOException, ArtifactRefusedException, InterruptedException {
        WorkTree tree = new WorkTree();
        try (Spool spool = new Spool(store.scratchFile())) {
            ArtifactLimits allowed = limits.of(object.metadata().namespace());
            long left = allowed.bytes();
            for (S3Listing.Entry entry : contents.entries().values()) {
                byte[] bytes = content(object, bucket, entry, Math.min(left, allowed.fileBytes()));
                left -= bytes.length;
                add(tree, spool, WorkTree.clamped(entry.key()), bytes);
            }
            if (!contents.rules().isEmpty()) {
                byte[] rules = contents.rules().getBytes(StandardCharsets.UTF_8);
                add(tree, spool, IgnoreRules.FILE_NAME, rules);
            }
            ArtifactManifest stored =
                    store.save(tree.collectBy(IgnoreRules.only("", null), allowed));
            String revision = contents.revision();
            String file = revision.substring(revision.indexOf(':') + 1) + ".tar.gz";
            return new Outcome.Stored(
                    new Outcome.NewArtifact(revision, file, stored, Map.of()),
                    report(object, revision),
                    Outcome.Event.newArtifact(
                            "stored artifact with %d fetched files from '%s' bucket"
                                    .formatted(
                                            contents.entries().size(), object.spec().bucketName())),
                    null);
        }
    }

    private static void add(WorkTree tree, Spool spool, String path, byte[] bytes)
            throws IOException, ArtifactRefusedException {
        if (!path.isEmpty()) {
            Spool.Kept kept = spool.keep(new ByteArrayInputStream(bytes));
            tree.addFileAt(path, false, kept.size(), kept.content());
        }
    }

    private byte[] content(Bucket object, S3Bucket bucket, S3Listing.Entry entry, long left)
            throws SourceException, ArtifactRefusedException, InterruptedException {
        if (entry.size() > left) {
            throw new ArtifactRefusedException(
                    "the object '%s' has %d bytes, more than there is room for: %s"
                            .formatted(
                                    entry.key(),
                                    entry.size(),
                                    limits.of(object.metadata().namespace()).allowed()));
        }
        try {
            return bucket.get(entry.key(), left);
        } catch (IOException e) {
            throw failed(object, e);
        }
    }

    private static Outcome.Report report(Bucket object, String revision) {
        return Outcome.Report.succeeded(
                "stored artifact: revision '" + revision + "'",
                null,
                FluxJson.write(
                        new Bucket.Status(
                                null, null, List.of(), null, null, object.spec().ignore())));
    }

    private static SourceException failed(Bucket object, IOException problem) {
        return new SourceException(
                ConditionTypes.FETCH_FAILED,
                "BucketOperationFailed",
                "unable to fetch from bucket '%s' at '%s': %s"
                        .formatted(
                                object.spec().bucketName(),
                                object.spec().endpoint(),
                                problem.getMessage()));
    }
}
