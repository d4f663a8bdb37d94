package dev.sluice.cli;

import dev.sluice.cli.bootstrap.GitAccess;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice bootstrap git}: with any repository. */
@Command(
        name = "git",
        mixinStandardHelpOptions = true,
        description = "Bootstraps from any Git repository.")
final class BootstrapGitCommand implements Callable<Integer> {

    @Spec private @Nullable CommandSpec spec;

    @Mixin private final BootstrapOptions options = new BootstrapOptions();

    @Option(names = "--url", paramLabel = "URL", required = true, description = "The repository.")
    private String url = "";

    @Option(names = "--username", paramLabel = "NAME", description = "For HTTPS.")
    private @Nullable String username;

    @Option(
            names = "--private-key-file",
            paramLabel = "FILE",
            description = "A private SSH key that may push.")
    private @Nullable Path identity;

    @Option(
            names = "--known-hosts",
            paramLabel = "FILE",
            description = "The keys of the SSH server.")
    private @Nullable Path knownHosts;

    /** The password comes by the environment: an argument would be seen by everyone. */
    @Override
    public Integer call() throws CommandFailure {
        String password = System.getenv("GIT_PASSWORD");
        if (username != null && password == null) {
            throw new CommandFailure(
                    "with --username the password or token is taken from the variable GIT_PASSWORD.",
                    2);
        }
        return options.run(
                url,
                new GitAccess(username, password, identity, knownHosts),
                Objects.requireNonNull(spec).commandLine().getOut());
    }
}
