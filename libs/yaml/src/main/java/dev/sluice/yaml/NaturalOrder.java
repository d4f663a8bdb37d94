package dev.sluice.yaml;

import java.util.Comparator;

/**
 * The order in which Go's YAML libraries write the keys of a map: numbers within keys count as
 * numbers, letters come after all else. {@code _x}, {@code 1}, {@code 9}, {@code 10}, {@code a-b},
 * {@code a.b}, {@code a9}, {@code a10}, {@code aB}, {@code ab}.
 */
public final class NaturalOrder implements Comparator<String> {
    public static final NaturalOrder KEYS = new NaturalOrder();

    private NaturalOrder() {}

    @Override
    public int compare(String left, String right) {
        int shorter = Math.min(left.length(), right.length());
        int i = 0;
        while (i < shorter && left.charAt(i) == right.charAt(i)) {
            i++;
        }
        if (i == shorter) {
            return Integer.compare(left.length(), right.length());
        }
        if (i > 0 && Character.isHighSurrogate(left.charAt(i - 1))) {
            i--;
        }
        return compareFrom(left, right, i);
    }

    /** Both differ at an index. */
    private static int compareFrom(String left, String right, int index) {
        int leftChar = left.codePointAt(index);
        int rightChar = right.codePointAt(index);
        boolean leftLetter = Character.isLetter(leftChar);
        boolean rightLetter = Character.isLetter(rightChar);
        if (leftLetter && rightLetter) {
            return Integer.compare(leftChar, rightChar);
        }
        if (leftLetter || rightLetter) {
            return rightLetter ? -1 : 1;
        }
        // A zero behind another digit is part of a number, at the start of one it is not.
        long start = (leftChar == '0' || rightChar == '0') && insideNumber(left, index) ? 1 : 0;
        Run leftRun = run(left, index, start);
        Run rightRun = run(right, index, start);
        if (leftRun.number != rightRun.number) {
            return Long.compare(leftRun.number, rightRun.number);
        }
        if (leftRun.length != rightRun.length) {
            return Integer.compare(leftRun.length, rightRun.length);
        }
        return Integer.compare(leftChar, rightChar);
    }

    private static boolean insideNumber(String text, int index) {
        for (int i = index - 1; i >= 0 && Character.isDigit(text.charAt(i)); i--) {
            if (text.charAt(i) != '0') {
                return true;
            }
        }
        return false;
    }

    private record Run(long number, int length) {}

    private static Run run(String text, int index, long start) {
        long number = start;
        int i = index;
        while (i < text.length() && Character.isDigit(text.charAt(i))) {
            number = number * 10 + (text.charAt(i) - '0');
            i++;
        }
        return new Run(number, i - index);
    }
}
