package dev.sluice.kustomize.transform;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sluice.kustomize.model.ImageRule;
import dev.sluice.patterns.BoundedPattern;
import org.jspecify.annotations.Nullable;

/** Matches and changes image references by one rule. */
final class ImageEditor {

    private static final String TAG = "(:[a-zA-Z0-9_.{}-]*)?";
    private static final String DIGEST = "(@[a-zA-Z0-9]+([.+_-][a-zA-Z0-9]+)*:[a-zA-Z0-9_.{}-]*)?";

    private final ImageRule rule;

    /**
     * The name has no other operators than the dot, so that a look at the text rules most images
     * out.
     */
    private final boolean simpleName;

    /** Null where the name is no regular expression: it matches nothing then. */
    private final @Nullable Pattern pattern;

    ImageEditor(ImageRule rule) {
        this.rule = rule;
        this.simpleName = rule.name().chars().allMatch(ImageEditor::isSimple);
        this.pattern = compile("^" + rule.name() + TAG + DIGEST + "$");
    }

    boolean matches(String image) {
        return (!simpleName || startsWithName(image))
                && pattern != null
                && pattern.matcher(image).find();
    }

    private boolean startsWithName(String image) {
        String name = rule.name();
        if (image.length() < name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) != '.' && name.charAt(i) != image.charAt(i)) {
                // Beyond the basic plane a dot takes two units here; such images are left to the
                // expression.
                return image.chars().anyMatch(unit -> unit > 127);
            }
        }
        return true;
    }

    private static boolean isSimple(int character) {
        return character < 128
                && (Character.isLetterOrDigit(character) || "/_-.".indexOf(character) >= 0);
    }

    private static @Nullable Pattern compile(String expression) {
        try {
            return BoundedPattern.compile(expression);
        } catch (PatternSyntaxException e) {
            return null;
        }
    }

    String edit(String image) {
        Parts parts = Parts.of(image);
        String name = rule.newName().isEmpty() ? parts.name : rule.newName();
        String tag = parts.tag;
        String digest = parts.digest;
        if (!rule.newTag().isEmpty() || !rule.digest().isEmpty()) {
            tag = rule.newTag();
            digest = rule.digest();
        } else if (!rule.tagSuffix().isEmpty()) {
            tag += rule.tagSuffix();
            digest = "";
        }
        return name + (tag.isEmpty() ? "" : ":" + tag) + (digest.isEmpty() ? "" : "@" + digest);
    }

    /** The parts of an image reference; tag and digest are empty where it has none. */
    private record Parts(String name, String tag, String digest) {

        static Parts of(String image) {
            int slash = Math.max(0, image.indexOf('/'));
            int at = image.indexOf('@', slash);
            int colon = image.indexOf(':', slash);
            if (colon < 0 && at < 0) {
                return new Parts(image, "", "");
            }
            if (at >= 0 && (colon < 0 || at < colon)) {
                return new Parts(image.substring(0, at), "", image.substring(at + 1));
            }
            String name = image.substring(0, colon);
            return at < 0
                    ? new Parts(name, image.substring(colon + 1), "")
                    : new Parts(name, image.substring(colon + 1, at), image.substring(at + 1));
        }
    }
}
