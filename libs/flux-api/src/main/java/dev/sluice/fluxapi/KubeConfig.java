package dev.sluice.fluxapi;

import dev.sluice.fluxapi.schema.Field;
import dev.sluice.fluxapi.schema.Rule;
import org.jspecify.annotations.Nullable;

/** How to reach a cluster other than the one that the object lives in. */
@Rule(
        value = "has(self.configMapRef) || has(self.secretRef)",
        message =
                "exactly one of spec.kubeConfig.configMapRef or spec.kubeConfig.secretRef must be specified")
@Rule(
        value = "!has(self.configMapRef) || !has(self.secretRef)",
        message =
                "exactly one of spec.kubeConfig.configMapRef or spec.kubeConfig.secretRef must be specified")
public record KubeConfig(
        @Field(
                        "A ConfigMap that says which cluster it is and which identity gets in without a secret: keys provider, cluster, address, ca.crt, audiences, serviceAccountName.")
                @Nullable LocalReference configMapRef,
        @Field("A Secret that holds a kubeconfig file.") @Nullable SecretKey secretRef) {

    /** A key of a Secret. */
    public record SecretKey(
            @Field("The Secret's name.") String name,
            @Field(
                            "The key of the kubeconfig in the Secret. Where none is named, value and then value.yaml are tried.")
                    @Nullable String key) {}
}
