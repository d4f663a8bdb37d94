package dev.sluice.fluxapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "+0, 0s",
        "-0, 0s",
        "0s, 0s",
        "1ns, 1ns",
        "999ns, 999ns",
        "1us, 1µs",
        "1\u00b5s, 1µs",
        "1\u03bcs, 1µs",
        "1100ns, 1.1µs",
        "2.2ms, 2.2ms",
        "999.999999ms, 999.999999ms",
        "1s, 1s",
        ".5s, 500ms",
        "5.s, 5s",
        "1.5s, 1.5s",
        "60s, 1m0s",
        "10m, 10m0s",
        "1h, 1h0m0s",
        "90m, 1h30m0s",
        "1h15m30.918273645s, 1h15m30.918273645s",
        "-1.5h, -1h30m0s",
        "-1ms, -1ms",
        "1h1s, 1h0m1s",
        "100h, 100h0m0s",
        "3ns0.5us, 503ns",
        "0.3333333333333333333h, 20m0s",
        "9007199254.740993s, 2501999h47m34.740993s",
        "0.100000000000000000000h, 6m0s",
        "9223372036854775807ns, 2562047h47m16.854775807s",
        "-9223372036854775808ns, -2562047h47m16.854775808s",
        "-2562047h47m16.854775808s, -2562047h47m16.854775808s"
    })
    void printsWhatGoPrints(String text, String printed) {
        GoDuration duration = GoDuration.parse(text);

        assertThat(duration).hasToString(printed);
        assertThat(GoDuration.parse(printed)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "3",
                "-",
                "s",
                ".",
                "-.",
                ".s",
                "+.s",
                "1d",
                "1x",
                "1h-1m",
                " 1s",
                "1s ",
                "1e3s",
                "9223372036854775808ns",
                "-9223372036854775809ns",
                "3000000h",
                "9223372036854775808s",
                "9223372036854775.808us",
                "1S"
            })
    void refusesWhatGoRefuses(String text) {
        assertThatThrownBy(() -> GoDuration.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("time: ");
    }
}
