package dev.sluice.e2e;

import dev.sluice.sops.Format;
import dev.sluice.sops.KeyRing;
import dev.sluice.sops.Recipient;
import dev.sluice.sops.Recipients;
import dev.sluice.sops.SelectionRule;
import dev.sluice.sops.SopsWriter;
import dev.sluice.sops.age.AgeIdentity;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** Files as a user would have encrypted them. */
final class Sealed {

    static final SecureRandom RANDOM = new SecureRandom();

    private Sealed() {}

    /** A manifest of which only the values of data and stringData are encrypted. */
    static String manifest(String yaml, AgeIdentity... readers) {
        return file(yaml, Format.YAML, SelectionRule.SECRET_DATA, readers);
    }

    static String file(String text, Format format, SelectionRule rule, AgeIdentity... readers) {
        List<Recipient> recipients =
                Stream.of(readers)
                        .<Recipient>map(reader -> new Recipient.Age(reader.recipient()))
                        .toList();
        try {
            return new String(
                    new SopsWriter(RANDOM, Clock.systemUTC(), List.of())
                            .encrypt(
                                    text.getBytes(StandardCharsets.UTF_8),
                                    format,
                                    Recipients.of(recipients),
                                    rule,
                                    KeyRing.empty()),
                    StandardCharsets.UTF_8);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static String secret(String name, String entry, String value) {
        return "apiVersion: v1\nkind: Secret\nmetadata:\n  name: "
                + name
                + "\nstringData:\n  "
                + entry
                + ": \""
                + value.replace("\n", "\\n")
                + "\"\n";
    }
}
