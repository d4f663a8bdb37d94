package dev.sluice.fluxapi.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A CEL rule over the object that the annotated record describes ({@code self}). */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(Rule.All.class)
public @interface Rule {

    /** The expression that must be true. */
    String value();

    /** What the API server answers where it is not. */
    String message();

    /** The container of several rules. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface All {
        Rule[] value();
    }
}
