package dev.sluice.kustomize.fields;

import java.util.ArrayList;
import java.util.List;

/** Splits the paths of kustomization files into their parts. */
public final class Paths {

    private Paths() {}

    /** Splits at a delimiter that no backslash stands before; one leading delimiter is allowed. */
    public static List<String> split(String path, char delimiter) {
        List<String> pieces = pieces(path, delimiter);
        if (pieces.size() > 1 && pieces.getFirst().isEmpty()) {
            pieces.removeFirst();
        }
        return unescape(pieces, delimiter);
    }

    /** As {@link #split}, but a leading delimiter makes an empty first part. */
    public static List<String> splitKeepingEmpty(String path, char delimiter) {
        return unescape(pieces(path, delimiter), delimiter);
    }

    private static List<String> unescape(List<String> pieces, char delimiter) {
        List<String> parts = new ArrayList<>(pieces.size());
        parts.add(pieces.getFirst());
        for (String piece : pieces.subList(1, pieces.size())) {
            String last = parts.getLast();
            if (last.endsWith("\\")) {
                parts.set(
                        parts.size() - 1, last.substring(0, last.length() - 1) + delimiter + piece);
            } else {
                parts.add(piece);
            }
        }
        return parts;
    }

    /**
     * As {@link #split}, but what stands in brackets stays in one piece: {@code a.[name=x.y].b}.
     */
    public static List<String> splitWithBrackets(String path, char delimiter) {
        List<String> parts = split(path, delimiter);
        List<String> result = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            if (!part.startsWith("[") || part.endsWith("]")) {
                result.add(part);
                continue;
            }
            StringBuilder bracketed = new StringBuilder(part);
            while (i < parts.size() - 1) {
                i++;
                bracketed.append(delimiter).append(parts.get(i));
                if (parts.get(i).endsWith("]")) {
                    break;
                }
            }
            String whole = bracketed.toString();
            result.add(whole.indexOf('=') >= 0 ? whole : trimBrackets(whole));
        }
        return result;
    }

    /** Whether a part picks elements of a list by a field's value: {@code [name=x]}. */
    static boolean isListIndex(String part) {
        return part.startsWith("[") && part.endsWith("]");
    }

    /** Whether a part is a number of 0 or more. */
    static boolean isNumber(String part) {
        return !part.isEmpty()
                && part.length() < 10
                && part.chars().allMatch(character -> character >= '0' && character <= '9');
    }

    private static List<String> pieces(String path, char delimiter) {
        List<String> pieces = new ArrayList<>();
        int start = 0;
        for (int end = path.indexOf(delimiter); end >= 0; end = path.indexOf(delimiter, start)) {
            pieces.add(path.substring(start, end));
            start = end + 1;
        }
        pieces.add(path.substring(start));
        return pieces;
    }

    private static String trimBrackets(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && "[]".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && "[]".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }
}
