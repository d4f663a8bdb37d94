package dev.sluice.kubernetes.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.kubernetes.ApiRequest;
import dev.sluice.kubernetes.LiveCluster;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KindArrivalClusterIT {

    private static final String GROUP = "arrival.example.com";

    @Test
    void tellsWhenADefinitionMakesAKindKnown() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        try (KindArrival arrival = new KindArrival(LiveCluster.cluster())) {
            arrival.await(new KindArrival.Kind(GROUP, "v1", "Widget"), arrived::countDown);
            arrival.await(new KindArrival.Kind(GROUP, "v1", "Gadget"), never::countDown);
            LiveCluster.send(
                    ApiRequest.post(
                            "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                            """
                            {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
                             "metadata": {"name": "widgets.arrival.example.com"},
                             "spec": {"group": "arrival.example.com", "scope": "Namespaced",
                               "names": {"plural": "widgets", "singular": "widget", "kind": "Widget"},
                               "versions": [{"name": "v1", "served": true, "storage": true,
                                 "schema": {"openAPIV3Schema": {"type": "object"}}}]}}
                            """));

            assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(never.getCount()).isEqualTo(1);
            assertThat(LiveCluster.cluster().resource(GROUP + "/v1", "Widget").plural())
                    .isEqualTo("widgets");
        }
    }

    @Test
    void tellsAtOnceOfAKindThatIsServedAlready() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        try (KindArrival arrival = new KindArrival(LiveCluster.cluster())) {
            arrival.await(new KindArrival.Kind("apps", "v1", "Deployment"), arrived::countDown);

            assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
