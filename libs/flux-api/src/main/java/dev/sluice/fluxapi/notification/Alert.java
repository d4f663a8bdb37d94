package dev.sluice.fluxapi.notification;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.fluxapi.Absent;
import dev.sluice.fluxapi.FluxObject;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.LocalReference;
import dev.sluice.fluxapi.Metadata;
import dev.sluice.fluxapi.schema.Column;
import dev.sluice.fluxapi.schema.Field;
import dev.sluice.fluxapi.schema.Kind;
import dev.sluice.fluxapi.schema.Legacy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is told about which events. */
@Kind(
        value = "Says which events, of which objects, a Provider is told about.",
        group = Groups.NOTIFICATION,
        version = "v1beta3",
        legacyVersions = {"v1beta2", "v1beta1"},
        plural = "alerts",
        categories = "fluxcd-notifications",
        columns = {@Column(name = "Age", path = Column.CREATED, type = "date")},
        unobservedAtFirst = false)
@Legacy(value = "status", type = Legacy.Shape.OBJECT, description = "Not used any more.")
public record Alert(
        String apiVersion,
        String kind,
        Metadata metadata,
        @Field(value = "Which events, and who is told.", optional = true) Spec spec)
        implements FluxObject {

    /** What an Alert asks for. */
    public record Spec(
            @Field("The Provider that is told.") LocalReference providerRef,
            @Field(
                            value = "info for all events, error for failures only.",
                            allowed = {"info", "error"},
                            def = "info")
                    String eventSeverity,
            @Field(value = "The objects that the events are about.", required = true) @JsonInclude
                    List<EventSource> eventSources,
            @Field("Regular expressions: only events whose message matches one are sent.")
                    List<String> inclusionList,
            @Field(
                            "Regular expressions: events whose message matches one are not sent. They win over inclusionList.")
                    List<String> exclusionList,
            @Field("Facts that are sent along with each event.") Map<String, String> eventMetadata,
            @Field(
                            value =
                                    "Out of date: a fact named summary in eventMetadata does the same.",
                            max = 255)
                    @Nullable String summary,
            @Field("True sends nothing.") boolean suspend) {

        public Spec {
            eventSeverity = Absent.value(eventSeverity, "info");
            eventSources = Absent.list(eventSources);
            inclusionList = Absent.list(inclusionList);
            exclusionList = Absent.list(exclusionList);
            eventMetadata = Absent.map(eventMetadata);
        }
    }
}
