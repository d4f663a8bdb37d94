package dev.sluice.decryptor;

import dev.sluice.events.DeliveryEvent;
import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DeliveryRendered;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.Position;
import dev.sluice.events.Stage;
import dev.sluice.fluxapi.FluxJson;
import dev.sluice.fluxapi.MalformedObjectException;
import dev.sluice.fluxapi.helm.HelmReleaseSpec;
import dev.sluice.fluxapi.kustomize.KustomizationSpec;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.manifests.KeyedDigest;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.pipeline.Next;
import dev.sluice.sops.age.AgeRecipient;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Works out what to say about one delivery, from what was rendered and what was said last. */
final class Revealer {

    /**
     * What to say, and when to look again.
     *
     * @param event null where all is said
     */
    record Answer(@Nullable DeliveryEvent event, Next next) {

        static final Answer NOTHING = new Answer(null, Next.done());
    }

    private static final Logger LOG = LoggerFactory.getLogger(Revealer.class);

    private final InputVersions versions;
    private final SealRecipient recipient;
    private final OwnKeys keys;
    private final KeyedDigest digest;
    private final Revelation revelation;
    private final HelmRevelation helm;
    private final Sealing sealing;
    private final Clock clock;

    /** What went in when a delivery was tried in this run and failed for good. */
    private final Map<DeliveryId, String> tried = new ConcurrentHashMap<>();

    Revealer(
            InputVersions versions,
            SealRecipient recipient,
            OwnKeys keys,
            Revelation revelation,
            HelmRevelation helm,
            Sealing sealing,
            Clock clock) {
        this.versions = versions;
        this.recipient = recipient;
        this.keys = keys;
        this.digest = keys.now().digest();
        this.revelation = revelation;
        this.helm = helm;
        this.sealing = sealing;
        this.clock = clock;
    }

    /** The delivery is gone: nothing it named is watched for it any more. */
    void forget(DeliveryId id) {
        versions.forget(id);
        tried.remove(id);
    }

    /** A failure of an earlier stage goes the same road. */
    Answer pass(DeliveryFailed failed, Optional<DeliveryEvent> said) {
        return sayOnce(at(RevealDecision.next(failed.position(), said), failed), said, Next.done());
    }

    /**
     * Reveals, where that is not done. Nothing is done before there is someone to seal for.
     *
     * @param last what is on the topic. Whoever may write to it may have put it there: what no key
     *     of the decryptor signed is not gone on from
     */
    Answer reveal(DeliveryRendered rendered, Optional<DeliveryEvent> last)
            throws IOException, KubernetesException, InterruptedException {
        Optional<AgeRecipient> reader = recipient.now();
        if (reader.isEmpty()) {
            return Answer.NOTHING;
        }
        if (last.isPresent()
                && last.get() instanceof DeliveryRevealed event
                && !keys.now().signed(event)) {
            LOG.atError()
                    .addKeyValue("target", rendered.delivery())
                    .log("the last record of the delivery is not the decryptor's; it is replaced");
            DeliveryRendered above =
                    rendered.at(rendered.position().withInputs(clock.instant().toEpochMilli()));
            return reveal(above, reader.get(), Optional.empty());
        }
        return reveal(rendered, reader.get(), last);
    }

    private Answer reveal(
            DeliveryRendered rendered, AgeRecipient reader, Optional<DeliveryEvent> said)
            throws IOException, KubernetesException, InterruptedException {
        Wanted request;
        try {
            request = wanted(rendered);
        } catch (RefusedException e) {
            return refused(rendered, e, Duration.ZERO, said);
        }
        Map<NamedObject, String> named = versions.follow(rendered.delivery(), named(request));
        String inputs = RevealInputs.digest(digest, rendered, named, reader.toString());
        RevealDecision decision =
                RevealDecision.of(
                        rendered,
                        inputs,
                        said,
                        Optional.ofNullable(tried.get(rendered.delivery())),
                        event -> keys.now().signedNow(event));
        return switch (decision) {
            case RevealDecision.Nothing() -> Answer.NOTHING;
            case RevealDecision.Again(var last, Position position) ->
                    new Answer(sealing.again(last, rendered, position), Next.done());
            case RevealDecision.Reveal(Position position) ->
                    reveal(request, position, inputs, reader, said);
        };
    }

    private Answer reveal(
            Wanted request,
            Position position,
            String inputs,
            AgeRecipient reader,
            Optional<DeliveryEvent> said)
            throws IOException, KubernetesException {
        DeliveryId id = request.rendered().delivery();
        try {
            List<KubernetesObject> objects =
                    switch (request) {
                        case RevealRequest kustomization -> revelation.reveal(kustomization);
                        case HelmRequest release -> helm.reveal(release);
                    };
            tried.remove(id);
            return new Answer(
                    sealing.event(request.rendered(), position, objects, inputs, reader, said),
                    Next.done());
        } catch (RefusedException e) {
            if (e.passing()) {
                tried.remove(id);
            } else {
                tried.put(id, inputs);
            }
            return refused(request.rendered(), e, request.retryInterval(), said);
        }
    }

    /** All that the result depends on besides what was rendered. */
    private List<NamedObject> named(Wanted request) {
        return switch (request) {
            case RevealRequest kustomization -> revelation.named(kustomization);
            case HelmRequest release -> release.named();
        };
    }

    private static Wanted wanted(DeliveryRendered rendered) throws RefusedException {
        try {
            return rendered.delivery().kind().equals(HelmRequest.KIND)
                    ? new HelmRequest(
                            rendered, FluxJson.read(rendered.spec(), HelmReleaseSpec.class))
                    : new RevealRequest(
                            rendered, FluxJson.read(rendered.spec(), KustomizationSpec.class));
        } catch (MalformedObjectException e) {
            throw Revelation.malformed(e);
        }
    }

    private Answer refused(
            DeliveryRendered rendered,
            RefusedException refusal,
            Duration retryInterval,
            Optional<DeliveryEvent> said) {
        Instant retryAt = refusal.passing() ? clock.instant().plus(retryInterval) : null;
        DeliveryFailed failed =
                new DeliveryFailed(
                        rendered.delivery(),
                        RevealDecision.next(rendered.position(), said),
                        rendered.source(),
                        rendered.spec(),
                        rendered.requestedAt(),
                        Stage.DECRYPTOR,
                        refusal.reason(),
                        String.valueOf(refusal.getMessage()),
                        retryAt);
        return sayOnce(failed, said, refusal.passing() ? Next.after(retryInterval) : Next.done());
    }

    /** A failure that reads as the last one did is not told twice. */
    private static Answer sayOnce(DeliveryFailed failed, Optional<DeliveryEvent> said, Next next) {
        boolean told =
                said.isPresent()
                        && said.get() instanceof DeliveryFailed last
                        && at(failed.position(), last).equals(untimed(failed, last.retryAt()))
                        && last.position().withInputs(0).equals(failed.position().withInputs(0));
        return new Answer(told ? null : failed, next);
    }

    private static DeliveryFailed at(Position position, DeliveryFailed failed) {
        return new DeliveryFailed(
                failed.delivery(),
                position,
                failed.source(),
                failed.spec(),
                failed.requestedAt(),
                failed.stage(),
                failed.reason(),
                failed.message(),
                failed.retryAt());
    }

    private static DeliveryFailed untimed(DeliveryFailed failed, @Nullable Instant retryAt) {
        boolean bothTimed = Objects.nonNull(retryAt) && Objects.nonNull(failed.retryAt());
        return new DeliveryFailed(
                failed.delivery(),
                failed.position(),
                failed.source(),
                failed.spec(),
                failed.requestedAt(),
                failed.stage(),
                failed.reason(),
                failed.message(),
                bothTimed ? retryAt : failed.retryAt());
    }
}
