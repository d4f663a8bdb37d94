package dev.sluice.manifests.sealing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.BundleRef;
import dev.sluice.events.DeliveryRevealed;
import dev.sluice.events.Position;
import dev.sluice.events.SourceRevision;
import dev.sluice.manifests.CanonicalJson;
import dev.sluice.manifests.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What is signed: a line that names the form, then canonical JSON of all that the applier acts on,
 * the spec by its digest. Another text gets another first line.
 */
final class SignedText {

    private static final byte[] FORM =
            "sluice delivery.revealed 1\n".getBytes(StandardCharsets.US_ASCII);

    private SignedText() {}

    static byte[] of(DeliveryRevealed event) {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        text.put("delivery", event.delivery().toString());
        Position position = event.position();
        text.put("uid", position.uid());
        text.put("generation", position.generation());
        text.put("sourceSequence", position.source());
        text.put("inputsSequence", position.inputs());
        SourceRevision source = event.source();
        text.put("source", source.source().toString());
        text.put("revision", source.revision());
        text.put("originRevision", source.originRevision());
        text.put("artifact", source.digest());
        if (source.urgent() != null) {
            text.put("urgent", source.urgent());
        }
        text.put("spec", Sha256.of(CanonicalJson.bytes(event.spec())));
        text.put("requestedAt", event.requestedAt());
        text.put("bundle", event.bundle().digest());
        text.put("size", event.bundle().size());
        BundleRef rendered = event.rendered();
        if (rendered != null) {
            text.put("rendered", rendered.digest());
        }
        text.put("content", event.content());
        text.put("inputs", event.inputs());
        text.put("build", event.buildDigest());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(FORM);
        bytes.writeBytes(CanonicalJson.bytes(text));
        return bytes.toByteArray();
    }

    static DeliveryRevealed withSignature(DeliveryRevealed event, String signature) {
        return new DeliveryRevealed(
                event.delivery(),
                event.position(),
                event.source(),
                event.spec(),
                event.requestedAt(),
                event.bundle(),
                event.rendered(),
                event.content(),
                event.inputs(),
                event.buildDigest(),
                signature);
    }
}
