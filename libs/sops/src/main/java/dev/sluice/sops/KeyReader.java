package dev.sluice.sops;

import dev.sluice.sops.age.AgeException;
import dev.sluice.sops.age.AgeIdentity;
import dev.sluice.sops.age.SshKeys;
import dev.sluice.sops.kms.Credentials;
import dev.sluice.sops.kms.WorkloadIdentity;
import dev.sluice.sops.pgp.PgpException;
import dev.sluice.sops.pgp.PgpPublicKey;
import dev.sluice.sops.pgp.PgpSecretKey;
import dev.sluice.yaml.Entry;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Fills a {@link KeyRing}: tells keys apart by the name of their entry, or by what they hold. */
final class KeyReader {
    private static final int MAX_KEY_BYTES = 1024 * 1024;

    private static final Set<String> GOOGLE =
            Set.of("service_account", "authorized_user", "external_account");
    private static final Pattern VAULT_TOKEN =
            Pattern.compile("(hvs|hvb|s|b)\\.[A-Za-z0-9_.-]{10,}");

    private final boolean sshKeys;
    private final List<PgpSecretKey> pgpKeys = new ArrayList<>();
    private final List<PgpPublicKey> publicPgpKeys = new ArrayList<>();
    private final List<AgeIdentity> ageIdentities = new ArrayList<>();
    private final List<String> ignored = new ArrayList<>();
    private @Nullable String vaultToken;
    private @Nullable String vaultAddress;
    private @Nullable String awsKms;
    private @Nullable String azureKeyVault;
    private @Nullable String gcpKms;

    /**
     * @param sshKeys whether SSH keys open age files, and public keys are taken to encrypt to: on
     *     the command line, not in a cluster
     */
    KeyReader(boolean sshKeys) {
        this.sshKeys = sshKeys;
    }

    KeyRing ring() {
        return new KeyRing(
                ageIdentities,
                pgpKeys,
                publicPgpKeys,
                new Credentials(
                        Optional.ofNullable(vaultToken),
                        Optional.ofNullable(vaultAddress),
                        Optional.ofNullable(awsKms),
                        Optional.ofNullable(azureKeyVault),
                        Optional.ofNullable(gcpKms),
                        WorkloadIdentity.NONE),
                ignored);
    }

    void secretEntry(String name, byte[] content) throws SopsException {
        String text = text(name, content);
        switch (name) {
            case "sops.vault-token" -> vaultToken = text.strip();
            case "sops.vault-address" -> vaultAddress = text.strip();
            case "sops.aws-kms" -> awsKms = text;
            case "sops.azure-kv" -> azureKeyVault = azureText(content);
            case "sops.gcp-kms" -> gcpKms = text;
            default -> {
                if (name.endsWith(".agekey")) {
                    ageKeys(name, text);
                } else if (!keyByContent(name, text)) {
                    if (name.endsWith(".asc")) {
                        throw noKey(name, "it is not an armored PGP secret key");
                    }
                    ignored.add(name);
                }
            }
        }
    }

    void keyFile(String name, byte[] content) throws SopsException {
        String text = text(name, content);
        Node root = mapping(text);
        if (root.has("kind")) {
            manifest(name, root);
        } else if (root.has("aws_access_key_id")) {
            awsKms = text;
        } else if (GOOGLE.contains(String.valueOf(root.text("type")))) {
            gcpKms = text;
        } else if (root.has("clientId") || root.has("appId")) {
            azureKeyVault = azureText(content);
        } else if (!keyByContent(name, text)) {
            if (!VAULT_TOKEN.matcher(text.strip()).matches()) {
                throw noKey(name, "it holds no key of a kind that is known");
            }
            vaultToken = text.strip();
        }
    }

    /** The text as a map; an empty one when it is none. */
    private static Node mapping(String text) {
        try {
            Node root = YamlReader.MANIFEST.read(text);
            return root.isMapping() ? root : Node.mapping();
        } catch (YamlException e) {
            return Node.mapping();
        }
    }

    private void manifest(String name, Node root) throws SopsException {
        if (!"Secret".equals(root.text("kind")) || root.has(MetadataReader.SOPS)) {
            throw noKey(name, "it is a manifest, and no Secret in clear");
        }
        for (Entry entry : entries(root.get("stringData"))) {
            secretEntry(entry.name(), entry.value().value().getBytes(StandardCharsets.UTF_8));
        }
        for (Entry entry : entries(root.get("data"))) {
            try {
                secretEntry(entry.name(), Base64.getMimeDecoder().decode(entry.value().value()));
            } catch (IllegalArgumentException e) {
                throw noKey(name, "its entry " + entry.name() + " is not Base64");
            }
        }
    }

    private static List<Entry> entries(@Nullable Node map) {
        return map == null ? List.of() : map.entries();
    }

    private boolean keyByContent(String name, String text) throws SopsException {
        if (text.lines()
                .map(String::strip)
                .anyMatch(line -> line.regionMatches(true, 0, "AGE-SECRET-KEY-", 0, 15))) {
            ageKeys(name, text);
            return true;
        }
        if (text.contains(PgpSecretKey.ARMOR)) {
            try {
                pgpKeys.add(PgpSecretKey.parse(text));
                return true;
            } catch (PgpException e) {
                throw noKey(name, e.getMessage());
            }
        }
        if (sshKeys && text.contains(PgpPublicKey.ARMOR)) {
            try {
                publicPgpKeys.add(PgpPublicKey.parse(text));
                return true;
            } catch (PgpException e) {
                throw noKey(name, e.getMessage());
            }
        }
        if (sshKeys && text.contains(SshKeys.ARMOR)) {
            try {
                ageIdentities.add(SshKeys.identity(text));
                return true;
            } catch (AgeException e) {
                throw noKey(name, e.getMessage());
            }
        }
        return false;
    }

    private void ageKeys(String name, String text) throws SopsException {
        try {
            ageIdentities.addAll(AgeIdentity.parseFile(text));
        } catch (AgeException e) {
            throw noKey(name, e.getMessage());
        }
    }

    private static String text(String name, byte[] content) throws SopsException {
        if (content.length > MAX_KEY_BYTES) {
            throw new SopsException(
                    SopsException.Kind.LIMIT,
                    "the key " + name + " is larger than " + MAX_KEY_BYTES + " bytes");
        }
        return new String(content, StandardCharsets.UTF_8);
    }

    /** Azure's tools on Windows write UTF-16 with a byte order mark. */
    private static String azureText(byte[] content) {
        boolean utf16 =
                content.length > 1
                        && ((content[0] == (byte) 0xfe && content[1] == (byte) 0xff)
                                || (content[0] == (byte) 0xff && content[1] == (byte) 0xfe));
        return new String(content, utf16 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8)
                .replace("\ufeff", "");
    }

    private static SopsException noKey(String name, @Nullable String why) {
        return new SopsException(
                SopsException.Kind.NO_KEY, "the key " + name + " cannot be used: " + why);
    }
}
