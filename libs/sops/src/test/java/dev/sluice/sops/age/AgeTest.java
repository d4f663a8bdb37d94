package dev.sluice.sops.age;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgeTest {
    private final SecureRandom random = new SecureRandom();
    private final Age age = new Age(random);
    private final X25519Identity identity = AgeIdentity.generate(random);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16, 65535, 65536, 65537, 131072, 200000})
    void opensWhatItSealedWhateverTheChunks(int length) throws AgeException {
        byte[] plaintext = bytes(length);

        byte[] binary = age.encrypt(plaintext, List.of(identity.recipient()));
        byte[] armored = age.encryptArmored(plaintext, List.of(identity.recipient()));

        assertThat(Age.decrypt(binary, List.of(identity))).isEqualTo(plaintext);
        assertThat(Age.decrypt(armored, List.of(identity))).isEqualTo(plaintext);
        assertThat(Age.isAgeFile(binary)).isTrue();
        assertThat(Age.isAgeFile(armored)).isTrue();
    }

    @Test
    void eachRecipientOpensTheFileAndNobodyElse() throws AgeException {
        X25519Identity second = AgeIdentity.generate(random);
        X25519Identity stranger = AgeIdentity.generate(random);
        byte[] file = age.encrypt(bytes(10), List.of(identity.recipient(), second.recipient()));

        assertThat(Age.decrypt(file, List.of(identity))).isEqualTo(bytes(10));
        assertThat(Age.decrypt(file, List.of(stranger, second))).isEqualTo(bytes(10));
        assertThatThrownBy(() -> Age.decrypt(file, List.of(stranger)))
                .isInstanceOfSatisfying(
                        AgeException.class,
                        e -> assertThat(e.kind()).isEqualTo(AgeException.Kind.NO_IDENTITY));
    }

    @Test
    void anyChangedByteIsNoticed() throws AgeException {
        byte[] file = age.encrypt(bytes(300), List.of(identity.recipient()));

        for (int i = 0; i < file.length; i++) {
            byte[] changed = file.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> Age.decrypt(changed, List.of(identity)))
                    .isInstanceOf(AgeException.class);
        }
    }

    @Test
    void aCutOffFileIsNoticedEvenBetweenChunks() throws AgeException {
        byte[] file = age.encrypt(bytes(65536 + 5), List.of(identity.recipient()));

        for (int missing : List.of(1, 5, 5 + 16, 5 + 16 + 1, 65536 + 16 + 21)) {
            byte[] cut = java.util.Arrays.copyOf(file, file.length - missing);
            assertThatThrownBy(() -> Age.decrypt(cut, List.of(identity)))
                    .isInstanceOf(AgeException.class);
        }
    }

    @Test
    void identitiesAndRecipientsGoThroughTheirTextForm() throws AgeException {
        AgeIdentity read = AgeIdentity.parse(identity.secretText());

        assertThat(read.recipient()).isEqualTo(identity.recipient());
        assertThat(AgeRecipient.parse(identity.recipient().toString()))
                .isEqualTo(identity.recipient());
        assertThat(identity.secretText()).startsWith("AGE-SECRET-KEY-1").isUpperCase();
    }

    @Test
    void readsTheKeyPairOfTheSpecificationsTestVectors() throws AgeException {
        AgeIdentity known =
                AgeIdentity.parse(
                        "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX");

        assertThat(known.recipient())
                .hasToString("age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj");
    }

    @Test
    void anIdentityFileMayHaveCommentsAndItsErrorsNameTheLine() throws AgeException {
        String file = "# created today\n\n" + identity.secretText() + "\n";

        assertThat(AgeIdentity.parseFile(file)).hasSize(1);
        assertThatThrownBy(() -> AgeIdentity.parseFile(file + "AGE-PLUGIN-YUBIKEY-1QQ\n"))
                .hasMessageContaining("line 4")
                .hasMessageContaining("plugins");
        assertThatThrownBy(() -> AgeIdentity.parseFile("# nothing\n"))
                .hasMessageContaining("no age identity");
    }

    @Test
    void aMistypedKeyIsToldWithoutShowingIt() {
        String secret = identity.secretText();
        String mistyped =
                secret.substring(0, 30)
                        + (secret.charAt(30) == 'Q' ? 'P' : 'Q')
                        + secret.substring(31);

        assertThatThrownBy(() -> AgeIdentity.parse(mistyped))
                .hasMessageContaining("checksum")
                .message()
                .doesNotContain(secret.substring(16, 30));
    }

    @Test
    void aWipedIdentityOpensNothingAndPrintsNoSecret() throws AgeException {
        byte[] file = age.encrypt(bytes(3), List.of(identity.recipient()));
        String secret = identity.secretText();

        identity.wipe();

        assertThatThrownBy(() -> Age.decrypt(file, List.of(identity)))
                .isInstanceOf(AgeException.class);
        assertThat(identity.toString()).doesNotContain(secret).contains("age1");
    }

    @Test
    void damagedArmorIsRefused() throws AgeException {
        String armored =
                new String(
                        age.encryptArmored(bytes(100), List.of(identity.recipient())),
                        StandardCharsets.US_ASCII);

        assertThat(Age.decrypt(ascii(armored.replace("\n", "\r\n")), List.of(identity)))
                .isEqualTo(bytes(100));
        assertThatThrownBy(() ->
                        Age.decrypt(
                                ascii(armored.replace("-----END", "-----ENT")), List.of(identity)))
                .hasMessageContaining("end line");
        assertThatThrownBy(() ->
                        Age.decrypt(ascii(armored.replaceFirst("\n", "\n \n")), List.of(identity)))
                .isInstanceOf(AgeException.class);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        return bytes;
    }
}
