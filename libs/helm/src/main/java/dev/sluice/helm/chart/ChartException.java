package dev.sluice.helm.chart;

/** A chart, or an index of charts, that cannot be used; the message tells where and why. */
public final class ChartException extends Exception {

    private static final long serialVersionUID = 1L;

    public ChartException(String message) {
        super(message);
    }

    /** Never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
