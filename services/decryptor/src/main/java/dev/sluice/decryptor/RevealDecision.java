package dev.sluice.decryptor;

import dev.sluice.events.DeliveryEvent;
import dev.sluice.events.DeliveryFailed;
import dev.sluice.events.DeliveryRendered;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.Position;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** What to do for a rendered delivery whose inputs are known, from what was said last. */
sealed interface RevealDecision {

    /** All is said. */
    record Nothing() implements RevealDecision {}

    /** The same holds for a new revision, another part of the spec, or a request. */
    record Again(DeliveryRevealed last, Position position) implements RevealDecision {}

    /** It must be revealed. */
    record Reveal(Position position) implements RevealDecision {}

    /**
     * Decides.
     *
     * @param inputs digest of all that goes in, see {@link RevealInputs}
     * @param tried digest of what went in when it was last tried in this run and failed
     * @param signedNow whether the key that signs now signed an event; another one's signature is
     *     renewed
     */
    static RevealDecision of(
            DeliveryRendered rendered,
            String inputs,
            Optional<DeliveryEvent> said,
            Optional<String> tried,
            Predicate<DeliveryRevealed> signedNow) {
        Position position = next(rendered.position(), said);
        if (said.isEmpty()) {
            return new Reveal(position);
        }
        if (rendered.position().before(said.get().position().withInputs(0))) {
            return new Nothing();
        }
        return switch (said.get()) {
            case DeliveryRevealed last
                    when last.inputs().equals(inputs) && sameLife(last, rendered) ->
                    saysAll(last, rendered) && signedNow.test(last)
                            ? new Nothing()
                            : new Again(last, position);
            case DeliveryFailed last when failedAlready(last, rendered, inputs, tried) ->
                    new Nothing();
            default -> new Reveal(position);
        };
    }

    /** Where the next event stands: one further, where only the decryptor's inputs changed. */
    static Position next(Position rendered, Optional<DeliveryEvent> said) {
        return said.map(DeliveryEvent::position)
                .filter(last -> last.withInputs(0).equals(rendered.withInputs(0)))
                .map(last -> rendered.withInputs(last.inputs() + 1))
                .orElse(rendered);
    }

    private static boolean sameLife(DeliveryRevealed last, DeliveryRendered rendered) {
        return last.position().uid().equals(rendered.position().uid());
    }

    private static boolean saysAll(DeliveryRevealed last, DeliveryRendered rendered) {
        return last.position().withInputs(0).equals(rendered.position())
                && last.source().equals(rendered.source())
                && last.spec().equals(rendered.spec())
                && Objects.equals(last.requestedAt(), rendered.requestedAt());
    }

    private static boolean failedAlready(
            DeliveryFailed last, DeliveryRendered rendered, String inputs, Optional<String> tried) {
        return tried.isPresent()
                && tried.get().equals(inputs)
                && last.position().withInputs(0).equals(rendered.position())
                && Objects.equals(last.requestedAt(), rendered.requestedAt());
    }
}
