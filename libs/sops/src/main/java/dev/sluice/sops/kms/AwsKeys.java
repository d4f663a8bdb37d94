package dev.sluice.sops.kms;

import dev.sluice.yaml.Node;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlReader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * AWS access keys.
 *
 * @param sessionToken for temporary keys
 */
record AwsKeys(String accessKeyId, String secretKey, Optional<String> sessionToken) {

    /** Reads the YAML of the entry {@code sops.aws-kms}. */
    static AwsKeys parse(String yaml) throws KeyServiceException {
        Node root;
        try {
            root = YamlReader.MANIFEST.read(yaml);
        } catch (YamlException e) {
            root = Node.mapping();
        }
        @Nullable String id = root.text("aws_access_key_id");
        @Nullable String secret = root.text("aws_secret_access_key");
        if (id == null || secret == null) {
            throw new KeyServiceException(
                    "the entry sops.aws-kms must hold aws_access_key_id and aws_secret_access_key",
                    false);
        }
        return new AwsKeys(
                id,
                secret,
                Optional.ofNullable(root.text("aws_session_token"))
                        .filter(token -> !token.isEmpty()));
    }

    @Override
    public String toString() {
        return "AwsKeys[" + accessKeyId + ']';
    }
}
