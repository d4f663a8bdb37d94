package dev.sluice.fetcher;

import dev.sluice.events.Commit;
import dev.sluice.fluxapi.Artifact;
import dev.sluice.fluxapi.Labels;
import dev.sluice.fluxapi.source.GitRepository;
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
    private final SourceObjects objects;
    private final GitSource git;
    private final Announcements announcements;
    private final StatusReport report;
    private final Pace pace;
    private final Progress progress;

    FetcherFlow(
            SourceTable table,
            SourceObjects objects,
            GitSource git,
            Announcements announcements,
            StatusReport report,
            Pace pace,
            Progress progress) {
        this.table = table;
        this.objects = objects;
        this.git = git;
        this.announcements = announcements;
        this.report = report;
        this.pace = pace;
        this.progress = progress;
    }

    /** Brings one source up to date. */
    Next reconcile(ObjectKey key) throws InterruptedException {
        Optional<GitRepository> object = table.get(key);
        if (object.isEmpty()) {
            return forget(key, "the GitRepository is gone");
        }
        if (object.get().metadata().isDeleted()) {
            return letGo(key, object.get());
        }
        objects.addFinalizer(object.get());
        GitRepository source = table.get(key).orElse(object.get());
        if (!source.metadata().finalizers().contains(Labels.FINALIZER)) {
            // Someone else changed the object at the same time: look again when the watch has told.
            return Next.after(CHANGED_MEANWHILE);
        }
        if (source.spec().suspend()) {
            report.handled(source);
            return Next.done();
        }
        return fetch(key, source);
    }

    private Next fetch(ObjectKey key, GitRepository source) throws InterruptedException {
        Progress.Run run = progress.start(key);
        Outcome outcome = git.look(source);
        GitRepository.Status status = report.outcome(source, outcome);
        return switch (outcome) {
            case Outcome.Unchanged unchanged -> tell(run, key, source, status, null);
            case Outcome.Stored stored -> tell(run, key, source, status, stored.commit());
            case Outcome.Failed failed -> {
                run.failed(failed);
                yield failed.isFinal() ? Next.done() : Next.after(pace.afterFailure(key));
            }
        };
    }

    private Next tell(
            Progress.Run run,
            ObjectKey key,
            GitRepository source,
            GitRepository.Status status,
            @Nullable Commit commit) {
        Artifact artifact =
                Objects.requireNonNull(
                        status.artifact(), "a source without trouble has an artifact");
        if (announcements.changed(key, artifact, commit)) {
            run.changed(artifact.revision());
        } else {
            run.unchanged();
        }
        return Next.after(pace.afterSuccess(key, source.spec().interval().toDuration()));
    }

    private Next letGo(ObjectKey key, GitRepository source) {
        forget(key, "the GitRepository was deleted");
        objects.removeFinalizer(source);
        return Next.done();
    }

    private Next forget(ObjectKey key, String why) {
        if (announcements.deleted(key, why)) {
            progress.deleted(key);
        }
        pace.forget(key);
        return Next.done();
    }
}
