package dev.sluice.manifests.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.manifests.Bundle;
import dev.sluice.manifests.BundleLimits;
import dev.sluice.manifests.ObjectText;
import dev.sluice.sops.age.AgeException;
import dev.sluice.sops.age.AgeIdentity;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class BundleSealTest {

    private final SecureRandom random = new SecureRandom();
    private final AgeIdentity reader = AgeIdentity.generate(random);
    private final BundleSeal seal = new BundleSeal(random);

    @Test
    void opensForItsReaderAndNobodyElse() throws Exception {
        byte[] sealed = seal.seal(bundle(), reader.recipient());

        assertThat(BundleSeal.open(sealed, List.of(reader), BundleLimits.DEFAULT).objects())
                .singleElement()
                .satisfies(object ->
                        assertThat(object.tree().at("/stringData/word").asText())
                                .isEqualTo("hunter2"));
        assertThatExceptionOfType(AgeException.class)
                .isThrownBy(() ->
                        BundleSeal.open(
                                sealed,
                                List.of(AgeIdentity.generate(random)),
                                BundleLimits.DEFAULT));
    }

    @Test
    void opensForAnEarlierIdentityToo() throws Exception {
        byte[] sealed = seal.seal(bundle(), reader.recipient());

        assertThat(
                        BundleSeal.open(
                                        sealed,
                                        List.of(AgeIdentity.generate(random), reader),
                                        BundleLimits.DEFAULT)
                                .objects())
                .hasSize(1);
    }

    @Test
    void showsNothingOfWhatItHolds() throws Exception {
        byte[] sealed = seal.seal(bundle(), reader.recipient());

        assertThat(new String(sealed, StandardCharsets.ISO_8859_1))
                .doesNotContain("hunter2", "word");
    }

    @Test
    void noticesChanges() throws Exception {
        byte[] sealed = seal.seal(bundle(), reader.recipient());
        sealed[sealed.length - 20] ^= 1;

        assertThatExceptionOfType(AgeException.class)
                .isThrownBy(() -> BundleSeal.open(sealed, List.of(reader), BundleLimits.DEFAULT));
    }

    private static Bundle bundle() throws Exception {
        return new Bundle(
                List.of(
                        ObjectText.parse(
                                "apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\nstringData:\n  word: hunter2\n")));
    }
}
