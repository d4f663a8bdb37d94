package dev.sluice.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Ed25519 key by which one service signs its records. It lies in a file that only the service
 * may read; the public half lies beside it, for those who verify. A key that is taken away is
 * replaced by a new one at the next start, and the public halves of both stay known.
 */
public final class ServiceKey {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceKey.class);

    private final Ed25519PrivateKeyParameters secret;
    private final String open;

    private ServiceKey(Ed25519PrivateKeyParameters secret) {
        this.secret = secret;
        this.open = Base64.getEncoder().encodeToString(secret.generatePublicKey().getEncoded());
    }

    public static ServiceKey generate(SecureRandom random) {
        return new ServiceKey(new Ed25519PrivateKeyParameters(random));
    }

    /**
     * Reads the key of a service, or makes one. Where it should be mounted and is not, it is one
     * for this process only: the chain still tells what was changed, and no longer by whom.
     *
     * @param producer as on the wire, for example {@code sluice/renderer}
     * @throws IOException where the file is no key, or the directory cannot be written
     */
    public static ServiceKey of(Path directory, String producer, SecureRandom random)
            throws IOException {
        Path file = directory.resolve(fileName(producer) + ".key");
        if (Files.isDirectory(directory) && !Files.isWritable(directory) && !Files.exists(file)) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .log(
                            "no signing key is mounted: records are signed with one that nobody keeps");
            return generate(random);
        }
        Files.createDirectories(directory);
        ServiceKey key = Files.exists(file) ? read(file) : make(file, random);
        // A key that is mounted lies where nothing can be written: who mounted it has its public
        // half.
        if (Files.isWritable(directory)) {
            publish(directory.resolve(fileName(producer) + TrustedKeys.PUBLIC), key.open);
        }
        return key;
    }

    /** The public half: base64 of its 32 bytes. */
    public String publicText() {
        return open;
    }

    /** The secret half as its file holds it: base64 of its 32 bytes. */
    public String secretText() {
        return Base64.getEncoder().encodeToString(secret.getEncoded());
    }

    /** {@code <public key>.<signature>}, both in base64. */
    String sign(byte[] digest) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, secret);
        signer.update(digest, 0, digest.length);
        return open + '.' + Base64.getEncoder().encodeToString(signer.generateSignature());
    }

    /** The public half, of what {@link #sign} made. */
    static String keyOf(String signature) {
        return signature.substring(0, Math.max(signature.indexOf('.'), 0));
    }

    static String fileName(String producer) {
        return producer.replace('/', '-');
    }

    private static ServiceKey read(Path file) throws IOException {
        try {
            return new ServiceKey(
                    new Ed25519PrivateKeyParameters(
                            Base64.getDecoder().decode(Files.readString(file).strip())));
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    file
                            + " is no signing key: put it back from a copy, or remove it to have a new one made");
        }
    }

    /** Whole or not at all, and of two that make one at once the first counts for both. */
    private static ServiceKey make(Path file, SecureRandom random) throws IOException {
        ServiceKey key = generate(random);
        Path draft =
                Files.createTempFile(
                        file.toAbsolutePath().getParent(),
                        "key",
                        ".new",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(draft, key.secretText());
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.createLink(file, draft);
            return key;
        } catch (FileAlreadyExistsException e) {
            return read(file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void publish(Path file, String open) throws IOException {
        String before = Files.exists(file) ? Files.readString(file) : "";
        if (before.lines().noneMatch(open::equals)) {
            Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), "pub", ".new");
            Files.writeString(draft, before + open + "\n", StandardCharsets.UTF_8);
            Files.move(
                    draft,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public String toString() {
        return "ServiceKey " + open;
    }
}
