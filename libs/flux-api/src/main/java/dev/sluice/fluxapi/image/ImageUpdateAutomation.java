package dev.sluice.fluxapi.image;

import dev.sluice.fluxapi.Absent;
import dev.sluice.fluxapi.Condition;
import dev.sluice.fluxapi.FluxObject;
import dev.sluice.fluxapi.GoDuration;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.LocalReference;
import dev.sluice.fluxapi.Metadata;
import dev.sluice.fluxapi.Timestamp;
import dev.sluice.fluxapi.schema.Column;
import dev.sluice.fluxapi.schema.Field;
import dev.sluice.fluxapi.schema.Kind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the latest tags to Git. */
@Kind(
        value =
                "Writes the latest tags of images to a Git repository. Served so that repositories apply; nothing acts on it.",
        group = Groups.IMAGE,
        version = "v1",
        legacyVersions = {"v1beta2", "v1beta1"},
        plural = "imageupdateautomations",
        shortNames = {"iua", "imgupd", "imgauto"},
        categories = "fluxcd-images",
        columns = {
            @Column(name = "Ready", path = Column.READY),
            @Column(name = "Status", path = Column.MESSAGE),
            @Column(name = "Last run", path = ".status.lastAutomationRunTime", priority = 1),
            @Column(name = "Age", path = Column.CREATED, type = "date")
        })
public record ImageUpdateAutomation(
        String apiVersion,
        String kind,
        Metadata metadata,
        @Field(value = "Which repository is written to, and how.", optional = true) Spec spec,
        @Field("What was written.") @Nullable Status status)
        implements FluxObject {

    /** What an ImageUpdateAutomation asks for. */
    public record Spec(
            @Field("The GitRepository to write to.") SourceReference sourceRef,
            @Field("How to check out, commit and push.") @Nullable Git git,
            @Field("How often to look for new tags.") GoDuration interval,
            @Field(
                            value =
                                    "The ImagePolicies that count, by their labels. All of the namespace where it is not set.",
                            atomic = true)
                    @Nullable LabelSelector policySelector,
            @Field(value = "How files are changed.", def = "{\"strategy\": \"Setters\"}")
                    Update update,
            @Field("True writes nothing.") boolean suspend) {

        public Spec {
            update = Absent.value(update, new Update(null, "Setters"));
        }
    }

    /** The repository to write to. */
    public record SourceReference(
            @Field("The API version of the source.") @Nullable String apiVersion,
            @Field(
                            value = "The kind of the source.",
                            required = true,
                            allowed = "GitRepository",
                            def = "GitRepository")
                    String kind,
            @Field("The name of the source.") String name,
            @Field("The namespace of the source. That of the automation where none is named.")
                    @Nullable String namespace) {

        public SourceReference {
            kind = Absent.value(kind, "GitRepository");
        }
    }

    /** How to check out, commit and push. */
    public record Git(
            @Field("What to check out. As the GitRepository says where it is not set.")
                    @Nullable Checkout checkout,
            @Field("How to commit.") Commit commit,
            @Field("Where to push. To the branch that was checked out where it is not set.")
                    @Nullable Push push) {}

    /** What to check out. */
    public record Checkout(@Field("A branch, tag, version, name or commit.") Reference ref) {}

    /** A branch, tag, version, name or commit. */
    public record Reference(
            @Field("A branch.") @Nullable String branch,
            @Field("A tag.") @Nullable String tag,
            @Field("A range of versions.") @Nullable String semver,
            @Field("A full reference.") @Nullable String name,
            @Field("A commit.") @Nullable String commit) {}

    /** How to commit. */
    public record Commit(
            @Field("Who commits.") Author author,
            @Field("The key to sign with.") @Nullable SigningKey signingKey,
            @Field("A Go template for the message.") @Nullable String messageTemplate,
            @Field("Values for the template.") Map<String, String> messageTemplateValues) {

        public Commit {
            messageTemplateValues = Absent.map(messageTemplateValues);
        }
    }

    /** Who commits. */
    public record Author(
            @Field("The address.") String email, @Field("The name.") @Nullable String name) {}

    /** A key to sign with. */
    public record SigningKey(
            @Field("The Secret with the key.") LocalReference secretRef,
            @Field(
                            value = "What kind of key it is; gpg where it is not set.",
                            allowed = {"gpg", "ssh"})
                    @Nullable String type) {}

    /** Where to push. */
    public record Push(
            @Field("The branch to push to.") @Nullable String branch,
            @Field("A refspec to push by.") @Nullable String refspec,
            @Field("Options for the server, as git push -o.") Map<String, String> options) {

        public Push {
            options = Absent.map(options);
        }
    }

    /** How files are changed. */
    public record Update(
            @Field("The folder to change files in. All where it is not set.") @Nullable String path,
            @Field(
                            value = "Setters changes the fields that carry a marker comment.",
                            allowed = "Setters",
                            def = "Setters")
                    String strategy) {

        public Update {
            strategy = Absent.value(strategy, "Setters");
        }
    }

    /** What is known about an ImageUpdateAutomation. */
    public record Status(
            @Field("The generation that was last looked at; -1 before the first.")
                    @Nullable Long observedGeneration,
            @Field(
                            "The value of the annotation that last asked for a reconciliation which was done.")
                    @Nullable String lastHandledReconcileAt,
            @Field("Ready and what it sums up.") List<Condition> conditions,
            @Field("When it last ran.") @Nullable Timestamp lastAutomationRunTime,
            @Field("The commit that was last pushed.") @Nullable String lastPushCommit,
            @Field("When it was pushed.") @Nullable Timestamp lastPushTime,
            @Field("The images that were looked at, by policy.")
                    Map<String, ImageReference> observedPolicies,
            @Field("The revision of the repository that was looked at.")
                    @Nullable String observedSourceRevision) {

        public Status {
            conditions = Absent.list(conditions);
            observedPolicies = Absent.map(observedPolicies);
        }
    }
}
