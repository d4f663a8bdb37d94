package dev.sluice.patterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedPatternTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{1,1000}){1,1000}){1,1000}",
                "(((a{100}){100}){100})",
                "(?:(?:x{500}){500}){500}",
                "([a-z]{1000}[0-9]{900}){1000}",
                "(\\p{L}{1000}){1000}",
                "((a{1000})+){1000}",
                "((\\({300}){300}){300}",
                "(([])]{300}){300}){300}"
            })
    void refusesRepetitionsThatWouldFillAllMemory(String text) {
        assertThatThrownBy(() -> BoundedPattern.compile(text))
                .isInstanceOf(PatternSyntaxException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$",
                "v[0-9]{1,4}(\\.[0-9]{1,4}){0,3}",
                "a{1000}",
                "{}",
                "a{,5}",
                "x{1",
                "\\Q{1000}{1000}\\E",
                "(a|b|)*",
                "[^]]*",
                "[[:alpha:]]{1,100}"
            })
    void takesWhatPeopleWrite(String text) {
        assertThat(BoundedPattern.compile(text)).isNotNull();
    }

    @Test
    void refusesWhatIsTooLongOrTooDeep() {
        assertThatThrownBy(() -> BoundedPattern.compile("a".repeat(20_000)))
                .isInstanceOf(PatternSyntaxException.class);
        assertThatThrownBy(() -> BoundedPattern.compile("(".repeat(5_000) + ")".repeat(5_000)))
                .isInstanceOf(PatternSyntaxException.class);
    }

    @Test
    void anExpressionThatIsNoneIsNone() {
        assertThatThrownBy(() -> BoundedPattern.compile("(a"))
                .isInstanceOf(PatternSyntaxException.class);
        assertThatThrownBy(() -> BoundedPattern.compile("a\\"))
                .isInstanceOf(PatternSyntaxException.class);
    }
}
