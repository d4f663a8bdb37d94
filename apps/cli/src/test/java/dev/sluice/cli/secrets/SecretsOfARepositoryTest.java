package dev.sluice.cli.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sops.DecryptOptions;
import dev.sluice.sops.Format;
import dev.sluice.sops.KeyRing;
import dev.sluice.sops.Recipient;
import dev.sluice.sops.RecipientChange;
import dev.sluice.sops.Recipients;
import dev.sluice.sops.SelectionRule;
import dev.sluice.sops.SopsException;
import dev.sluice.sops.SopsWriter;
import dev.sluice.sops.age.AgeIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsOfARepositoryTest {
    private static final String SECRET =
            "apiVersion: v1\nkind: Secret\nmetadata:\n    name: a\nstringData:\n    k: v\n";

    private final SecureRandom random = new SecureRandom();
    private final SopsWriter writer = new SopsWriter(random, Clock.systemUTC(), List.of());
    private final AgeIdentity old = AgeIdentity.generate(random);
    private final AgeIdentity fresh = AgeIdentity.generate(random);

    @TempDir private Path root;

    @Test
    void tellsWhoCanOpenWhatAndWhatIsInClear() throws Exception {
        encrypted("plant/secret.yaml", SECRET, Format.YAML);
        encrypted("plant/blob", "raw", Format.BINARY);
        write("plant/open.yaml", SECRET);
        write("plant/key.enc.yaml", SECRET);
        write("plant/db.clear.yaml", "a: b\n");
        encrypted("plant/db.enc.yaml", "a: b\n", Format.YAML);
        write("plant/config.yaml", "apiVersion: v1\nkind: ConfigMap\n");
        write(".git/secret.yaml", SECRET);

        List<RepositoryFile> files = SecretSearch.in(root);

        assertThat(RepositoryFile.encrypted(files))
                .extracting(file -> file.path().toString())
                .containsExactly("plant/blob", "plant/db.enc.yaml", "plant/secret.yaml");
        assertThat(RepositoryFile.encrypted(files))
                .allSatisfy(
                        file -> assertThat(file.facts().recipients()).containsExactly(name(old)));
        assertThat(RepositoryFile.suspects(files))
                .extracting(file -> file.path().toString())
                .containsExactly("plant/db.clear.yaml", "plant/key.enc.yaml", "plant/open.yaml");
    }

    @Test
    void aKeyIsReplacedInTwoSteps() throws Exception {
        encrypted("secret.yaml", SECRET, Format.YAML);
        encrypted("settings.env", "A=1\n", Format.DOTENV);

        apply(
                new RecipientChange(
                        List.of(new Recipient.Age(fresh.recipient())), List.of(), false),
                old);
        apply(new RecipientChange(List.of(), List.of(name(old)), false), fresh);

        assertThat(RepositoryFile.encrypted(SecretSearch.in(root)))
                .hasSize(2)
                .allSatisfy(
                        file -> assertThat(file.facts().recipients()).containsExactly(name(fresh)));
    }

    @Test
    void whereOneFileFailsNothingIsPlannedForIt() throws Exception {
        encrypted("secret.yaml", SECRET, Format.YAML);
        AgeIdentity stranger = AgeIdentity.generate(random);

        Rotation.Plan plan =
                new Rotation(
                                writer,
                                new RecipientChange(List.of(), List.of(), true),
                                KeyRing.of(List.of(stranger)),
                                DecryptOptions.STRICT)
                        .plan(root, RepositoryFile.encrypted(SecretSearch.in(root)));

        assertThat(plan.changed()).isEmpty();
        assertThat(plan.failures())
                .singleElement()
                .asString()
                .startsWith("secret.yaml: ")
                .contains(name(old));
    }

    @Test
    void theRulesForNewFilesFollow() {
        String rules =
                "creation_rules:\n  - age: >-\n      age1old,\n      age1other\n  - key_groups:\n      - age:\n          - age1old # hall 7\n          - age1old\n";

        String wider =
                CreationRules.change(rules, List.of("age1old"), List.of("age1new"), List.of());
        String narrower =
                CreationRules.change(wider, List.of("age1old"), List.of(), List.of("age1old"));

        assertThat(wider)
                .contains("age1old,age1new,\n")
                .contains("          - age1old\n          - age1new\n");
        assertThat(narrower).contains("age1new,\n      age1other").doesNotContain("- age1old\n");
    }

    private void apply(RecipientChange change, AgeIdentity key) throws IOException {
        Rotation.Plan plan =
                new Rotation(writer, change, KeyRing.of(List.of(key)), DecryptOptions.STRICT)
                        .plan(root, RepositoryFile.encrypted(SecretSearch.in(root)));
        assertThat(plan.failures()).isEmpty();
        for (var file : plan.changed().entrySet()) {
            Files.write(root.resolve(file.getKey()), file.getValue());
        }
    }

    private void encrypted(String path, String clear, Format format)
            throws IOException, SopsException {
        byte[] bytes = clear.getBytes(StandardCharsets.UTF_8);
        Recipients to = Recipients.of(List.of(new Recipient.Age(old.recipient())));
        write(
                path,
                new String(
                        writer.encrypt(bytes, format, to, SelectionRule.DEFAULT, KeyRing.empty()),
                        StandardCharsets.UTF_8));
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String name(AgeIdentity identity) {
        return identity.recipient().toString();
    }
}
