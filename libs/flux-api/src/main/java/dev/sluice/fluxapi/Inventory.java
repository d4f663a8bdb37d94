package dev.sluice.fluxapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.fluxapi.schema.Field;
import java.util.List;

/** The applied objects. */
public record Inventory(
        @Field(value = "One entry for each object.", required = true) @JsonInclude
                List<Entry> entries) {

    public Inventory {
        entries = Absent.list(entries);
    }

    /** An applied object. */
    public record Entry(
            @Field("The object as <namespace>_<name>_<group>_<kind>.") String id,
            @Field("The version of its API.") String v) {}
}
