package dev.sluice.fluxapi;

import dev.sluice.fluxapi.schema.Field;
import java.util.Map;

/** Labels and annotations for each object. */
public record CommonMetadata(
        @Field("Annotations by name.") Map<String, String> annotations,
        @Field("Labels by name.") Map<String, String> labels) {

    public CommonMetadata {
        annotations = Absent.map(annotations);
        labels = Absent.map(labels);
    }
}
