package dev.sluice.kustomize.model;

/**
 * An entry of {@code images}; what is empty is not changed.
 *
 * @param name the image's name without tag and digest: a regular expression
 */
public record ImageRule(
        String name, String newName, String newTag, String tagSuffix, String digest) {

    static ImageRule of(Values values) {
        return new ImageRule(
                values.text("name"),
                values.text("newName"),
                values.text("newTag"),
                values.text("tagSuffix"),
                values.text("digest"));
    }
}
