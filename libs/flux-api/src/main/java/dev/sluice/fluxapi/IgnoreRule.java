package dev.sluice.fluxapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.fluxapi.schema.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fields to leave alone. */
public record IgnoreRule(
        @Field(value = "The fields, as JSON pointers.", required = true) @JsonInclude
                List<String> paths,
        @Field("Which objects have them. All where it is not set.") @Nullable Selector target) {

    public IgnoreRule {
        paths = Absent.list(paths);
    }
}
