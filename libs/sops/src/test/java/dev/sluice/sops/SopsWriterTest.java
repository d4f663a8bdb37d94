package dev.sluice.sops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.sops.age.AgeIdentity;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SopsWriterTest {
    private final SecureRandom random = new SecureRandom();
    private final Clock clock =
            Clock.fixed(Instant.parse("2026-03-01T12:00:00.5Z"), ZoneOffset.UTC);
    private final SopsWriter writer = new SopsWriter(random, clock, List.of());
    private final AgeIdentity first = AgeIdentity.generate(random);
    private final AgeIdentity second = AgeIdentity.generate(random);
    private final AgeIdentity third = AgeIdentity.generate(random);

    @ParameterizedTest
    @CsvSource({
        "expected.yaml, YAML",
        "expected.json, JSON",
        "expected.env, DOTENV",
        "expected.ini, INI",
        "expected.bin, BINARY"
    })
    void eachFormatComesBackAsItWas(String file, Format format) throws SopsException {
        byte[] clear = RealFiles.read(file);

        byte[] encrypted =
                writer.encrypt(clear, format, to(first), SelectionRule.DEFAULT, KeyRing.empty());

        assertThat(encrypted).asString().doesNotContain("hydraulic");
        assertThat(open(encrypted, format, first)).isEqualTo(clear);
    }

    @ParameterizedTest
    @EnumSource(SelectionRule.Kind.class)
    void eachRuleKeepsWhatItLeavesInClear(SelectionRule.Kind kind) throws SopsException {
        String yaml = "# open\nopen: one\n# secret\nsecret: two\n";
        SelectionRule rule =
                new SelectionRule(kind, kind.field().startsWith("un") ? "open" : "secret");

        String encrypted =
                text(writer.encrypt(bytes(yaml), Format.YAML, to(first), rule, KeyRing.empty()));

        assertThat(encrypted).contains("open: one").doesNotContain("secret: two");
        assertThat(text(open(bytes(encrypted), Format.YAML, first))).isEqualTo(yaml);
    }

    @Test
    void theSameFileIsEncryptedAnewEachTimeAndNeverTwice() throws SopsException {
        byte[] clear = bytes("a: b\n");
        byte[] encrypted =
                writer.encrypt(
                        clear, Format.YAML, to(first), SelectionRule.DEFAULT, KeyRing.empty());

        assertThat(
                        writer.encrypt(
                                clear,
                                Format.YAML,
                                to(first),
                                SelectionRule.DEFAULT,
                                KeyRing.empty()))
                .isNotEqualTo(encrypted);
        assertThatThrownBy(() ->
                        writer.encrypt(
                                encrypted,
                                Format.YAML,
                                to(first),
                                SelectionRule.DEFAULT,
                                KeyRing.empty()))
                .hasMessageContaining("already");
    }

    @Test
    void twoOfThreeGroupsOpenAFile() throws SopsException {
        Recipients groups = new Recipients(List.of(group(first), group(second), group(third)), 2);
        byte[] encrypted =
                writer.encrypt(
                        bytes("a: b\n"),
                        Format.YAML,
                        groups,
                        SelectionRule.DEFAULT,
                        KeyRing.empty());

        assertThat(open(encrypted, Format.YAML, first, third)).isEqualTo(bytes("a: b\n"));
        assertThat(open(encrypted, Format.YAML, first, second, third)).isEqualTo(bytes("a: b\n"));
        assertThatThrownBy(() -> open(encrypted, Format.YAML, second))
                .hasMessageContaining("1 of the 2 key groups");
    }

    @Test
    void addingARecipientChangesNothingElse() throws SopsException {
        byte[] encrypted =
                writer.encrypt(
                        bytes("a: b\n"),
                        Format.YAML,
                        to(first),
                        SelectionRule.DEFAULT,
                        KeyRing.empty());

        byte[] wider =
                change(encrypted, new RecipientChange(group(second), List.of(), false), first);

        assertThat(firstLine(wider)).isEqualTo(firstLine(encrypted));
        assertThat(open(wider, Format.YAML, second)).isEqualTo(bytes("a: b\n"));
        assertThat(open(wider, Format.YAML, first)).isEqualTo(bytes("a: b\n"));
        assertThat(change(wider, new RecipientChange(group(second), List.of(), false), first))
                .isEqualTo(wider);
    }

    @Test
    void removingARecipientMakesANewDataKey() throws SopsException {
        byte[] encrypted =
                writer.encrypt(
                        bytes("a: b\n"),
                        Format.YAML,
                        Recipients.of(List.of(recipient(first), recipient(second))),
                        SelectionRule.DEFAULT,
                        KeyRing.empty());

        byte[] narrower =
                change(
                        encrypted,
                        new RecipientChange(
                                List.of(), List.of(first.recipient().toString()), false),
                        first);

        assertThat(firstLine(narrower)).isNotEqualTo(firstLine(encrypted));
        assertThat(open(narrower, Format.YAML, second)).isEqualTo(bytes("a: b\n"));
        assertThatThrownBy(() -> open(narrower, Format.YAML, first))
                .isInstanceOf(SopsException.class);
    }

    @Test
    void theLastRecipientStays() throws SopsException {
        byte[] encrypted =
                writer.encrypt(
                        bytes("a: b\n"),
                        Format.YAML,
                        to(first),
                        SelectionRule.DEFAULT,
                        KeyRing.empty());

        assertThatThrownBy(() ->
                        change(
                                encrypted,
                                new RecipientChange(
                                        List.of(), List.of(first.recipient().toString()), false),
                                first))
                .hasMessageContaining("nobody would be left");
    }

    @Test
    void encryptsToPgpKeysAndBackWithoutAnyProgram() throws SopsException {
        Recipient pgp = Recipient.parse(text(RealFiles.read("test-public.asc")));

        byte[] encrypted =
                writer.encrypt(
                        bytes("a: b\n"),
                        Format.YAML,
                        Recipients.of(List.of(pgp)),
                        SelectionRule.DEFAULT,
                        KeyRing.empty());
        byte[] again =
                writer.change(
                        encrypted,
                        Format.YAML,
                        new RecipientChange(group(first), List.of(), true),
                        RealFiles.keys("test-secret.asc"),
                        DecryptOptions.STRICT);

        assertThat(
                        Sops.decrypt(
                                again,
                                Format.YAML,
                                Format.YAML,
                                RealFiles.keys("test-secret.asc"),
                                DecryptOptions.STRICT))
                .isEqualTo(bytes("a: b\n"));
        assertThat(open(again, Format.YAML, first)).isEqualTo(bytes("a: b\n"));
    }

    @ParameterizedTest
    @CsvSource({"test-pq.agekey", "ssh-ed25519", "ssh-rsa"})
    void encryptsToEveryKindOfAgeRecipient(String key) throws SopsException {
        KeyRing ring = RealFiles.keys(key);
        Recipient recipient = Recipient.parse(ring.recipients().getFirst());

        byte[] encrypted =
                writer.encrypt(
                        bytes("a: b\n"),
                        Format.YAML,
                        Recipients.of(List.of(recipient)),
                        SelectionRule.DEFAULT,
                        KeyRing.empty());

        assertThat(Sops.decrypt(encrypted, Format.YAML, Format.YAML, ring, DecryptOptions.STRICT))
                .isEqualTo(bytes("a: b\n"));
    }

    @Test
    void recipientsAreReadAsPeopleWriteThem() throws SopsException {
        assertThat(Recipient.parse("https://vault.example.org:8200/v1/team/transit/keys/line"))
                .hasToString("https://vault.example.org:8200/v1/team/transit/keys/line");
        assertThat(Recipient.parse("arn:aws:kms:eu-west-1:000000000000:key/1"))
                .hasToString("arn:aws:kms:eu-west-1:000000000000:key/1");
        assertThatThrownBy(() -> Recipient.parse("somebody")).hasMessageContaining("somebody");
    }

    private byte[] change(byte[] encrypted, RecipientChange change, AgeIdentity key)
            throws SopsException {
        return writer.change(
                encrypted, Format.YAML, change, KeyRing.of(List.of(key)), DecryptOptions.STRICT);
    }

    private static byte[] open(byte[] encrypted, Format format, AgeIdentity... identities)
            throws SopsException {
        return Sops.decrypt(
                encrypted, format, format, KeyRing.of(List.of(identities)), DecryptOptions.STRICT);
    }

    private static Recipients to(AgeIdentity identity) {
        return Recipients.of(group(identity));
    }

    private static List<Recipient> group(AgeIdentity identity) {
        return List.of(recipient(identity));
    }

    private static Recipient recipient(AgeIdentity identity) {
        return new Recipient.Age(identity.recipient());
    }

    private static String firstLine(byte[] file) {
        return text(file).lines().findFirst().orElseThrow();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
