package dev.sluice.fluxapi.image;

import dev.sluice.fluxapi.Absent;
import dev.sluice.fluxapi.schema.Field;
import java.util.List;
import java.util.Map;

/** Selects objects by their labels: all parts must hold. */
public record LabelSelector(
        @Field("Labels with their values.") Map<String, String> matchLabels,
        @Field(value = "Conditions on labels.", atomic = true) List<Requirement> matchExpressions) {

    public LabelSelector {
        matchLabels = Absent.map(matchLabels);
        matchExpressions = Absent.list(matchExpressions);
    }

    /** A condition on a label. */
    public record Requirement(
            @Field("The label's name.") String key,
            @Field("In, NotIn, Exists or DoesNotExist.") String operator,
            @Field(value = "The values, for In and NotIn.", atomic = true) List<String> values) {

        public Requirement {
            values = Absent.list(values);
        }
    }
}
