package dev.sluice.fluxapi.quota;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A size as people write it: {@code 512Ki}, {@code 50Mi}, {@code 1Gi}, or a number of bytes. */
public final class ByteSize {

    /** What the API server holds it to. */
    public static final String PATTERN = "^[1-9][0-9]{0,8}(Ki|Mi|Gi)?$";

    private static final Pattern PARTS = Pattern.compile("([1-9][0-9]{0,8})(Ki|Mi|Gi)?");

    private ByteSize() {}

    /**
     * How many bytes that is.
     *
     * @throws IllegalArgumentException where it is no size
     */
    public static long parse(String text) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a size: write 512Ki, 50Mi or 1Gi");
        }
        String unit = parts.group(2) == null ? "" : parts.group(2);
        int shift =
                switch (unit) {
                    case "Ki" -> 10;
                    case "Mi" -> 20;
                    case "Gi" -> 30;
                    default -> 0;
                };
        return Long.parseLong(parts.group(1)) << shift;
    }
}
