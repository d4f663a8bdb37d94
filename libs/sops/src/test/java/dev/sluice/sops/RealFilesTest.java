package dev.sluice.sops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What sops wrote is read, and what it printed is printed to the byte. */
class RealFilesTest {

    @ParameterizedTest
    @CsvSource({
        "age.yaml, YAML, expected.yaml, test.agekey",
        "age-encrypted-regex.yaml, YAML, expected.yaml, test.agekey",
        "age-mac-only-encrypted.yaml, YAML, expected.yaml, test.agekey",
        "age-post-quantum.yaml, YAML, expected.yaml, test-pq.agekey",
        "ssh-ed25519.yaml, YAML, expected.yaml, ssh-ed25519",
        "ssh-rsa.yaml, YAML, expected.yaml, ssh-rsa",
        "pgp.yaml, YAML, expected.yaml, test-secret.asc",
        "age.json, JSON, expected.json, test.agekey",
        "age.env, DOTENV, expected.env, test.agekey",
        "age.ini, INI, expected.ini, test.agekey",
        "age.bin, BINARY, expected.bin, test.agekey",
    })
    void printsWhatSopsPrints(String file, Format format, String expected, String key)
            throws SopsException {
        byte[] clear =
                Sops.decrypt(
                        RealFiles.read(file),
                        format,
                        format,
                        RealFiles.keys(key),
                        DecryptOptions.STRICT);

        assertThat(clear)
                .asString()
                .isEqualTo(
                        new String(
                                RealFiles.read(expected), java.nio.charset.StandardCharsets.UTF_8));
        assertThat(clear).isEqualTo(RealFiles.read(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "age.yaml, YAML",
        "age.json, JSON",
        "age.env, DOTENV",
        "age.ini, INI",
        "age.bin, JSON"
    })
    void seesThatAFileIsEncryptedAndInWhichFormat(String file, Format format) {
        assertThat(Sops.detect(RealFiles.read(file))).contains(format);
    }

    @ParameterizedTest
    @CsvSource({"clear.yaml", "clear.json", "clear.env", "clear.ini", "clear.bin"})
    void seesThatAFileIsNotEncrypted(String file) {
        assertThat(Sops.detect(RealFiles.read(file))).isEmpty();
    }

    @Test
    void writesOneFormatAsAnother() throws SopsException {
        KeyRing keys = RealFiles.keys("test.agekey");

        assertThat(
                        Sops.decrypt(
                                RealFiles.read("age.env"),
                                Format.DOTENV,
                                Format.JSON,
                                keys,
                                DecryptOptions.STRICT))
                .asString()
                .isEqualTo(
                        "{\n\t\"LINE\": \"7\",\n\t\"NOTE\": \"two\\nlines\",\n\t\"EMPTY\": \"\"\n}\n");
        assertThat(
                        Sops.decrypt(
                                RealFiles.read("age.json"),
                                Format.JSON,
                                Format.YAML,
                                keys,
                                DecryptOptions.STRICT))
                .asString()
                .startsWith(
                        "line: 7\nratio: 0.25\nopen: true\nnone: null\nnames:\n    - a\n    - <b>\n");
    }

    @Test
    void anEncryptedFileTellsWhoCanOpenIt() throws SopsException {
        EncryptedFile facts = Sops.inspect(RealFiles.read("age-encrypted-regex.yaml"), Format.YAML);

        assertThat(facts.recipients()).isEqualTo(RealFiles.keys("test.agekey").recipients());
        assertThat(facts.rule()).isEqualTo(SelectionRule.SECRET_DATA);
        assertThat(facts.groups()).isEqualTo(1);
    }
}
