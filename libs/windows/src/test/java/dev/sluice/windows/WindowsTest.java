package dev.sluice.windows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fluxapi.GoDuration;
import dev.sluice.fluxapi.Metadata;
import dev.sluice.fluxapi.window.MaintenanceWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsTest {

    private static final Instant WEDNESDAY = Instant.parse("2026-03-04T12:00:00Z");
    private static final Instant SATURDAY_NIGHT = Instant.parse("2026-03-07T23:30:00Z");

    private final Windows windows = new Windows("flux-system");

    @Test
    void withoutWindowsAllIsOpen() {
        assertThat(windows.of(delivery(Map.of()), WEDNESDAY)).isEqualTo(new Verdict.Open());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-07T20:59:59Z, false",
        "2026-03-07T21:00:00Z, true",
        "2026-03-08T00:59:59Z, true",
        "2026-03-08T01:00:00Z, false",
    })
    void theAnnotationOpensAndCloses(Instant now, boolean open) {
        Metadata delivery = annotated("0 22 * * SAT 4h Europe/Berlin");

        assertThat(windows.of(delivery, now) instanceof Verdict.Open).isEqualTo(open);
    }

    @Test
    void tellsTheNextOpeningInTheZoneOfTheWindow() {
        Verdict verdict = windows.of(annotated("0 22 * * SAT 4h Europe/Berlin"), WEDNESDAY);

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Closed.class,
                        closed ->
                                assertThat(closed.opensAt())
                                        .isEqualTo("2026-03-07T22:00:00+01:00 (Europe/Berlin)"));
    }

    @Test
    void fourHoursAreFourHoursWhenTheClocksChange() {
        // Opens at 00:00+01:00 on the night of the change to summer time: 05:00+02:00 ends it.
        Metadata delivery = annotated("0 0 29 3 * 4h Europe/Berlin");

        assertThat(windows.of(delivery, Instant.parse("2026-03-29T02:59:59Z")))
                .isInstanceOf(Verdict.Open.class);
        assertThat(windows.of(delivery, Instant.parse("2026-03-29T03:00:00Z")))
                .isInstanceOf(Verdict.Closed.class);
    }

    @Test
    void ofSeveralWindowsOneThatIsOpenWillDo() {
        Metadata delivery = annotated("0 0 * * SUN 1h; 0 11 * * * 2h");

        assertThat(windows.of(delivery, WEDNESDAY)).isInstanceOf(Verdict.Open.class);
    }

    @Test
    void thePlatformsObjectsCoverAllNamespacesAndAnothersOnlyItsOwn() {
        windows.put(object("flux-system", "all", "0 22 * * SAT", "4h"));
        windows.put(object("other", "own", "0 0 1 1 *", "1h"));

        assertThat(windows.of(delivery(Map.of()), WEDNESDAY)).isInstanceOf(Verdict.Closed.class);
        assertThat(windows.of(delivery(Map.of()), SATURDAY_NIGHT)).isInstanceOf(Verdict.Open.class);
    }

    @Test
    void nobodyOpensForHimselfWhatThePlatformClosed() {
        windows.put(object("flux-system", "all", "0 22 * * SAT", "4h"));
        windows.put(object("shop", "always", "* * * * *", "1h"));

        assertThat(windows.of(annotated("* * * * * 1h"), WEDNESDAY))
                .isInstanceOfSatisfying(
                        Verdict.Closed.class,
                        closed ->
                                assertThat(closed.opens())
                                        .isEqualTo(Instant.parse("2026-03-07T22:00:00Z")));
    }

    @Test
    void opensWhereAllSidesMeet() {
        windows.put(object("flux-system", "all", "0 22 * * SAT", "4h"));

        assertThat(windows.of(annotated("0 1 * * * 2h"), WEDNESDAY))
                .isInstanceOfSatisfying(
                        Verdict.Closed.class,
                        closed ->
                                assertThat(closed.opens())
                                        .isEqualTo(Instant.parse("2026-03-08T01:00:00Z")));
    }

    @Test
    void saysThatWindowsThatNeverMeetNeverOpen() {
        windows.put(object("flux-system", "all", "0 22 * * SAT", "1h"));

        assertThat(windows.of(annotated("0 3 * * * 1h"), WEDNESDAY))
                .isInstanceOfSatisfying(
                        Verdict.Closed.class,
                        closed -> {
                            assertThat(closed.opens()).isNull();
                            assertThat(closed.opensAt()).startsWith("never");
                        });
    }

    @Test
    void aSelectorNamespacesAndSuspensionLimitWhatIsCovered() {
        MaintenanceWindow.Spec spec = spec("0 0 1 1 *", "1h");
        windows.put(
                of("flux-system", "line", with(spec, Map.of("line", "press"), List.of(), false)));
        windows.put(of("flux-system", "team", with(spec, null, List.of("team-a"), false)));
        windows.put(of("flux-system", "off", with(spec, null, List.of(), true)));

        assertThat(windows.of(delivery(Map.of()), WEDNESDAY)).isInstanceOf(Verdict.Open.class);
        assertThat(windows.of(delivery(Map.of("line", "press")), WEDNESDAY))
                .isInstanceOf(Verdict.Closed.class);
    }

    @Test
    void driftAndUrgencyAreSaidByTheWindowsThatAreClosed() {
        windows.put(
                of(
                        "flux-system",
                        "freeze",
                        new MaintenanceWindow.Spec(
                                "0 0 1 1 *",
                                GoDuration.parse("1h"),
                                "UTC",
                                null,
                                List.of(),
                                "Hold",
                                "Deny",
                                false)));

        assertThat(windows.of(delivery(Map.of()), WEDNESDAY))
                .isInstanceOfSatisfying(
                        Verdict.Closed.class,
                        closed -> {
                            assertThat(closed.holdsDrift()).isTrue();
                            assertThat(closed.deniesUrgency()).isTrue();
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0 22 * * SAT",
                "0 22 * * SAT 4h Mars/Olympus",
                "0 22 * * SAT 4",
                "0 22 * * SAT 10s",
                "0 22 * * SAT 169h",
                "0 22 * * SAT 4h UTC UTC",
                "@daily",
                "0 25 * * * 1h"
            })
    void whatCannotBeReadKeepsAllClosedAndSaysWhy(String text) {
        assertThat(windows.of(annotated(text), WEDNESDAY))
                .isInstanceOfSatisfying(
                        Verdict.Invalid.class,
                        invalid -> assertThat(invalid.message()).contains(Windows.ANNOTATION));
    }

    @Test
    void aNewListingForgetsWhatIsNotInIt() {
        windows.put(object("flux-system", "all", "0 0 1 1 *", "1h"));
        windows.put(object("flux-system", "night", "0 0 1 1 *", "1h"));

        windows.retain(Set.of("flux-system/other"));

        assertThat(windows.of(delivery(Map.of()), WEDNESDAY)).isInstanceOf(Verdict.Open.class);
    }

    @Test
    void theLongestWindowIsOpenToItsEnd() {
        Metadata delivery = annotated("0 0 1 * * 168h");

        assertThat(
                        windows.of(
                                delivery,
                                Instant.parse("2026-03-01T00:00:00Z").plus(Duration.ofHours(167))))
                .isInstanceOf(Verdict.Open.class);
    }

    private static Metadata annotated(String window) {
        return metadata(Map.of(), Map.of(Windows.ANNOTATION, window));
    }

    private static Metadata delivery(Map<String, String> labels) {
        return metadata(labels, Map.of());
    }

    private static Metadata metadata(Map<String, String> labels, Map<String, String> annotations) {
        return new Metadata(
                "app", "shop", "uid", "1", 1, labels, annotations, List.of(), null, null);
    }

    private static MaintenanceWindow object(
            String namespace, String name, String schedule, String duration) {
        return of(namespace, name, spec(schedule, duration));
    }

    private static MaintenanceWindow.Spec spec(String schedule, String duration) {
        return new MaintenanceWindow.Spec(
                schedule,
                GoDuration.parse(duration),
                "UTC",
                null,
                List.of(),
                "Correct",
                "Allow",
                false);
    }

    private static MaintenanceWindow.Spec with(
            MaintenanceWindow.Spec spec,
            @Nullable Map<String, String> labels,
            List<String> namespaces,
            boolean suspend) {
        return new MaintenanceWindow.Spec(
                spec.schedule(),
                spec.duration(),
                spec.timeZone(),
                labels == null ? null : new MaintenanceWindow.Selector(labels),
                namespaces,
                spec.drift(),
                spec.urgent(),
                suspend);
    }

    private static MaintenanceWindow of(
            String namespace, String name, MaintenanceWindow.Spec spec) {
        return new MaintenanceWindow(
                MaintenanceWindow.API_VERSION,
                MaintenanceWindow.KIND,
                new Metadata(
                        name, namespace, "uid", "1", 1, Map.of(), Map.of(), List.of(), null, null),
                spec);
    }
}
