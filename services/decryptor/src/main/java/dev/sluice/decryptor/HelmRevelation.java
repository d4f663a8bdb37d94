package dev.sluice.decryptor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.artifacts.ArtifactStore;
import dev.sluice.artifacts.Digest;
import dev.sluice.events.Reason;
import dev.sluice.fluxapi.helm.HelmReleaseSpec.ValuesReference;
import dev.sluice.helm.ReleasePlan;
import dev.sluice.helm.values.InvalidValuesException;
import dev.sluice.helm.values.Values;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.manifests.Bundle;
import dev.sluice.manifests.BundleFormatException;
import dev.sluice.manifests.BundleLimits;
import dev.sluice.manifests.InvalidObjectException;
import dev.sluice.manifests.KubernetesObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Completes the values of a HelmRelease: what {@code valuesFrom} names in its order, then the
 * release's own values over all.
 */
final class HelmRevelation {

    private final ArtifactStore store;
    private final InputReader reader;

    HelmRevelation(ArtifactStore store, InputReader reader) {
        this.store = store;
        this.reader = reader;
    }

    /** The one object of the bundle, complete. */
    List<KubernetesObject> reveal(HelmRequest request)
            throws RefusedException, IOException, KubernetesException {
        try {
            ReleasePlan plan = plan(request);
            ObjectNode values = values(request, plan.values());
            String namespace = request.rendered().delivery().namespace();
            return List.of(
                    plan.with(values).toObject(namespace, request.rendered().delivery().name()));
        } catch (InvalidObjectException e) {
            throw new IOException("the rendered bundle is damaged: " + e.getMessage(), e);
        } catch (KubernetesException e) {
            throw RefusedException.byCluster(e, Reason.VALUES_ERROR, "what the release names");
        }
    }

    private ReleasePlan plan(HelmRequest request) throws IOException, InvalidObjectException {
        byte[] stored = store.get(new Digest(request.rendered().bundle().digest()));
        try {
            List<KubernetesObject> objects = Bundle.decode(stored, BundleLimits.DEFAULT).objects();
            if (objects.size() != 1) {
                throw new InvalidObjectException("the bundle holds no release plan");
            }
            return ReleasePlan.of(objects.getFirst());
        } catch (BundleFormatException e) {
            throw new IOException("the rendered bundle is damaged: " + e.getMessage(), e);
        }
    }

    private ObjectNode values(HelmRequest request, ObjectNode own)
            throws RefusedException, KubernetesException {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        Map<NamedObject, Optional<Map<String, byte[]>>> read = new HashMap<>();
        for (ValuesReference reference : request.spec().valuesFrom()) {
            NamedObject object = request.named(reference);
            if (!read.containsKey(object)) {
                read.put(object, reader.read(object));
            }
            Optional<String> text = text(object, reference, read.get(object));
            if (text.isPresent()) {
                result = laidOver(result, own, reference, text.get(), object);
            }
        }
        return Values.merge(result, own);
    }

    private static ObjectNode laidOver(
            ObjectNode result,
            ObjectNode own,
            ValuesReference reference,
            String text,
            NamedObject object)
            throws RefusedException {
        try {
            return Values.layered(result, own, reference, text);
        } catch (InvalidValuesException e) {
            throw refused(object, reference, String.valueOf(e.getMessage()));
        }
    }

    /** Empty where the object or its key is missing and may be. */
    private static Optional<String> text(
            NamedObject object, ValuesReference reference, Optional<Map<String, byte[]>> entries)
            throws RefusedException {
        byte @Nullable [] value = entries.isEmpty() ? null : entries.get().get(key(reference));
        if (value != null) {
            return Optional.of(new String(value, StandardCharsets.UTF_8));
        }
        if (reference.optional()) {
            return Optional.empty();
        }
        throw refused(
                object,
                reference,
                entries.isEmpty()
                        ? "it is not there; it is looked for again as soon as it appears"
                        : "it has no such key");
    }

    private static String key(ValuesReference reference) {
        String key = reference.valuesKey();
        return key == null || key.isEmpty() ? "values.yaml" : key;
    }

    private static RefusedException refused(
            NamedObject object, ValuesReference reference, String why) {
        return RefusedException.forGood(
                Reason.VALUES_ERROR,
                "could not resolve "
                        + object.kind()
                        + " chart values reference '"
                        + object.namespace()
                        + '/'
                        + object.name()
                        + "' with key '"
                        + key(reference)
                        + "': "
                        + why);
    }
}
