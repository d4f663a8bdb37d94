package dev.sluice.notifier.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.events.Severity;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CdEventsTest {

    @ParameterizedTest
    @CsvSource({
        "INFO, ReconciliationSucceeded, dev.cdevents.service.upgraded.0.2.0",
        "INFO, InstallSucceeded, dev.cdevents.service.deployed.0.2.0",
        "INFO, UninstallSucceeded, dev.cdevents.service.removed.0.2.0",
        "ERROR, HealthCheckFailed, dev.cdevents.incident.detected.0.2.0",
        "INFO, Progressing, ''"
    })
    void outcomesHaveAWord(Severity severity, String reason, String type) {
        Notification notification =
                Samples.notification(severity, reason, "message", Samples.FACTS);

        assertThat(CdEvents.type(notification).orElse("")).isEqualTo(type);
    }

    @Test
    void aDeliveryIsAServiceInTheEnvironmentOfItsCluster() {
        Notification notification = Samples.applied();

        JsonNode event = CdEvents.event(notification, CdEvents.type(notification).orElseThrow());

        assertThat(event.at("/context/id").asText()).isEqualTo(notification.id());
        assertThat(event.at("/context/source").asText()).isEqualTo("/sluice/munich");
        assertThat(event.at("/subject/id").asText()).isEqualTo("munich/Kustomization/team/app");
        assertThat(event.at("/subject/type").asText()).isEqualTo("service");
        assertThat(event.at("/subject/content/environment/id").asText()).isEqualTo("munich");
        assertThat(event.at("/subject/content/artifactId").asText())
                .isEqualTo("pkg:generic/team/app@main%40sha1%3A" + Samples.COMMIT);
        assertThat(event.at("/customData/reason").asText()).isEqualTo("ReconciliationSucceeded");
    }

    @Test
    void whatWasRemovedHasNoArtifact() {
        Notification notification =
                Samples.notification(Severity.INFO, "UninstallSucceeded", "gone", Samples.FACTS);

        JsonNode event = CdEvents.event(notification, CdEvents.type(notification).orElseThrow());

        assertThat(event.at("/subject/content").fieldNames())
                .toIterable()
                .containsExactly("environment");
    }

    @Test
    void anArtifactIsNamedWhereNoRevisionIsKnown() {
        Notification notification =
                Samples.notification(Severity.INFO, "InstallSucceeded", "there", Map.of());

        JsonNode event = CdEvents.event(notification, CdEvents.type(notification).orElseThrow());

        assertThat(event.at("/subject/content/artifactId").asText())
                .isEqualTo("pkg:generic/team/app");
    }

    @Test
    void aFailureIsAnIncident() {
        Notification notification = Samples.failed();

        JsonNode event = CdEvents.event(notification, CdEvents.type(notification).orElseThrow());

        assertThat(event.at("/subject/id").asText())
                .isEqualTo("munich/Kustomization/team/app/HealthCheckFailed");
        assertThat(event.at("/subject/type").asText()).isEqualTo("incident");
        assertThat(event.at("/subject/content/description").asText()).isEqualTo("it broke");
    }
}
