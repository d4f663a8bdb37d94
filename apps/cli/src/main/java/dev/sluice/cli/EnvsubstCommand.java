package dev.sluice.cli;

import dev.sluice.manifests.Substitution;
import dev.sluice.manifests.SubstitutionException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Fills variables of the environment into a text, by the rules of {@code postBuild}. */
@Command(
        name = "envsubst",
        mixinStandardHelpOptions = true,
        description =
                "Fills variables of the environment into the standard input, line by line, as postBuild.substitute does.")
final class EnvsubstCommand implements Callable<Integer> {

    @Spec private @Nullable CommandSpec command;

    @Option(
            names = "--strict",
            description = "Fail where a variable has neither a value nor a default.")
    private boolean strict;

    @Override
    public Integer call() throws CommandFailure {
        PrintWriter out = Objects.requireNonNull(command).commandLine().getOut();
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            Substitution substitution = new Substitution(variables(System.getenv()), strict);
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.println(substitution.fill(line));
            }
            return 0;
        } catch (SubstitutionException e) {
            throw new CommandFailure("✗ " + e.getMessage());
        } catch (IOException e) {
            throw new CommandFailure("✗ the standard input can't be read: " + e.getMessage());
        } finally {
            out.flush();
        }
    }

    /** Those whose names an expression can hold; shells keep other entries there, too. */
    static Map<String, String> variables(Map<String, String> environment) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.keySet().removeIf(name -> !name.matches("[_A-Za-z][_A-Za-z0-9]*"));
        return variables;
    }
}
