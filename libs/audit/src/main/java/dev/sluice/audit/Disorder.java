package dev.sluice.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Which of a row of numbers, all different, are out of place: those that were exchanged for one
 * another, and else the fewest without which the others grow.
 */
final class Disorder {

    private Disorder() {}

    static BitSet of(long[] numbers) {
        BitSet exchanged = exchanged(numbers);
        BitSet others = new BitSet(numbers.length);
        others.set(0, numbers.length);
        others.andNot(exchanged);
        BitSet outOfPlace = new BitSet(numbers.length);
        outOfPlace.set(0, numbers.length);
        longestGrowing(numbers, others.stream().toArray()).forEach(outOfPlace::clear);
        return outOfPlace;
    }

    /** Pairs, each of which lies where the other would. */
    private static BitSet exchanged(long[] numbers) {
        long[] sorted = numbers.clone();
        Arrays.sort(sorted);
        BitSet exchanged = new BitSet(numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            int home = Arrays.binarySearch(sorted, numbers[i]);
            if (home != i && numbers[home] == sorted[i]) {
                exchanged.set(i);
            }
        }
        return exchanged;
    }

    /** Patience sorting of some of them; returns their indexes. */
    private static List<Integer> longestGrowing(long[] numbers, int[] among) {
        List<Integer> tails = new ArrayList<>();
        int[] before = new int[numbers.length];
        for (int i : among) {
            int low = 0;
            int high = tails.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (numbers[tails.get(middle)] < numbers[i]) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            before[i] = low == 0 ? -1 : tails.get(low - 1);
            if (low == tails.size()) {
                tails.add(i);
            } else {
                tails.set(low, i);
            }
        }
        List<Integer> row = new ArrayList<>();
        for (int i = tails.isEmpty() ? -1 : tails.getLast(); i >= 0; i = before[i]) {
            row.add(i);
        }
        return row;
    }
}
