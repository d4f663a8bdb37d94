package dev.sluice.fluxapi.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A kind of the API. The annotated record's simple name is the kind's name. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Kind {

    /** The description, as {@code kubectl explain} prints it. */
    String value();

    String group();

    /** The version that is stored. */
    String version();

    /** Older versions that are served beside it, because repositories still use them. */
    String[] legacyVersions() default {};

    String plural();

    String[] shortNames() default {};

    /** Beside {@code all} and {@code fluxcd}: for example {@code fluxcd-sources}. */
    String[] categories() default {};

    Column[] columns() default {};

    /** Whether the status of a new object says that nothing was observed yet (generation -1). */
    boolean unobservedAtFirst() default true;
}
