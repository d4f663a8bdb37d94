package dev.sluice.fetcher;

import dev.sluice.events.Commit;
import dev.sluice.fetcher.source.Outcome;
import dev.sluice.fetcher.source.Source;
import dev.sluice.fetcher.source.SourceKey;
import dev.sluice.fetcher.source.SourceStatus;
import dev.sluice.fetcher.source.SourceTable;
import dev.sluice.fluxapi.Artifact;
import dev.sluice.pipeline.Next;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fetcher's story: whenever a source changes, is asked for, or its time has come, its remote is
 * looked at; what is new becomes an artifact, its status says so, and the other stages are told.
 * Everything is read anew each time, so doing it twice changes nothing.
 */
final class FetcherFlow {

    private static final Duration CHANGED_MEANWHILE = Duration.ofMillis(200);

    private final SourceTable table;
    private final SourceTypes types;
    private final SourceObjects objects;
    private final Announcements announcements;
    private final StatusReport report;
    private final Pace pace;
    private final Progress progress;

    FetcherFlow(
            SourceTable table,
            SourceTypes types,
            SourceObjects objects,
            Announcements announcements,
            StatusReport report,
            Pace pace,
            Progress progress) {
        this.table = table;
        this.types = types;
        this.objects = objects;
        this.announcements = announcements;
        this.report = report;
        this.pace = pace;
        this.progress = progress;
    }

    /** Brings one source up to date. */
    Next reconcile(SourceKey key) throws InterruptedException {
        Optional<Source<?>> known = table.get(key);
        if (known.isEmpty()) {
            // Before its kind has been listed it is not known to be gone, and the end of the list
            // wakes it again.
            return table.isGone(key) ? forget(key, "the " + key.kind() + " is gone") : Next.done();
        }
        Source<?> source = known.get();
        return switch (types.steward(source)) {
            case FETCHER, MAKER -> reconcileOurs(source);
            case OTHERS -> announce(source);
            case NOBODY -> forget(key, "the " + key.kind() + " has no artifact");
        };
    }

    private Next reconcileOurs(Source<?> found) throws InterruptedException {
        if (found.metadata().isDeleted()) {
            return letGo(found);
        }
        objects.addFinalizer(found);
        Source<?> source = table.get(found.key()).orElse(found);
        if (!objects.hasFinalizer(source)) {
            // Someone else changed the object at the same time: look again when the watch has told.
            return Next.after(CHANGED_MEANWHILE);
        }
        if (types.isSuspended(source)) {
            report.handled(source);
            return Next.done();
        }
        return fetch(source);
    }

    private Next fetch(Source<?> source) throws InterruptedException {
        Progress.Run run = progress.start(source.key());
        Outcome outcome = types.look(source);
        SourceStatus status = report.after(source, outcome);
        // The other stages first: whoever reads in the status that there is an artifact may rely on
        // their knowing of it, and a push need not wait for what is written about it.
        Next next = pass(run, source, outcome, status);
        report.write(source, outcome, status);
        return next;
    }

    private Next pass(Progress.Run run, Source<?> source, Outcome outcome, SourceStatus status) {
        return switch (outcome) {
            case Outcome.Unchanged unchanged -> tell(run, source, status, null);
            case Outcome.Stored stored -> tell(run, source, status, stored.commit());
            case Outcome.Made made -> {
                run.made(made.changed());
                yield Next.after(pace.afterSuccess(source.key(), types.interval(source)));
            }
            case Outcome.Failed failed -> {
                run.failed(failed);
                yield failed.isFinal() ? Next.done() : Next.after(pace.afterFailure(source.key()));
            }
        };
    }

    private Next tell(
            Progress.Run run, Source<?> source, SourceStatus status, @Nullable Commit commit) {
        Artifact artifact =
                Objects.requireNonNull(
                        status.artifact(), "a source without trouble has an artifact");
        if (announcements.changed(source.key(), artifact, commit)) {
            run.changed(artifact.revision());
        } else {
            run.unchanged();
        }
        return Next.after(pace.afterSuccess(source.key(), types.interval(source)));
    }

    /** What others wrote into the status is brought into our store and told. */
    private Next announce(Source<?> source) throws InterruptedException {
        Progress.Run run = progress.start(source.key());
        Artifact artifact = source.artifact();
        if (artifact == null || source.metadata().isDeleted()) {
            return forget(source.key(), "it has no artifact");
        }
        if (types.look(source) instanceof Outcome.Failed failed) {
            run.failed(failed);
            return Next.after(pace.afterFailure(source.key()));
        }
        pace.forget(source.key());
        if (announcements.changed(source.key(), artifact, null)) {
            run.changed(artifact.revision());
        } else {
            run.unchanged();
        }
        return Next.done();
    }

    private Next letGo(Source<?> source) {
        types.deleted(source);
        forget(source.key(), "the " + source.key().kind() + " was deleted");
        objects.removeFinalizer(source);
        return Next.done();
    }

    private Next forget(SourceKey key, String why) {
        if (announcements.deleted(key, why)) {
            progress.deleted(key);
        }
        pace.forget(key);
        return Next.done();
    }
}
