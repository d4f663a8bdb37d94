package dev.sluice.fetcher.gitrepository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifacts.ArtifactBuilder;
import dev.sluice.artifacts.ArtifactLimits;
import dev.sluice.fetcher.source.SourceException;
import org.junit.jupiter.api.Test;

class ClearSecretsTest {

    @Test
    void refusesAClearFileBesideItsEncryptedOne() throws Exception {
        ArtifactBuilder tree =
                tree("a/db.clear.yaml", "a/db.enc.yaml", "b/x.clear.env", "b/x.enc.env");

        assertThatThrownBy(() -> new ClearSecrets(true).check(tree))
                .isInstanceOfSatisfying(
                        SourceException.class,
                        e -> assertThat(e.reason()).isEqualTo("SecretInClear"))
                .hasMessageContaining("a/db.clear.yaml, b/x.clear.env");
    }

    @Test
    void letsAClearFilePassThatHasNoEncryptedOneBesideIt() throws Exception {
        ArtifactBuilder tree = tree("a/db.clear.yaml", "b/db.enc.yaml", "c/db.enc.yaml");

        assertThatCode(() -> new ClearSecrets(true).check(tree)).doesNotThrowAnyException();
    }

    @Test
    void letsEverythingPassWhereThatIsSet() throws Exception {
        ArtifactBuilder tree = tree("db.clear.yaml", "db.enc.yaml");

        assertThatCode(() -> new ClearSecrets(false).check(tree)).doesNotThrowAnyException();
    }

    private static ArtifactBuilder tree(String... files) throws Exception {
        ArtifactBuilder tree = new ArtifactBuilder(ArtifactLimits.DEFAULT);
        for (String file : files) {
            tree.file(file, false, new byte[0]);
        }
        return tree;
    }
}
