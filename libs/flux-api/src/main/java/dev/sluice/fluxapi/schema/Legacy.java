package dev.sluice.fluxapi.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A field that only older versions of the API have. The API server accepts it in those versions and
 * drops it, so it has no component: nothing ever reads it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(Legacy.All.class)
public @interface Legacy {

    /** The field's name. */
    String value();

    String description();

    Shape type() default Shape.STRING;

    /** The versions that have it; all legacy versions of the kind if empty. */
    String[] versions() default {};

    /** What the field may hold. Objects and the items of arrays are not looked into. */
    enum Shape {
        STRING,
        BOOLEAN,
        OBJECT,
        ARRAY
    }

    /** The container of several fields. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface All {
        Legacy[] value();
    }
}
