package dev.sluice.kubernetes.apply;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSelectorTest {

    private static final Map<String, String> LABELS = Map.of("tier", "front", "env", "dev");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | true",
                "tier=front | true",
                "tier == front, env=dev | true",
                "tier=back | false",
                "tier!=back | true",
                "missing!=any | true",
                "env in (dev, test) | true",
                "env in (prod),tier=front | false",
                "env notin (prod, test) | true",
                "missing notin (prod) | true",
                "tier | true",
                "!tier | false",
                "!missing | true",
                "missing | false",
                "a b c | false"
            })
    void selectsAsTheApiDoes(String text, boolean selects) {
        assertThat(LabelSelector.parse(text).selects(LABELS)).isEqualTo(selects);
    }
}
