package dev.sluice.fluxapi.window;

import dev.sluice.fluxapi.Absent;
import dev.sluice.fluxapi.FluxObject;
import dev.sluice.fluxapi.GoDuration;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.Metadata;
import dev.sluice.fluxapi.schema.Column;
import dev.sluice.fluxapi.schema.Field;
import dev.sluice.fluxapi.schema.Kind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When changes of the deliveries that it covers may be applied. */
@Kind(
        value =
                "When changes may be applied. In the namespace of the pipeline it covers deliveries of all namespaces, elsewhere those of its own.",
        group = Groups.SLUICE,
        version = "v1",
        plural = "maintenancewindows",
        shortNames = {"mw"},
        columns = {
            @Column(name = "Schedule", path = ".spec.schedule"),
            @Column(name = "Duration", path = ".spec.duration"),
            @Column(name = "Zone", path = ".spec.timeZone"),
            @Column(name = "Suspended", path = ".spec.suspend", type = "boolean"),
            @Column(name = "Age", path = Column.CREATED, type = "date")
        },
        unobservedAtFirst = false)
public record MaintenanceWindow(
        String apiVersion,
        String kind,
        Metadata metadata,
        @Field("When changes may be applied, and which.") Spec spec)
        implements FluxObject {

    public static final String KIND = "MaintenanceWindow";
    public static final String API_VERSION = Groups.SLUICE + "/v1";

    /** When changes may be applied, and which. */
    public record Spec(
            @Field(
                            value =
                                    "When it opens, in cron's five fields: minute, hour, day of the month, month, day of the week.",
                            min = 1,
                            max = 100)
                    String schedule,
            @Field("For how long it is open, from 1m to 168h.") GoDuration duration,
            @Field(
                            value = "Zone of the schedule, for example Europe/Berlin.",
                            def = "UTC",
                            max = 64)
                    String timeZone,
            @Field("Which deliveries it covers. All where nothing is said.")
                    @Nullable Selector selector,
            @Field(
                            value =
                                    "Namespaces whose deliveries it covers; all where none is named. Counts in the namespace of the pipeline only.",
                            atomic = true)
                    List<String> namespaces,
            @Field(
                            value = "What becomes of drift while it is closed.",
                            allowed = {"Correct", "Hold"},
                            def = "Correct")
                    String drift,
            @Field(
                            value = "What becomes of changes marked as urgent while it is closed.",
                            allowed = {"Allow", "Deny"},
                            def = "Allow")
                    String urgent,
            @Field("Leaves it out, as if it were not there.") boolean suspend) {

        public Spec {
            timeZone = Absent.value(timeZone, "UTC");
            namespaces = Absent.list(namespaces);
            drift = Absent.value(drift, "Correct");
            urgent = Absent.value(urgent, "Allow");
        }
    }

    /** Selects deliveries. */
    public record Selector(
            @Field("Labels that the delivery has.") Map<String, String> matchLabels) {

        public Selector {
            matchLabels = Absent.map(matchLabels);
        }
    }
}
