package dev.sluice.kubernetes.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1000m, 1",
        "0.5, 500m",
        "1500m, 1500m",
        "2.50, 2500m",
        "100000, 100k",
        "1200, 1200",
        "1000, 1k",
        "1024Mi, 1Gi",
        "0.5Gi, 512Mi",
        "1.5Gi, 1536Mi",
        "1Ki, 1Ki",
        "0.5Ki, 512",
        "1000Ki, 1000Ki",
        "1048576Ki, 1Gi",
        "0, 0",
        "0Gi, 0",
        "0.0, 0",
        "1e3, 1e3",
        "12e2, 1200",
        "1E, 1E",
        "1000P, 1E",
        "1000E, 1000E",
        "5E3, 5e3",
        "+1, 1",
        "-0.5, -500m",
        ".5, 500m",
        "5., 5",
        "0.0001, 100u",
        "0.0000000001, 1n",
        "100u, 100u",
        "1.1Gi, 1181116007"
    })
    void bringsAmountsIntoTheirCanonicalForm(String text, String canonical) {
        assertThat(Quantity.canonical(text)).contains(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1 Gi", "1gi", "1Gib", "--1", "1e", "Gi", "."})
    void refusesWhatIsNoAmount(String text) {
        assertThat(Quantity.canonical(text)).isEmpty();
    }
}
