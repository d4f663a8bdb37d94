package dev.sluice.sops.document;

/** Typed values in formats that have only texts, as SOPS writes them. */
final class FlatScalars {
    private FlatScalars() {}

    static String text(Leaf leaf) {
        return switch (leaf) {
            case Text text -> text.string();
            case Whole whole -> Long.toString(whole.value());
            case Real real -> real(real.value());
            case Flag flag -> Boolean.toString(flag.value());
            case Moment moment -> moment.toSeconds();
            // An empty text would say something else; SOPS writes Go's word for it.
            case Nothing nothing -> "<nil>";
            case Comment comment -> comment.text();
        };
    }

    /** A number that looks like an integer gets a decimal. */
    private static String real(double value) {
        String text = Scalars.shortest(value, -4, 6, 'E');
        boolean finite = !Double.isNaN(value) && !Double.isInfinite(value);
        return finite && !text.contains(".") && !text.contains("E") ? text + ".0" : text;
    }
}
