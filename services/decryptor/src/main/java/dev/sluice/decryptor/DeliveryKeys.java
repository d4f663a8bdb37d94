package dev.sluice.decryptor;

import dev.sluice.events.Reason;
import dev.sluice.fluxapi.kustomize.KustomizationSpec.Decryption;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.sops.KeyRing;
import dev.sluice.sops.SopsException;
import dev.sluice.sops.kms.WorkloadIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * With which keys a delivery is decrypted: those of the Secret that it names, or of the pipeline's
 * own fallback where it names none; and as whom key services are asked.
 */
final class DeliveryKeys {

    private final InputReader reader;
    private final Optional<NamedObject> fallback;
    private final WorkloadIdentity own;

    /**
     * @param fallback a Secret of which the age keys are taken where a delivery names no Secret
     * @param own as whom key services are asked where a delivery names no service account
     */
    DeliveryKeys(InputReader reader, Optional<NamedObject> fallback, WorkloadIdentity own) {
        this.reader = reader;
        this.fallback = fallback;
        this.own = own;
    }

    /** What the keys of a delivery come from: a change of one of these may change the result. */
    List<NamedObject> named(RevealRequest request) {
        List<NamedObject> named = new ArrayList<>();
        if (request.spec().decryption() != null) {
            request.keySecret().or(() -> fallback).ifPresent(named::add);
            request.account().ifPresent(named::add);
        }
        return named;
    }

    /**
     * The keys, to be closed after use; none where the delivery does not ask for decryption.
     *
     * @throws RefusedException where the Secret with the keys is missing, or holds something else
     */
    KeyRing of(RevealRequest request) throws RefusedException, KubernetesException {
        Decryption decryption = request.spec().decryption();
        if (decryption == null) {
            return KeyRing.empty();
        }
        WorkloadIdentity identity =
                request.account().isPresent() ? identity(request.account().get()) : own;
        Optional<NamedObject> secret = request.keySecret();
        if (secret.isPresent()) {
            return keys(secret.get()).as(identity);
        }
        KeyRing keys = fallback.isPresent() ? keys(fallback.get()).ageOnly() : KeyRing.empty();
        return keys.as(identity);
    }

    private WorkloadIdentity identity(NamedObject account)
            throws RefusedException, KubernetesException {
        return reader.identity(account).orElseThrow(() -> missing("ServiceAccount", account));
    }

    private KeyRing keys(NamedObject secret) throws RefusedException, KubernetesException {
        Map<String, byte[]> entries =
                reader.read(secret)
                        .orElseThrow(() -> missing("Secret with the decryption keys", secret));
        try {
            return KeyRing.ofSecret(entries);
        } catch (SopsException e) {
            throw RefusedException.forGood(
                    Reason.DECRYPTION_FAILED, secret.display() + ": " + e.getMessage());
        }
    }

    private static RefusedException missing(String what, NamedObject object) {
        return RefusedException.forGood(
                Reason.DECRYPTION_FAILED,
                "the "
                        + what
                        + " is missing: "
                        + object.display()
                        + "; it is looked for again as soon as it appears");
    }
}
