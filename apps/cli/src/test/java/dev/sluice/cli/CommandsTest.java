package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandsTest {

    private final Run run = new Run();

    @ParameterizedTest
    @CsvSource({
        "get ks, get ks",
        "-n team get ks, get -n team ks",
        "--context=a -A get all, get --context=a -A all",
        "--help get, --help get",
        "nothing get, nothing get",
        "-n team, -n team"
    })
    void optionsMayStandBeforeTheCommand(String given, String ordered) {
        assertThat(Commands.inOrder(given.split(" "))).containsExactly(ordered.split(" "));
    }

    @Test
    void readsTheCommandThatIsAskedForAlone() {
        assertThat(Commands.of(new String[] {"get", "ks"}).getSubcommands())
                .containsOnlyKeys("get");
        assertThat(Commands.of(new String[] {"gett"}).getSubcommands().size()).isGreaterThan(10);
        assertThat(Commands.of(new String[] {}).getSubcommands().size()).isGreaterThan(10);
    }

    @ParameterizedTest
    @CsvSource({"bash, complete -F", "zsh, bashcompinit", "fish, complete -c sluice -f"})
    void printsCompletionForShells(String shell, String part) {
        assertThat(run.sluice("completion", shell)).isZero();
        assertThat(run.takeOut()).contains(part, "kustomizations", "reconcile", "dead-letters");
    }

    @Test
    void variablesThatNoExpressionCanNameAreLeftOut() {
        assertThat(EnvsubstCommand.variables(Map.of("A_1", "x", "BASH_FUNC_a%%", "y", "1A", "z")))
                .containsOnlyKeys("A_1");
    }

    @Test
    void colouredIsWhatASignBegins() {
        Style coloured = new Style(true);

        assertThat(coloured.line("✔ done")).isEqualTo("\u001b[32m✔\u001b[0m done");
        assertThat(coloured.line("plain")).isEqualTo("plain");
        assertThat(coloured.row("web\tFalse\tFalse\tbroken"))
                .isEqualTo("web\tFalse\t\u001b[31mFalse\u001b[0m\tbroken");
        assertThat(coloured.row("web\tFalse\tTrue \tfine")).isEqualTo("web\tFalse\tTrue \tfine");
        assertThat(new Style(false).line("✗ no")).isEqualTo("✗ no");
    }
}
