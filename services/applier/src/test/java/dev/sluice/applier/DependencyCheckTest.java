package dev.sluice.applier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.applier.DependencyCheck.Hold;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.Reason;
import dev.sluice.fluxapi.NamespaceBoundary;
import dev.sluice.fluxapi.kustomize.Kustomization;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class DependencyCheckTest {

    private final Map<DeliveryId, Kustomization> objects = new HashMap<>();
    private final DependencyCheck check =
            new DependencyCheck(objects::get, new ReadyExpressions(), NamespaceBoundary.OPEN);

    @Test
    void holdsUntilTheDependencyExists() {
        assertThat(check())
                .hasValueSatisfying(hold ->
                        assertThat(hold.message()).isEqualTo("dependency 'team/db' was not found"));
    }

    @Test
    void holdsUntilTheDependencyIsReadyInItsPresentGeneration() {
        put("db", ready("r1").andThen(o -> metadata(o).put("generation", 2)));

        assertThat(check())
                .hasValueSatisfying(hold ->
                        assertThat(hold.message()).isEqualTo("dependency 'team/db' is not ready"));
    }

    @Test
    void holdsUntilADependencyFromTheSameSourceHasTheSameRevision() {
        put("db", ready("r0"));

        assertThat(check())
                .hasValueSatisfying(hold -> {
                    assertThat(hold.message())
                            .isEqualTo("dependency 'team/db' revision is not up to date");
                    assertThat(hold.waitingFor()).isEqualTo("Kustomization/team/db");
                });
    }

    @Test
    void letsGoWhenTheDependencyIsReadyAtTheRevision() {
        put("db", ready("r1"));

        assertThat(check()).isEmpty();
    }

    @Test
    void theRevisionOfAnotherSourceDoesNotCount() {
        put(
                "db",
                ready("r0")
                        .andThen(o -> ((ObjectNode) o.at("/spec/sourceRef")).put("name", "other")));

        assertThat(check()).isEmpty();
    }

    @Test
    void aDependencyOfAnotherNamespaceIsRefusedWhereTheyAreKeptApart() {
        put(
                "shop",
                dependingOn("db")
                        .andThen(o ->
                                ((ObjectNode) o.at("/spec/dependsOn/0"))
                                        .put("namespace", "other")));
        DependencyCheck apart =
                new DependencyCheck(
                        objects::get, new ReadyExpressions(), new NamespaceBoundary(true));

        assertThat(apart.check(Samples.SHOP, objects.get(Samples.SHOP), "r1"))
                .hasValueSatisfying(hold -> {
                    assertThat(hold.fault()).isEqualTo(Reason.ACCESS_DENIED);
                    assertThat(hold.message())
                            .isEqualTo(
                                    "can't access 'Kustomization/other/db', cross-namespace references have been blocked");
                });
    }

    @Test
    void anExpressionTakesThePlaceOfTheRules() {
        put("db", o -> metadata(o).putObject("labels").put("version", "2"));

        assertThat(check("dep.metadata.labels.version == '2' && self.metadata.name == 'shop'"))
                .isEmpty();
        assertThat(check("dep.metadata.labels.version == '3'"))
                .hasValueSatisfying(hold -> assertThat(hold.fault()).isNull());
        assertThat(check("dep.status.absent == 'x'"))
                .hasValueSatisfying(hold -> assertThat(hold.fault()).isNull());
        assertThat(check("dep.metadata ="))
                .hasValueSatisfying(
                        hold -> assertThat(hold.fault()).isEqualTo(Reason.INVALID_CEL_EXPRESSION));
    }

    @Test
    void namesACircle() {
        put("db", dependingOn("cache"));
        put("cache", dependingOn("shop"));

        assertThat(check())
                .hasValueSatisfying(hold ->
                        assertThat(hold.message())
                                .contains("team/shop -> team/db -> team/cache -> team/shop"));
    }

    private Optional<Hold> check() {
        put("shop", dependingOn("db"));
        return check.check(Samples.SHOP, objects.get(Samples.SHOP), "r1");
    }

    private Optional<Hold> check(String expression) {
        put(
                "shop",
                dependingOn("db")
                        .andThen(o ->
                                ((ObjectNode) o.at("/spec/dependsOn/0"))
                                        .put("readyExpr", expression)));
        return check.check(Samples.SHOP, objects.get(Samples.SHOP), "r1");
    }

    private void put(String name, Consumer<ObjectNode> change) {
        objects.put(Samples.id(name), Samples.kustomization(name, change));
    }

    private static Consumer<ObjectNode> dependingOn(String name) {
        return o ->
                ((ObjectNode) o.get("spec")).putArray("dependsOn").addObject().put("name", name);
    }

    private static Consumer<ObjectNode> ready(String revision) {
        return o -> {
            ObjectNode status = o.putObject("status");
            status.put("observedGeneration", 1).put("lastAppliedRevision", revision);
            status.putArray("conditions")
                    .addObject()
                    .put("type", "Ready")
                    .put("status", "True")
                    .put("reason", "ReconciliationSucceeded")
                    .put("message", "")
                    .put("lastTransitionTime", "2026-03-01T10:00:00Z");
        };
    }

    private static ObjectNode metadata(ObjectNode object) {
        return (ObjectNode) object.get("metadata");
    }
}
