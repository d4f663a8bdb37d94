package dev.sluice.helm.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRangeTest {

    private static final List<String> TAGS =
            List.of(
                    "v0.9.0",
                    "1.0.0",
                    "v1.1.0",
                    "v1.1.3",
                    "v1.2.0-rc.1",
                    "v1.2.0-rc.2",
                    "v2.0.0-beta.1",
                    "nightly",
                    "v1.10.0-alpha",
                    "1.1",
                    "v1.1.2");

    @ParameterizedTest
    @CsvSource({
        "*,v1.1.3",
        "1.x,v1.1.3",
        "1,v1.1.3",
        "~1.1.0,v1.1.3",
        "^0.9,v0.9.0",
        "1.0.0,1.0.0",
        "=1.0.0,1.0.0",
        "<1.1.3,v1.1.2",
        ">=1.0.0-0,v2.0.0-beta.1",
        "~1.2.0-0,v1.2.0-rc.2",
        "1.2.0-rc.1,v1.2.0-rc.1",
        "0.9.x || 1.0.x,1.0.0",
        ">=1.0.0 <1.1.3,v1.1.2",
        "'>=1.0.0, <1.1.3',v1.1.2",
        "1.0.0 - 1.1.2,v1.1.2",
        ">1.0,v1.1.3",
        "<=1.0,1.0.0",
        "!=1.1.3,v1.1.2",
        "^1.0.0,v1.1.3",
        "~1,v1.1.3",
        ">= 1.0.0 < 1.1,1.0.0",
        "<1,v0.9.0",
        ">=1.1.x,v1.1.3"
    })
    void theHighestVersionInTheRangeWins(String range, String tag) {
        assertThat(highest(range)).contains(tag);
    }

    @ParameterizedTest
    @ValueSource(strings = {">=3.0.0", ">2", "1.5.x", "^0.8.0", "~0.8"})
    void nothingMayBeInTheRange(String range) {
        assertThat(highest(range)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "not a range",
                ">",
                "1.2.3.4",
                ">=1.0.0 nonsense",
                "1 ||",
                "==1",
                "1.0.0-",
                "^^1"
            })
    void whatIsNoRangeIsRefused(String text) {
        assertThat(VersionRange.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "^0.2.3,0.2.9,true",
        "^0.2.3,0.3.0,false",
        "^0.0.3,0.0.3,true",
        "^0.0.3,0.0.4,false",
        "^0,0.9.9,true",
        "^0,1.0.0,false",
        "^0.0,0.0.9,true",
        "^0.0,0.1.0,false",
        "~1.2.3,1.2.2,false",
        "~1.2.3,1.3.0,false",
        "~1,1.9.0,true",
        "^1.2.0-0,2.0.0-rc.1,false",
        "^1.2.0-0,1.3.0-rc.1,true",
        ">1.2.0-rc.1,1.2.0,true",
        "<2,2.0.0-rc.1,false"
    })
    void knowsTheEdgesOfARange(String range, String version, boolean contained) {
        Version parsed = Version.parse(version).orElseThrow();

        assertThat(VersionRange.parse(range).orElseThrow().contains(parsed)).isEqualTo(contained);
    }

    @Test
    void ordersVersionsAsTheSpecificationSays() {
        List<String> ordered =
                List.of(
                        "1.0.0-alpha",
                        "1.0.0-alpha.1",
                        "1.0.0-alpha.beta",
                        "1.0.0-beta",
                        "1.0.0-beta.2",
                        "1.0.0-beta.11",
                        "1.0.0-rc.1",
                        "1.0.0",
                        "1.0.1",
                        "1.2.0",
                        "1.10.0",
                        "2.0.0");

        assertThat(
                        ordered.reversed().stream()
                                .sorted(
                                        Comparator.comparing(
                                                text -> Version.parse(text).orElseThrow())))
                .containsExactlyElementsOf(ordered);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nightly",
                "v",
                "1.2.3.4",
                "1.a",
                "",
                "1.2.3-",
                "1.2.3-a..b",
                "99999999999999999999.0.0"
            })
    void whatIsNoVersionIsPassedOver(String text) {
        assertThat(Version.parse(text)).isEmpty();
    }

    @Test
    void missingPartsAreZero() {
        assertThat(Version.parse("v1.2")).isEqualTo(Version.parse("1.2.0+build.5"));
        assertThat(Arrays.asList(Version.parse("v1")))
                .containsExactly(Optional.of(new Version(1, 0, 0, "")));
    }

    private static Optional<String> highest(String text) {
        VersionRange range = VersionRange.parse(text).orElseThrow();
        return TAGS.stream()
                .filter(tag -> Version.parse(tag).filter(range::contains).isPresent())
                .max(Comparator.comparing(tag -> Version.parse(tag).orElseThrow()));
    }
}
