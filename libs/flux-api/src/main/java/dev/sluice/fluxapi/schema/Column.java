package dev.sluice.fluxapi.schema;

/** A column that {@code kubectl get} prints. */
public @interface Column {

    String READY = ".status.conditions[?(@.type==\"Ready\")].status";
    String MESSAGE = ".status.conditions[?(@.type==\"Ready\")].message";
    String CREATED = ".metadata.creationTimestamp";

    String name();

    String path();

    /** {@code string}, {@code date}, {@code integer} or {@code boolean}. */
    String type() default "string";

    /** Columns with a priority above 0 are printed with {@code -o wide} only. */
    int priority() default 0;
}
