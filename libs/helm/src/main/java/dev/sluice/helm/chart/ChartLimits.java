package dev.sluice.helm.chart;

/**
 * How large charts may be, in bytes.
 *
 * @param index of a repository
 * @param archive a packed chart
 * @param file one file in it
 * @param unpacked all files together
 * @param files how many
 */
public record ChartLimits(long index, long archive, long file, long unpacked, int files) {

    /** Those of Flux, and bounds for what unpacks to far more than it is. */
    public static final ChartLimits DEFAULT =
            new ChartLimits(50L << 20, 10L << 20, 5L << 20, 64L << 20, 20_000);
}
