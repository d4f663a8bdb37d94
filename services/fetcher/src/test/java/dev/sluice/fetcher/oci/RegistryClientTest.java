package dev.sluice.fetcher.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.fetcher.http.HostGate;
import dev.sluice.fetcher.http.WebAccess;
import dev.sluice.fetcher.http.WebClient;
import dev.sluice.testkit.oci.OciRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryClientTest {

    private static final RegistryCredentials USER = new RegistryCredentials("user", "secret", "");
    private static final OciRegistry.Layer LAYER =
            new OciRegistry.Layer("application/x", "content".getBytes(UTF_8), Map.of());

    @TempDir Path directory;

    private final Clock clock = Clock.systemUTC();
    private final RegistryClient client =
            new RegistryClient(new WebClient(new HostGate(4, clock)), clock);

    @ParameterizedTest
    @EnumSource
    void fetchesWhateverTheRegistryAsks(OciRegistry.Login login) throws Exception {
        try (OciRegistry registry = new OciRegistry(login)) {
            ImageName name = name(registry);
            String digest =
                    registry.push("team/app", List.of("v1"), List.of(LAYER), Map.of("a", "b"));
            Path file = directory.resolve("layer");

            assertThat(client.digest(access(USER), name, "v1")).isEqualTo(digest);
            Manifest manifest = client.manifest(access(USER), name, digest);
            client.download(access(USER), name, manifest.layers().getFirst(), file, 100);

            assertThat(manifest.annotations()).containsEntry("a", "b");
            assertThat(Files.readString(file)).isEqualTo("content");
        }
    }

    @Test
    void anUnchangedTagIsOneRequest() throws Exception {
        try (OciRegistry registry = new OciRegistry(OciRegistry.Login.TOKEN)) {
            registry.push("team/app", List.of("v1"), List.of(LAYER), Map.of());
            client.digest(access(USER), name(registry), "v1");
            int before = registry.requests().size();

            client.digest(access(USER), name(registry), "v1");

            assertThat(registry.requests().subList(before, registry.requests().size()))
                    .containsExactly("HEAD /v2/team/app/manifests/v1");
        }
    }

    @Test
    void listsTagsOfAllPages() throws Exception {
        try (OciRegistry registry = new OciRegistry(OciRegistry.Login.NONE)) {
            List<String> tags = List.of("1.0.0", "1.1.0", "1.2.0", "latest", "x");
            registry.push("team/app", tags, List.of(LAYER), Map.of());

            assertThat(client.tags(access(RegistryCredentials.ANONYMOUS), name(registry)))
                    .containsExactlyElementsOf(tags);
        }
    }

    @Test
    void aBlobThatIsNotWhatItsDigestSaysIsRefused() throws Exception {
        try (OciRegistry registry = new OciRegistry(OciRegistry.Login.NONE)) {
            String digest = registry.push("team/app", List.of("v1"), List.of(LAYER), Map.of());
            Manifest manifest = client.manifest(access(USER), name(registry), digest);
            Manifest.Layer layer = manifest.layers().getFirst();
            registry.corrupt(layer.digest(), "another".getBytes(UTF_8));

            assertThatThrownBy(() ->
                            client.download(
                                    access(USER),
                                    name(registry),
                                    layer,
                                    directory.resolve("x"),
                                    100))
                    .hasMessageContaining("not what its digest says");
            assertThatThrownBy(() ->
                            client.download(
                                    access(USER), name(registry), layer, directory.resolve("x"), 3))
                    .hasMessageContaining("more than the 3 allowed");
        }
    }

    @Test
    void wrongCredentialsAreAnAnswer() throws Exception {
        try (OciRegistry registry = new OciRegistry(OciRegistry.Login.BASIC)) {
            RegistryCredentials wrong = new RegistryCredentials("user", "guess", "");

            assertThatThrownBy(() -> client.manifest(access(wrong), name(registry), "v1"))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("401")
                    .hasMessageNotContaining("guess");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "oci://host/app:v1",
                "oci://host/app@sha256:x",
                "oci://host",
                "oci://host/",
                "oci://host/App",
                "oci://host/a//b",
                "oci://user@host/app",
                "oci://host/app?x",
                "http://host/app"
            })
    void whatIsNoRepositoryIsNone(String url) {
        assertThat(ImageName.parse(url)).isEmpty();
    }

    @Test
    void credentialsAreThoseOfTheLongestPath() throws Exception {
        String config =
                "{\"auths\":{\"https://h.example/v1/\":{\"username\":\"host\",\"password\":\"1\"},\"h.example/team\":{\"auth\":\"dGVhbToy\"},\"h.example/teams\":{\"username\":\"no\"}}}";
        Map<String, byte[]> secret = Map.of(".dockerconfigjson", config.getBytes(UTF_8));

        assertThat(RegistryCredentials.of(secret, new ImageName("h.example", "team/app")))
                .contains(new RegistryCredentials("team", "2", ""));
        assertThat(RegistryCredentials.of(secret, new ImageName("h.example", "other")))
                .contains(new RegistryCredentials("host", "1", ""));
        assertThat(RegistryCredentials.of(secret, new ImageName("elsewhere", "team"))).isEmpty();
    }

    private static ImageName name(OciRegistry registry) {
        return ImageName.parse("oci://" + registry.host() + "/team/app").orElseThrow();
    }

    private static RegistryAccess access(RegistryCredentials who) {
        return new RegistryAccess(WebAccess.plain(Duration.ofSeconds(10)), who, true);
    }
}
