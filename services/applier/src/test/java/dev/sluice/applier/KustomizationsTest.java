package dev.sluice.applier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.DeliveryId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KustomizationsTest {

    private static final DeliveryId DB = Samples.id("db");

    private final List<DeliveryId> woken = new ArrayList<>();
    private final Kustomizations objects = new Kustomizations(woken::add);

    @BeforeEach
    void shopDependsOnDb() {
        put(
                "shop",
                o ->
                        ((ObjectNode) o.get("spec"))
                                .putArray("dependsOn")
                                .addObject()
                                .put("name", "db"));
        put("db", _ -> {});
        woken.clear();
    }

    @Test
    void aStatusWakesThoseThatDependOnItAndNotItself() {
        put(
                "db",
                o -> {
                    version(o, "8");
                    ((ObjectNode) o.get("status")).put("lastAppliedRevision", "main@sha1:1");
                });

        assertThat(woken).containsExactly(Samples.SHOP);
    }

    @Test
    void aNewSpecOrARequestWakesItself() {
        put("db", o -> version(o, "8").put("generation", 2));
        assertThat(woken).contains(DB);

        woken.clear();
        put(
                "db",
                o ->
                        version(o, "9")
                                .put("generation", 2)
                                .putObject("annotations")
                                .put("reconcile.fluxcd.io/requestedAt", "now"));
        assertThat(woken).contains(DB);
    }

    @Test
    void whatIsOlderThanWhatIsKnownIsDropped() {
        put("db", o -> version(o, "10").put("generation", 3));
        woken.clear();

        put("db", o -> version(o, "9").put("generation", 2));

        assertThat(woken).isEmpty();
        assertThat(objects.get(DB).metadata().generation()).isEqualTo(3);
    }

    @Test
    void theEndOfAnEarlierLifeDoesNotEndTheNext() {
        put("db", o -> version(o, "11").put("uid", "uid-next"));

        objects.remove(DB, "uid-db");
        assertThat(objects.get(DB)).isNotNull();

        objects.remove(DB, "uid-next");
        assertThat(objects.get(DB)).isNull();
    }

    private void put(String name, Consumer<ObjectNode> change) {
        objects.put(Samples.id(name), Samples.kustomization(name, change));
    }

    private static ObjectNode version(ObjectNode object, String version) {
        return ((ObjectNode) object.get("metadata")).put("resourceVersion", version);
    }
}
