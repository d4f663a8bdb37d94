package dev.sluice.fetcher.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testkit.git.SampleRepository;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPKeyRingGenerator;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPDigestCalculatorProviderBuilder;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPKeyPair;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignatureTest {

    private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");
    private static final Clock NOW = Clock.fixed(MADE.plusSeconds(3600), ZoneOffset.UTC);
    private static final KeyPair RSA = key("RSA");

    @TempDir Path directory;

    @Test
    void aCommitSignedByATrustedKeyTellsTheKey() throws Exception {
        PgpSigner signer = new PgpSigner(RSA, 0);
        byte[] raw = commit(signer);

        String key =
                TrustedKeys.of(Map.of("me.asc", signer.publicKey()), NOW)
                        .signerOf(SignedObject.commit(raw).orElseThrow());

        assertThat(key).isEqualTo("%016X".formatted(signer.pair.getKeyID()));
    }

    @Test
    void aChangedCommitIsNotTrusted() throws Exception {
        PgpSigner signer = new PgpSigner(RSA, 0);
        String raw = new String(commit(signer), UTF_8);
        byte[] changed = raw.replace("signed message", "another message").getBytes(UTF_8);

        assertUntrusted(changed, Map.of("me.asc", signer.publicKey()), NOW);
    }

    @Test
    void aCommitSignedByAnotherKeyIsNotTrusted() throws Exception {
        byte[] raw = commit(new PgpSigner(key("RSA"), 0));

        assertUntrusted(raw, Map.of("me.asc", new PgpSigner(RSA, 0).publicKey()), NOW);
        assertUntrusted(raw, Map.of("me.asc", "no key".getBytes(UTF_8)), NOW);
        assertUntrusted(raw, Map.of(), NOW);
    }

    @Test
    void anExpiredKeyIsNotTrusted() throws Exception {
        PgpSigner signer = new PgpSigner(RSA, 60);
        Map<String, byte[]> keys = Map.of("me.asc", signer.publicKey());
        byte[] raw = commit(signer);

        assertUntrusted(raw, keys, NOW);
        Clock early = Clock.fixed(MADE.plusSeconds(30), ZoneOffset.UTC);
        assertThat(TrustedKeys.of(keys, early).signerOf(SignedObject.commit(raw).orElseThrow()))
                .isNotEmpty();
    }

    @Test
    void aTagIsTakenApart() throws Exception {
        PgpSigner signer = new PgpSigner(RSA, 0);
        byte[] raw;
        try (SampleRepository repository =
                SampleRepository.in(directory, "fleet").signedBy(signer)) {
            String commit = repository.commit("one", Map.of("a", "1"));
            raw = raw(repository.annotatedTag("v1", commit, "first release\n"));
        }

        SignedObject signed = SignedObject.tag(raw).orElseThrow();

        assertThat(TrustedKeys.of(Map.of("me.asc", signer.publicKey()), NOW).signerOf(signed))
                .isNotEmpty();
    }

    @Test
    void anSshSignatureTellsTheFingerprintOfTheKey() throws Exception {
        byte[] raw = commit(content -> sshSignature(RSA, "git", content));
        Map<String, byte[]> keys = Map.of("me.sshpub", sshKey(RSA));

        String key = TrustedKeys.of(keys, NOW).signerOf(SignedObject.commit(raw).orElseThrow());

        assertThat(key).isEqualTo(KeyUtils.getFingerPrint(RSA.getPublic()));
        assertUntrusted(raw, Map.of("me.sshpub", sshKey(key("RSA"))), NOW);
    }

    @Test
    void anSshSignatureForSomethingElseThanGitIsNotTrusted() throws Exception {
        byte[] raw = commit(content -> sshSignature(RSA, "file", content));

        assertUntrusted(raw, Map.of("me.sshpub", sshKey(RSA)), NOW);
    }

    @Test
    void whatIsNotSignedHasNoSignature() throws Exception {
        byte[] raw = commit(null);

        assertThat(SignedObject.commit(raw)).isEmpty();
        assertThat(SignedObject.tag(raw)).isEmpty();
    }

    @Test
    void aSignatureThatIsRubbishIsNotTrusted() throws Exception {
        String pgp = "-----BEGIN PGP SIGNATURE-----\n\nrubbish\n-----END PGP SIGNATURE-----";
        String ssh = "-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----";
        Map<String, byte[]> keys =
                Map.of("me.asc", new PgpSigner(RSA, 0).publicKey(), "me.sshpub", sshKey(RSA));

        assertUntrusted(commit(content -> pgp), keys, NOW);
        assertUntrusted(commit(content -> ssh), keys, NOW);
    }

    private static void assertUntrusted(byte[] raw, Map<String, byte[]> keys, Clock clock) {
        SignedObject signed = SignedObject.commit(raw).orElseThrow();
        assertThatThrownBy(() -> TrustedKeys.of(keys, clock).signerOf(signed))
                .isInstanceOf(UntrustedException.class);
    }

    private byte[] commit(SampleRepository.Signer signer) throws IOException {
        try (SampleRepository repository =
                SampleRepository.in(directory, "fleet").signedBy(signer)) {
            return raw(repository.commit("signed message", Map.of("a", "1")));
        }
    }

    private byte[] raw(String id) throws IOException {
        Path path = directory.resolve("fleet.git");
        try (Repository repository =
                new FileRepositoryBuilder().setGitDir(path.toFile()).setBare().build()) {
            return repository.open(ObjectId.fromString(id)).getBytes();
        }
    }

    private static String sshSignature(KeyPair key, String namespace, byte[] content)
            throws IOException {
        try {
            ByteArrayBuffer signed = new ByteArrayBuffer();
            signed.putRawBytes("SSHSIG".getBytes(UTF_8));
            signed.putString(namespace);
            signed.putString("");
            signed.putString("sha512");
            signed.putBytes(MessageDigest.getInstance("SHA-512").digest(content));
            Signature signature = Signature.getInstance("SHA512withRSA");
            signature.initSign(key.getPrivate());
            signature.update(signed.getCompactData());
            ByteArrayBuffer inner = new ByteArrayBuffer();
            inner.putString("rsa-sha2-512");
            inner.putBytes(signature.sign());
            ByteArrayBuffer publicKey = new ByteArrayBuffer();
            publicKey.putRawPublicKey(key.getPublic());
            ByteArrayBuffer blob = new ByteArrayBuffer();
            blob.putRawBytes("SSHSIG".getBytes(UTF_8));
            blob.putInt(1);
            blob.putBytes(publicKey.getCompactData());
            blob.putString(namespace);
            blob.putString("");
            blob.putString("sha512");
            blob.putBytes(inner.getCompactData());
            String body =
                    Base64.getMimeEncoder(70, new byte[] {'\n'})
                            .encodeToString(blob.getCompactData());
            return "-----BEGIN SSH SIGNATURE-----\n" + body + "\n-----END SSH SIGNATURE-----";
        } catch (java.security.GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static byte[] sshKey(KeyPair key) {
        return ("# a comment\n" + PublicKeyEntry.toString(key.getPublic()) + " me@example.com\n")
                .getBytes(UTF_8);
    }

    private static KeyPair key(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A PGP key that signs. */
    private static final class PgpSigner implements SampleRepository.Signer {

        private final PGPKeyPair pair;
        private final PGPPublicKey published;

        PgpSigner(KeyPair key, long validSeconds) throws Exception {
            pair =
                    new JcaPGPKeyPair(
                            PublicKeyPacket.VERSION_4,
                            PublicKeyAlgorithmTags.RSA_GENERAL,
                            key,
                            Date.from(MADE));
            PGPSignatureSubpacketGenerator hashed = new PGPSignatureSubpacketGenerator();
            if (validSeconds > 0) {
                hashed.setKeyExpirationTime(false, validSeconds);
            }
            published =
                    new PGPKeyRingGenerator(
                                    PGPSignature.POSITIVE_CERTIFICATION,
                                    pair,
                                    "me <me@example.com>",
                                    new JcaPGPDigestCalculatorProviderBuilder()
                                            .build()
                                            .get(HashAlgorithmTags.SHA1),
                                    hashed.generate(),
                                    null,
                                    new JcaPGPContentSignerBuilder(
                                            PublicKeyAlgorithmTags.RSA_GENERAL,
                                            HashAlgorithmTags.SHA256),
                                    null)
                            .generatePublicKeyRing()
                            .getPublicKey();
        }

        byte[] publicKey() throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (OutputStream armoured = new ArmoredOutputStream(out)) {
                published.encode(armoured);
            }
            return out.toByteArray();
        }

        @Override
        public String sign(byte[] content) throws IOException {
            try {
                PGPSignatureGenerator generator =
                        new PGPSignatureGenerator(
                                new JcaPGPContentSignerBuilder(
                                        PublicKeyAlgorithmTags.RSA_GENERAL,
                                        HashAlgorithmTags.SHA256),
                                pair.getPublicKey());
                generator.init(PGPSignature.BINARY_DOCUMENT, pair.getPrivateKey());
                generator.update(content);
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                try (OutputStream armoured = new ArmoredOutputStream(out)) {
                    generator.generate().encode(armoured);
                }
                return out.toString(UTF_8).strip();
            } catch (org.bouncycastle.openpgp.PGPException e) {
                throw new IOException(e);
            }
        }
    }
}
