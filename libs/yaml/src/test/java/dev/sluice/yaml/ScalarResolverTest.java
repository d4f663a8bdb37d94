package dev.sluice.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarResolverTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "017, 15",
        "0o17, 15",
        "0x1F, 31",
        "0b11, 3",
        "1_000, 1000",
        "+12, 12",
        "-0x10, -16",
        "-0o7, -7",
        "0b-1, -1",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808"
    })
    void readsIntegersInEveryBase(String text, long value) {
        assertThat(ScalarResolver.CORE.resolvePlain(text)).isEqualTo(new Scalar.Int(value));
    }

    @ParameterizedTest
    @CsvSource({
        "08, 8",
        "1., 1",
        ".5, 0.5",
        "1e3, 1000",
        "-1.5e-3, -0.0015",
        "18446744073709551616, 18446744073709551616"
    })
    void readsFloats(String text, double value) {
        assertThat(ScalarResolver.CORE.resolvePlain(text)).isEqualTo(new Scalar.Floating(value));
    }

    @Test
    void readsIntegersBeyondTheSignedRange() {
        assertThat(ScalarResolver.CORE.resolvePlain("18446744073709551615"))
                .isEqualTo(new Scalar.Uint(-1L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "No", "on", "OFF", "y", "N"})
    void takesSwitchWordsForBooleansOnlyInYaml11(String word) {
        assertThat(ScalarResolver.CORE.tagOf(word)).isEqualTo(Tags.STR);
        assertThat(ScalarResolver.YAML11.tagOf(word)).isEqualTo(Tags.BOOL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12:30",
                "1e999",
                "0x",
                "1_a",
                "--1",
                "0x-1",
                "truely",
                "1.2.3",
                "2001-13-01",
                "2001-1-1 1:1",
                "<<",
                "=",
                "."
            })
    void leavesWhatOnlyLooksTypedAString(String text) {
        assertThat(ScalarResolver.CORE.resolvePlain(text)).isEqualTo(new Scalar.Str(text));
    }

    @ParameterizedTest
    @CsvSource({
        "2001-01-01, 2001-01-01T00:00:00Z",
        "2001-1-2T3:4:5Z, 2001-01-02T03:04:05Z",
        "2001-01-02t03:04:05.120+05:30, 2001-01-02T03:04:05.12+05:30",
        "2001-01-02 03:04:05, 2001-01-02T03:04:05Z"
    })
    void readsTimestampsAndPrintsThemAsGoDoes(String text, String printed) {
        assertThat(ScalarResolver.CORE.resolvePlain(text))
                .isInstanceOfSatisfying(
                        Scalar.Timestamp.class,
                        found -> assertThat(found.rfc3339()).isEqualTo(printed));
    }

    @Test
    void makesAStringOfANumberThatTookOverQuotes() {
        Node quoted = YamlReader.MANIFEST.read("'1'");
        Node number = YamlReader.MANIFEST.read("2").takeStyle(quoted);

        assertThat(ScalarResolver.CORE.resolve(number)).isEqualTo(new Scalar.Str("2"));
    }

    @Test
    void keepsAStringAStringWhateverItsStyle() {
        Node text = YamlReader.MANIFEST.read("\"5\"").takeStyle(Node.plain("1"));

        assertThat(ScalarResolver.CORE.resolve(text)).isEqualTo(new Scalar.Str("5"));
    }

    @Test
    void refusesATagThatDoesNotFitWithoutNamingTheValue() {
        Node node = YamlReader.MANIFEST.read("!!int secret");

        assertThatThrownBy(() -> ScalarResolver.CORE.resolve(node))
                .isInstanceOf(YamlException.class)
                .hasMessageNotContaining("secret");
    }
}
