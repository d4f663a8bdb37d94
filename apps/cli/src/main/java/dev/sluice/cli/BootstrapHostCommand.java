package dev.sluice.cli;

import dev.sluice.cli.bootstrap.BootstrapException;
import dev.sluice.cli.bootstrap.GitAccess;
import dev.sluice.cli.bootstrap.Hosting;
import java.net.http.HttpClient;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice bootstrap github|gitlab|gitea}: the repository is made where it is missing. */
abstract class BootstrapHostCommand implements Callable<Integer> {

    @Command(
            name = "github",
            mixinStandardHelpOptions = true,
            description = "Bootstraps from a repository at GitHub; the token is GITHUB_TOKEN.")
    static final class Github extends BootstrapHostCommand {
        Github() {
            super(Hosting.Kind.github, "github.com");
        }
    }

    @Command(
            name = "gitlab",
            mixinStandardHelpOptions = true,
            description = "Bootstraps from a project at GitLab; the token is GITLAB_TOKEN.")
    static final class Gitlab extends BootstrapHostCommand {
        Gitlab() {
            super(Hosting.Kind.gitlab, "gitlab.com");
        }
    }

    @Command(
            name = "gitea",
            mixinStandardHelpOptions = true,
            description =
                    "Bootstraps from a repository at Gitea or Forgejo; the token is GITEA_TOKEN.")
    static final class Gitea extends BootstrapHostCommand {
        Gitea() {
            super(Hosting.Kind.gitea, "gitea.com");
        }
    }

    @Spec private @Nullable CommandSpec spec;

    @Mixin private final BootstrapOptions options = new BootstrapOptions();

    @Option(
            names = "--owner",
            paramLabel = "NAME",
            required = true,
            description = "Organisation, group or user.")
    private String owner = "";

    @Option(
            names = "--repository",
            paramLabel = "NAME",
            required = true,
            description = "Name of the repository.")
    private String repository = "";

    @Option(
            names = "--hostname",
            paramLabel = "HOST",
            description = "A service of your own, for example git.example.com.")
    private @Nullable String host;

    @Option(names = "--personal", description = "The owner is a user.")
    private boolean personal;

    @Option(
            names = "--private",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            defaultValue = "true",
            description = "Whether a new repository is private; ${DEFAULT-VALUE} by default.")
    private boolean secret = true;

    @Option(
            names = "--token-auth",
            description =
                    "The cluster reads with the token. It always does: the option is taken for the sake of Flux's users.")
    boolean tokenAuth;

    @Option(names = "--insecure-http", description = "Plain HTTP, for a service within the house.")
    private boolean plain;

    private final Hosting.Kind kind;
    private final String usualHost;

    private BootstrapHostCommand(Hosting.Kind kind, String usualHost) {
        this.kind = kind;
        this.usualHost = usualHost;
    }

    @Override
    public Integer call() throws CommandFailure {
        String variable = kind.name().toUpperCase(Locale.ROOT) + "_TOKEN";
        String token = System.getenv(variable);
        if (token == null || token.isBlank()) {
            throw new CommandFailure("the token is taken from the variable " + variable + ".", 2);
        }
        Hosting.Wanted wanted =
                new Hosting.Wanted(
                        kind, host == null ? usualHost : host, owner, repository, personal, secret);
        String url;
        try (HttpClient http = HttpClient.newHttpClient()) {
            url = new Hosting(http, token.strip(), plain ? "http" : "https").ensure(wanted);
        } catch (BootstrapException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
        return options.run(
                url,
                new GitAccess(Hosting.userOf(kind), token.strip(), null, null),
                Objects.requireNonNull(spec).commandLine().getOut());
    }
}
