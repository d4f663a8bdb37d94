package dev.sluice.fetcher.gitrepository;

import dev.sluice.fetcher.git.FetchedCommit;
import dev.sluice.fetcher.git.Wanted;
import dev.sluice.fetcher.source.SourceException;
import dev.sluice.fetcher.source.SourceSecrets;
import dev.sluice.fetcher.verify.SignedObject;
import dev.sluice.fetcher.verify.TrustedKeys;
import dev.sluice.fetcher.verify.UntrustedException;
import dev.sluice.fluxapi.Condition;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.Reasons;
import dev.sluice.fluxapi.source.GitRepository;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks the signatures that {@code spec.verify} asks for. What isn't signed by a key of the Secret
 * never becomes an artifact.
 */
final class SignatureCheck {

    private static final String HEAD = "HEAD";
    private static final String TAG = "Tag";
    private static final String TAG_AND_HEAD = "TagAndHEAD";

    private final SourceSecrets secrets;
    private final Clock clock;

    SignatureCheck(SourceSecrets secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /** A signature that was found good. */
    record Verified(String mode, String message) {}

    /**
     * What was found good when the artifact was made, if that is what is asked for now; empty if it
     * must be checked again.
     */
    Optional<Verified> known(GitRepository object) {
        GitRepository.Verification wish = object.spec().verify();
        GitRepository.Status status = object.status();
        if (wish == null || status == null || !mode(wish).equals(status.sourceVerificationMode())) {
            return Optional.empty();
        }
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(ConditionTypes.SOURCE_VERIFIED))
                .filter(Condition::isTrue)
                .findFirst()
                .map(condition -> new Verified(mode(wish), condition.message()));
    }

    /**
     * Checks.
     *
     * @return null if no signature is asked for
     */
    @Nullable Verified check(GitRepository object, Wanted wanted, FetchedCommit commit)
            throws SourceException, IOException {
        GitRepository.Verification wish = object.spec().verify();
        if (wish == null) {
            return null;
        }
        String mode = mode(wish);
        String tag = wanted.tag();
        if (!mode.equals(HEAD) && tag == null) {
            throw SourceException.stalled(
                    ConditionTypes.SOURCE_VERIFIED,
                    "InvalidVerificationMode",
                    "spec.verify.mode '%s' needs spec.ref.tag or spec.ref.semver".formatted(mode));
        }
        TrustedKeys keys = keys(object, wish);
        StringBuilder message = new StringBuilder("verified signature of");
        if (tag != null && (mode.equals(TAG) || mode.equals(TAG_AND_HEAD))) {
            message.append(
                    "\n\t- tag '%s' with key '%s'"
                            .formatted(tag, tagSigner(tag, wanted, commit, keys)));
        }
        if (!mode.equals(TAG)) {
            message.append(
                    "\n\t- commit '%s' with key '%s'"
                            .formatted(commit.sha(), commitSigner(commit, keys)));
        }
        return new Verified(mode, message.toString());
    }

    private static String commitSigner(FetchedCommit commit, TrustedKeys keys)
            throws SourceException, IOException {
        Optional<SignedObject> signed = SignedObject.commit(commit.raw());
        return signer(signed, "commit '" + commit.sha() + "'", "InvalidCommitSignature", keys);
    }

    private static String tagSigner(
            String tag, Wanted wanted, FetchedCommit commit, TrustedKeys keys)
            throws SourceException, IOException {
        String shown = "tag '" + tag + "'";
        byte[] raw =
                commit.rawTag(wanted)
                        .orElseThrow(() ->
                                invalid(
                                        "InvalidGitObject",
                                        shown + " is no annotated tag, so it has no signature"));
        return signer(SignedObject.tag(raw), shown, "InvalidTagSignature", keys);
    }

    private static String signer(
            Optional<SignedObject> signed, String shown, String reason, TrustedKeys keys)
            throws SourceException {
        if (signed.isEmpty()) {
            throw invalid(reason, shown + " is not signed");
        }
        try {
            return keys.signerOf(signed.get());
        } catch (UntrustedException e) {
            throw invalid(reason, shown + ": " + e.getMessage());
        }
    }

    private TrustedKeys keys(GitRepository object, GitRepository.Verification wish)
            throws SourceException {
        String namespace = object.metadata().namespace();
        String name = wish.secretRef().name();
        try {
            Map<String, byte[]> secret =
                    secrets.find(namespace, name)
                            .orElseThrow(() ->
                                    invalid(
                                            Reasons.VERIFICATION_ERROR,
                                            "Secret '%s/%s' with the public keys is not there"
                                                    .formatted(namespace, name)));
            return TrustedKeys.of(secret, clock);
        } catch (KubernetesClientException e) {
            throw invalid(
                    Reasons.VERIFICATION_ERROR,
                    "Secret '%s/%s' with the public keys can't be read: %s"
                            .formatted(namespace, name, e.getMessage()));
        }
    }

    private static SourceException invalid(String reason, String message) {
        return new SourceException(ConditionTypes.SOURCE_VERIFIED, reason, message);
    }

    private static String mode(GitRepository.Verification wish) {
        return wish.mode().equals("head") ? HEAD : wish.mode();
    }
}
