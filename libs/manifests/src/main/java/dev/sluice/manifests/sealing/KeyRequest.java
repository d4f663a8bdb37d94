package dev.sluice.manifests.sealing;

/**
 * What an operator asks a service to do with its keys, by an annotation of the Secret: a verb, and
 * something that tells one request from the next. No key ever leaves the service for it.
 *
 * @param text the annotation's value
 */
public record KeyRequest(String text) {

    /** The annotation that asks. */
    public static final String ASKED = "sluice.dev/keys-asked";

    /** The annotation with the last request that was carried out. */
    public static final String DONE = "sluice.dev/keys-done";

    private static final String ROTATE = "rotate";
    private static final String DROP_OLD = "drop-old";

    /** Asks for new keys; the present ones go on opening and verifying. */
    public static KeyRequest rotate(String at) {
        return new KeyRequest(ROTATE + ' ' + at);
    }

    /** Asks to forget all keys but the present ones. */
    public static KeyRequest dropOld(String at) {
        return new KeyRequest(DROP_OLD + ' ' + at);
    }

    public boolean isRotate() {
        return is(ROTATE);
    }

    public boolean isDropOld() {
        return is(DROP_OLD);
    }

    private boolean is(String verb) {
        return text.equals(verb) || text.startsWith(verb + ' ');
    }
}
