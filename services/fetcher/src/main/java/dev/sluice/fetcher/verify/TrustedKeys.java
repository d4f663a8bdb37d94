package dev.sluice.fetcher.verify;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The public keys of a Secret: what ends in {@code .sshpub} holds ssh keys, a line each; all else
 * is a PGP key ring.
 */
public final class TrustedKeys {

    private final List<PgpKeys> pgp = new ArrayList<>();
    private final List<SshPublicKeys> ssh = new ArrayList<>();

    private TrustedKeys() {}

    /**
     * Reads a Secret's content. What is no key is of no use and is passed over.
     *
     * @param clock tells which keys have expired
     */
    public static TrustedKeys of(Map<String, byte[]> secret, Clock clock) {
        TrustedKeys keys = new TrustedKeys();
        secret.forEach((name, value) -> {
            if (name.endsWith(".sshpub")) {
                keys.ssh.add(SshPublicKeys.read(new String(value, StandardCharsets.UTF_8)));
            } else {
                PgpKeys.read(value, clock).ifPresent(keys.pgp::add);
            }
        });
        return keys;
    }

    /**
     * Checks a signature.
     *
     * @return the key that made it: the id of a PGP key, the fingerprint of an ssh key
     */
    public String signerOf(SignedObject object) throws UntrustedException {
        Optional<String> signer =
                object.isSsh()
                        ? first(ssh.stream().map(keys -> keys.signerOf(object)).toList())
                        : first(pgp.stream().map(keys -> keys.signerOf(object)).toList());
        return signer.orElseThrow(
                () -> new UntrustedException("no key of the Secret made its signature"));
    }

    private static Optional<String> first(List<Optional<String>> answers) {
        return answers.stream().flatMap(Optional::stream).findFirst();
    }
}
