package dev.sluice.fluxapi.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A field of the API: its description and what the API server holds it to.
 *
 * <p>A field is required if its component is neither {@code @Nullable}, nor a list, map or
 * primitive, nor has a default here; {@link #required} says so for those.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Field {

    /** The description, as {@code kubectl explain} prints it. */
    String value();

    /** Required although the component is a list, a map or a primitive. */
    boolean required() default false;

    /** Left out by clients although the component is never null, since its constructor fills it. */
    boolean optional() default false;

    /** The default that the API server fills in, as text or, for other types, as JSON. */
    String def() default "";

    /** A regular expression that a string matches. */
    String pattern() default "";

    /** The values that a string, or each string of a list, may have. */
    String[] allowed() default {};

    /** The least length of a string, number of items or value of a number; -1 for none. */
    long min() default -1;

    /** The greatest length of a string, number of items or value of a number; -1 for none. */
    long max() default -1;

    /** Whether a list or object is replaced whole when two field managers disagree. */
    boolean atomic() default false;

    /** The fields that tell the items of a list apart, for a list that is merged item by item. */
    String[] keys() default {};
}
