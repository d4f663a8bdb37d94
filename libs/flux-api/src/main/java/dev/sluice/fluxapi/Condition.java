package dev.sluice.fluxapi;

import dev.sluice.fluxapi.schema.Field;
import dev.sluice.fluxapi.schema.Patterns;
import org.jspecify.annotations.Nullable;

/** One aspect of an object's state, in the shape that all of Kubernetes shares. */
public record Condition(
        @Field(
                        value = "What the condition is about, such as Ready.",
                        pattern = Patterns.CONDITION_TYPE,
                        max = 316)
                String type,
        @Field("Whether it holds; Unknown while that is not clear.") Status status,
        @Field(
                        value = "One stable word for why it holds or does not.",
                        pattern = Patterns.CONDITION_REASON,
                        min = 1,
                        max = 1024)
                String reason,
        @Field(value = "The same for people, with details. May be empty.", max = 32768)
                String message,
        @Field("When the status last became another one.") Timestamp lastTransitionTime,
        @Field(
                        value =
                                "The generation of the object that the condition was set for. Where it is behind the object's, the condition is out of date.",
                        min = 0)
                @Nullable Long observedGeneration) {

    /** What a condition can be. */
    public enum Status {
        True,
        False,
        Unknown;

        public static Status of(boolean value) {
            return value ? True : False;
        }
    }

    public boolean isTrue() {
        return status == Status.True;
    }

    public boolean isFalse() {
        return status == Status.False;
    }
}
