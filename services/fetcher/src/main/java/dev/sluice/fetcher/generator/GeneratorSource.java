package dev.sluice.fetcher.generator;

import dev.sluice.artifacts.ArtifactLimits;
import dev.sluice.artifacts.ArtifactManifest;
import dev.sluice.artifacts.ArtifactRefusedException;
import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.artifacts.Digest;
import dev.sluice.fetcher.ignore.IgnoreRules;
import dev.sluice.fetcher.source.ArtifactPlace;
import dev.sluice.fetcher.source.Outcome;
import dev.sluice.fetcher.source.Source;
import dev.sluice.fetcher.source.SourceException;
import dev.sluice.fetcher.source.SourceKey;
import dev.sluice.fetcher.source.SourceKind;
import dev.sluice.fetcher.source.SourceLimits;
import dev.sluice.fetcher.source.SourceTable;
import dev.sluice.fetcher.source.SourceType;
import dev.sluice.fluxapi.Annotations;
import dev.sluice.fluxapi.Artifact;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.NamespaceBoundary;
import dev.sluice.fluxapi.source.ArtifactGenerator;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes the artifacts of a generator whenever one of its sources has changed. */
public final class GeneratorSource implements SourceType<ArtifactGenerator> {

    private static final SourceKind<ArtifactGenerator> KIND =
            SourceKind.of(ArtifactGenerator.class)
                    .ownedBy(Groups.SOURCE_EXTENSIONS + "/finalizer", MadeArtifacts.MANAGER);
    private static final String MADE = "ExternalArtifact";

    private final SourceTable table;
    private final ArtifactStore store;
    private final SourceLimits limits;
    private final NamespaceBoundary boundary;
    private final MadeArtifacts made;
    private final Supplier<ArtifactPlace> place;
    private final Clock clock;

    /**
     * @param place where artifacts are downloaded, once that is known
     */
    public GeneratorSource(
            KubernetesClient client,
            SourceTable table,
            ArtifactStore store,
            SourceLimits limits,
            NamespaceBoundary boundary,
            Supplier<ArtifactPlace> place,
            Clock clock) {
        this.table = table;
        this.store = store;
        this.limits = limits;
        this.boundary = boundary;
        this.made = new MadeArtifacts(client, clock);
        this.place = place;
        this.clock = clock;
    }

    @Override
    public SourceKind<ArtifactGenerator> kind() {
        return KIND;
    }

    @Override
    public boolean isSuspended(ArtifactGenerator object) {
        return Annotations.DISABLED.equals(
                object.metadata().annotations().get(Annotations.GENERATOR_RECONCILE));
    }

    @Override
    public Duration interval(ArtifactGenerator object) {
        return Duration.ofHours(1);
    }

    @Override
    public Steward steward(ArtifactGenerator object) {
        return Steward.MAKER;
    }

    @Override
    public List<SourceKey> madeOf(ArtifactGenerator object) {
        return object.spec().sources().stream().map(source -> key(object, source)).toList();
    }

    private static SourceKey key(ArtifactGenerator object, ArtifactGenerator.Source source) {
        String namespace = object.metadata().namespace();
        return new SourceKey(
                source.kind(),
                Objects.requireNonNullElse(source.namespace(), namespace),
                source.name());
    }

    @Override
    public Outcome look(Source<ArtifactGenerator> source) {
        ArtifactGenerator object = source.object();
        try {
            Map<String, PartSource> sources = sources(object);
            String digest = digest(sources);
            ArtifactGenerator.Status status = object.status();
            if (status != null
                    && digest.equals(status.observedSourcesDigest())
                    && isReady(source)
                    && isThere(status.inventory())) {
                return new Outcome.Made(report(status.inventory(), digest), false);
            }
            List<ArtifactGenerator.Made> inventory = make(object, sources);
            prune(status == null ? List.of() : status.inventory(), inventory);
            return new Outcome.Made(report(inventory, digest), true);
        } catch (SourceException e) {
            return e.outcome(false);
        } catch (GeneratorException | ArtifactRefusedException e) {
            return failed("BuildFailed", String.valueOf(e.getMessage())).outcome(false);
        } catch (IOException | KubernetesClientException e) {
            return failed("ReconciliationFailed", String.valueOf(e.getMessage())).outcome(false);
        }
    }

    /** Ready for this very generation of the object. */
    private static boolean isReady(Source<?> source) {
        return source.status().conditions().stream()
                .anyMatch(condition ->
                        condition.type().equals(ConditionTypes.READY)
                                && condition.isTrue()
                                && Objects.equals(
                                        condition.observedGeneration(),
                                        source.metadata().generation()));
    }

    private boolean isThere(List<ArtifactGenerator.Made> inventory) {
        return inventory.stream()
                .allMatch(one ->
                        table.artifact(new SourceKey(MADE, one.namespace(), one.name()))
                                .filter(artifact -> artifact.digest().equals(one.digest()))
                                .filter(artifact -> store.isThere(artifact.digest()))
                                .isPresent());
    }

    private Map<String, PartSource> sources(ArtifactGenerator object)
            throws SourceException, IOException {
        Map<String, PartSource> sources = new LinkedHashMap<>();
        for (ArtifactGenerator.Source source : object.spec().sources()) {
            SourceKey key = key(object, source);
            Optional<String> refusal =
                    boundary.refusal(
                            object.metadata().namespace(), key.kind(), key.namespace(), key.name());
            if (refusal.isPresent()) {
                throw failed("AccessDenied", refusal.get());
            }
            Artifact artifact =
                    table.artifact(key)
                            .orElseThrow(() ->
                                    failed(
                                            "SourceFetchFailed",
                                            "'%s' is not there or has no artifact yet"
                                                    .formatted(key)));
            Digest digest = new Digest(artifact.digest());
            sources.put(
                    source.alias(),
                    new PartSource(artifact, store.manifest(digest), store.tree(digest)));
        }
        return sources;
    }

    private static String digest(Map<String, PartSource> sources) {
        StringBuilder text = new StringBuilder();
        sources.forEach((alias, source) ->
                text.append(alias)
                        .append(' ')
                        .append(source.artifact().revision())
                        .append(' ')
                        .append(source.artifact().digest())
                        .append('\n'));
        return Digest.of(text.toString().getBytes(StandardCharsets.UTF_8)).value();
    }

    private List<ArtifactGenerator.Made> make(
            ArtifactGenerator object, Map<String, PartSource> sources)
            throws GeneratorException, IOException, ArtifactRefusedException {
        String namespace = object.metadata().namespace();
        ArtifactLimits allowed = limits.of(namespace);
        List<ArtifactGenerator.Made> inventory = new ArrayList<>();
        for (ArtifactGenerator.Output output : Outputs.of(object.spec(), sources)) {
            ArtifactManifest stored =
                    store.save(
                            CopySteps.run(output, sources, allowed)
                                    .collectBy(IgnoreRules.only("", null), allowed));
            SourceKey key = new SourceKey(MADE, namespace, output.name());
            String file = stored.archive().hex() + ".tar.gz";
            Artifact artifact =
                    place.get()
                            .artifact(
                                    key,
                                    new Outcome.NewArtifact(
                                            revision(output, stored, sources),
                                            file,
                                            stored,
                                            origin(output, sources)),
                                    clock.instant());
            Optional<Artifact> known = table.artifact(key);
            boolean same =
                    known.filter(last ->
                                    last.digest().equals(artifact.digest())
                                            && last.revision().equals(artifact.revision())
                                            && last.metadata().equals(artifact.metadata()))
                            .isPresent();
            if (!same || !isObserved(object)) {
                made.write(object, output.name(), same ? known.orElse(artifact) : artifact);
            }
            inventory.add(
                    new ArtifactGenerator.Made(output.name(), namespace, artifact.digest(), file));
        }
        return inventory;
    }

    /** Whether what was made has the labels of this generation. */
    private static boolean isObserved(ArtifactGenerator object) {
        return object.status() != null
                && object.status().conditions().stream()
                        .anyMatch(condition ->
                                condition.type().equals(ConditionTypes.READY)
                                        && Objects.equals(
                                                condition.observedGeneration(),
                                                object.metadata().generation()));
    }

    private static String revision(
            ArtifactGenerator.Output output,
            ArtifactManifest stored,
            Map<String, PartSource> sources)
            throws GeneratorException {
        String alias = output.revision();
        return alias == null || alias.isEmpty()
                ? "latest@" + stored.archive().value()
                : PartSource.named(sources, alias.substring(1)).artifact().revision();
    }

    private static Map<String, String> origin(
            ArtifactGenerator.Output output, Map<String, PartSource> sources)
            throws GeneratorException {
        String alias = output.originRevision();
        if (alias == null || alias.isEmpty()) {
            return Map.of();
        }
        Artifact source = PartSource.named(sources, alias.substring(1)).artifact();
        String origin = source.originRevision();
        return Map.of(Annotations.ORIGIN_REVISION, origin == null ? source.revision() : origin);
    }

    private void prune(List<ArtifactGenerator.Made> before, List<ArtifactGenerator.Made> now) {
        for (ArtifactGenerator.Made one : before) {
            if (now.stream().noneMatch(kept -> kept.name().equals(one.name()))) {
                made.delete(one.namespace(), one.name());
            }
        }
    }

    @Override
    public void deleted(Source<ArtifactGenerator> source) {
        ArtifactGenerator.Status status = source.object().status();
        if (status != null) {
            prune(status.inventory(), List.of());
        }
    }

    private static Outcome.Report report(List<ArtifactGenerator.Made> inventory, String digest) {
        return Outcome.Report.succeeded(
                "reconciliation succeeded, generated %d artifact(s)".formatted(inventory.size()),
                null,
                FluxJson.write(new ArtifactGenerator.Status(null, List.of(), inventory, digest)));
    }

    private static SourceException failed(String reason, String message) {
        return new SourceException(ConditionTypes.READY, reason, message);
    }
}
