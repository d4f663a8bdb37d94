package dev.sluice.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values that messages of others must not show: an API server quotes what it refuses, a parser what
 * it stumbled over. Each value, and each longer word of one, becomes {@value #SHOWN}.
 */
public final class SecretValues {

    /** What is shown in place of a value. */
    public static final String SHOWN = "***";

    /** Shorter ones would hide half of every message, and tell next to nothing. */
    private static final int SHORTEST = 4;

    private static final Pattern WORD = Pattern.compile("[^\\s\"'`,;:{}\\[\\]()<>*&!|=]+");

    private final Set<String> values =
            new TreeSet<>(
                    Comparator.comparingInt(String::length)
                            .reversed()
                            .thenComparing(Comparator.naturalOrder()));

    private SecretValues() {}

    /** All words of these texts. */
    public static SecretValues ofTexts(Collection<String> texts) {
        SecretValues secret = new SecretValues();
        texts.forEach(secret::add);
        return secret;
    }

    /**
     * What objects hold: of Secrets all data, and of other objects all values where those may come
     * from secrets too. What says which object it is stays.
     *
     * @param everywhere whether any object may hold what was a secret
     */
    public static SecretValues of(Collection<KubernetesObject> objects, boolean everywhere) {
        SecretValues secret = new SecretValues();
        Set<String> names = new HashSet<>();
        for (KubernetesObject object : objects) {
            names.addAll(
                    List.of(object.apiVersion(), object.kind(), object.name(), object.namespace()));
            if (object.kind().equals("Secret")) {
                secret.addAll(object.tree().path("data"), true);
                secret.addAll(object.tree().path("stringData"), false);
            } else if (everywhere) {
                secret.addAll(object.tree(), false);
            }
        }
        names.forEach(secret.values::remove);
        return secret;
    }

    /** The message without the values. */
    public String hideIn(String message) {
        String hidden = message;
        for (String value : values) {
            if (hidden.contains(value)) {
                hidden = hide(hidden, value);
            }
        }
        return hidden;
    }

    /** Within a longer word of the message a short value is a coincidence. */
    private static String hide(String message, String value) {
        if (value.length() >= 2 * SHORTEST) {
            return message.replace(value, SHOWN);
        }
        return message.replaceAll(
                "(?<![\\p{Alnum}_])" + Pattern.quote(value) + "(?![\\p{Alnum}_])",
                Matcher.quoteReplacement(SHOWN));
    }

    private void addAll(JsonNode node, boolean encoded) {
        if (node.isContainerNode()) {
            node.forEach(child -> addAll(child, encoded));
        } else if (!node.isNull() && !node.isBoolean()) {
            add(node.asText());
            if (encoded) {
                decoded(node.asText()).forEach(this::add);
            }
        }
    }

    private void add(String text) {
        for (String form : List.of(text, text.strip(), quoted(text))) {
            if (form.length() >= SHORTEST) {
                values.add(form);
            }
        }
        Matcher words = WORD.matcher(text);
        while (words.find()) {
            if (words.group().length() >= SHORTEST) {
                values.add(words.group());
            }
        }
    }

    /** As Go quotes a text. */
    private static String quoted(String text) {
        return text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\t", "\\t");
    }

    private static List<String> decoded(String base64) {
        List<String> texts = new ArrayList<>();
        try {
            texts.add(new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            // Not base64: the API server will say so, and quote it.
        }
        return texts;
    }

    /** How many, never which. */
    @Override
    public String toString() {
        return "SecretValues of " + values.size();
    }
}
