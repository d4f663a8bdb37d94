package dev.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SecretValuesTest {

    @Test
    void hidesWhatAnApiServerQuotes() throws Exception {
        KubernetesObject service =
                ObjectText.parse(
                        "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  type: hunter2-\"x\"\n  port: 123456\n");
        SecretValues secret = SecretValues.of(List.of(service), true);

        assertThat(
                        secret.hideIn(
                                "Service/web is invalid: spec.type: Unsupported value: \"hunter2-\\\"x\\\"\": supported values; spec.port: Invalid value: 123456"))
                .isEqualTo(
                        "Service/web is invalid: spec.type: Unsupported value: \"***\": supported values; spec.port: Invalid value: ***");
    }

    @Test
    void hidesTheDataOfSecretsInBothForms() throws Exception {
        KubernetesObject object =
                ObjectText.parse(
                        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  p: aHVudGVyMg==\n");
        SecretValues secret = SecretValues.of(List.of(object), false);

        assertThat(secret.hideIn("Secret/db: hunter2 or aHVudGVyMg=="))
                .isEqualTo("Secret/db: *** or ***");
    }

    @Test
    void leavesObjectsAloneThatHoldNothingSecret() throws Exception {
        KubernetesObject object =
                ObjectText.parse(
                        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  color: green\n");

        assertThat(SecretValues.of(List.of(object), false).hideIn("color green"))
                .isEqualTo("color green");
    }

    @Test
    void hidesWordsOfATextThatAParserStumbledOver() {
        SecretValues secret = SecretValues.ofTexts(List.of("*hunter2: [x"));

        assertThat(secret.hideIn("unknown alias hunter2")).isEqualTo("unknown alias ***");
    }
}
