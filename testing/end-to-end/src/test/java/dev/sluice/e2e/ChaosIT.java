package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.e2e.FleetModel.Item;
import dev.sluice.testkit.git.SampleRepository;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Pushes, hand edits, deletions, restarts of the API server and kills of Sluice, all at once and at
 * random; at the end the cluster is exactly as Git says. Not part of {@code verify}; CONTRIBUTING
 * tells how to run it. The size is set by {@code -Dchaos.minutes} and {@code -Dchaos.deliveries},
 * the course by {@code -Dchaos.seed}.
 */
@Tag("chaos")
class ChaosIT {

    private static final String NAMESPACE = "chaos";
    private static final List<String> KINDS = List.of("ConfigMap", "Secret", "Deployment");

    private final int size = Integer.getInteger("chaos.deliveries", 40);
    private final double minutes = Double.parseDouble(System.getProperty("chaos.minutes", "1.5"));
    private final long seed = Long.getLong("chaos.seed", System.nanoTime());
    private final FleetModel model = new FleetModel(size, new Random(seed));
    private final AtomicInteger pushes = new AtomicInteger();
    private final AtomicInteger edits = new AtomicInteger();
    private final AtomicInteger outages = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile String head = "";

    @Test
    void theClusterEndsAsGitSaysWhateverHappensOnTheWay() throws Exception {
        System.out.println("chaos.seed=" + seed);
        try (Rig rig = new Rig();
                SampleRepository repository = rig.repository("chaos")) {
            install(rig, repository);
            SluiceProcess[] running = {rig.up()};
            awaitHead(rig);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<?> pushing = threads.submit(() -> push(rig, repository));
                Future<?> editing = threads.submit(() -> edit(rig));
                Future<?> breaking = threads.submit(() -> breakThings(rig, running));
                pause((long) (minutes * 60_000));
                over.countDown();
                pushing.get();
                editing.get();
                breaking.get();
            }
            System.out.printf(
                    "%d pushes, %d edits, %d restarts and kills%n",
                    pushes.get(), edits.get(), outages.get());
            rig.poke(NAMESPACE, "source");
            awaitHead(rig);
            await().atMost(Rig.PATIENCE)
                    .untilAsserted(() -> assertThat(inCluster(rig)).isEqualTo(inGit()));
            running[0].stop();
        }
    }

    private void install(Rig rig, SampleRepository repository) throws Exception {
        rig.namespace(NAMESPACE);
        Map<String, String> files = new HashMap<>();
        for (int i = 0; i < size; i++) {
            files.putAll(model.files(i));
        }
        head = repository.commit("all", files);
        rig.gitRepository(NAMESPACE, "source", "chaos");
        for (int i = 0; i < size; i++) {
            rig.kustomization(
                    NAMESPACE,
                    FleetModel.name(i),
                    "./apps/" + i,
                    Map.of("retryInterval", "10m", "targetNamespace", NAMESPACE));
        }
    }

    private Void push(Rig rig, SampleRepository repository) throws Exception {
        Random random = new Random(seed + 1);
        while (over.getCount() > 0) {
            if (random.nextInt(8) == 0) {
                Map<String, String> broken = Map.of("apps/0/broken.yaml", "kind: [\n");
                repository.commit("broken", broken);
                poke(rig);
                pause(1000);
                Map<String, String> healed = new HashMap<>();
                healed.put("apps/0/broken.yaml", null);
                head = repository.commit("healed", healed);
            }
            head = repository.commit("change", model.change());
            pushes.incrementAndGet();
            poke(rig);
            pause(500 + random.nextInt(3000));
        }
        return null;
    }

    private Void edit(Rig rig) throws Exception {
        Random random = new Random(seed + 2);
        while (over.getCount() > 0) {
            int application = random.nextInt(size);
            List<Item> items = List.copyOf(model.items(application).keySet());
            attempt(() -> edit(rig, items.get(random.nextInt(items.size())), random.nextInt(6)));
            edits.incrementAndGet();
            pause(50 + random.nextInt(300));
        }
        return null;
    }

    private static void edit(Rig rig, Item item, int how) {
        var object =
                rig.client
                        .genericKubernetesResources(apiVersion(item.kind()), item.kind())
                        .inNamespace(NAMESPACE)
                        .withName(item.name());
        String change =
                item.kind().equals("Deployment")
                        ? "\"spec\":{\"replicas\":1}"
                        : "\"data\":{\"value\":\"eA==\"}";
        switch (how) {
            case 0 -> object.delete();
            case 1 -> merge(object, "{\"metadata\":{\"managedFields\":[{}]}," + change + "}");
            case 2 ->
                    merge(
                            object,
                            "{\"metadata\":{\"labels\":{\"kustomize.toolkit.fluxcd.io/name\":null}}}");
            default -> merge(object, "{" + change + "}");
        }
    }

    private static void merge(Resource<GenericKubernetesResource> object, String patch) {
        object.patch(
                new PatchContext.Builder()
                        .withPatchType(PatchType.JSON_MERGE)
                        .withFieldManager("someone")
                        .build(),
                patch);
    }

    private Void breakThings(Rig rig, SluiceProcess[] running) throws Exception {
        Random random = new Random(seed + 3);
        while (over.getCount() > 0) {
            pause(8_000 + random.nextInt(12_000));
            if (random.nextBoolean()) {
                rig.controlPlane.restartApiServer();
            } else {
                running[0].kill();
                running[0] = rig.up();
            }
            outages.incrementAndGet();
        }
        return null;
    }

    /** Until the next deed, or the end. */
    private void pause(long millis) throws InterruptedException {
        if (over.await(millis, TimeUnit.MILLISECONDS)) {
            Thread.yield();
        }
    }

    private static void poke(Rig rig) {
        attempt(() -> rig.poke(NAMESPACE, "source"));
    }

    /** The API server may be away just now. */
    private static void attempt(Runnable request) {
        try {
            request.run();
        } catch (KubernetesClientException e) {
            // That is part of the chaos.
        }
    }

    private void awaitHead(Rig rig) {
        await().atMost(5, TimeUnit.MINUTES)
                .pollInterval(Duration.ofSeconds(2))
                .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                .untilAsserted(() -> assertThat(behind(rig)).as("not Ready at " + head).isEmpty());
    }

    private Map<String, String> behind(Rig rig) {
        Map<String, String> behind = new TreeMap<>();
        for (GenericKubernetesResource object :
                rig.client
                        .genericKubernetesResources(Rig.KUSTOMIZE, "Kustomization")
                        .inNamespace(NAMESPACE)
                        .list()
                        .getItems()) {
            Map<String, Object> ready = Rig.condition(object, "Ready");
            String revision = Objects.toString(object.<Object>get("status", "lastAppliedRevision"));
            if (!"True".equals(ready.get("status")) || !revision.endsWith(head)) {
                behind.put(object.getMetadata().getName(), revision + " " + ready.get("message"));
            }
        }
        return behind;
    }

    private SortedMap<String, String> inGit() {
        SortedMap<String, String> all = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            String owner = FleetModel.name(i);
            model.items(i)
                    .forEach((item, value) ->
                            all.put(item.kind() + '/' + item.name(), owner + " v" + value));
        }
        return all;
    }

    /** Every object that anyone owns, and no other: what lost its label must have it again. */
    private static SortedMap<String, String> inCluster(Rig rig) {
        SortedMap<String, String> all = new TreeMap<>();
        for (String kind : KINDS) {
            for (GenericKubernetesResource object :
                    rig.client
                            .genericKubernetesResources(apiVersion(kind), kind)
                            .inNamespace(NAMESPACE)
                            .list()
                            .getItems()) {
                String name = object.getMetadata().getName();
                if (name.startsWith("app-")) {
                    String owner =
                            object.getMetadata().getLabels() == null
                                    ? null
                                    : object.getMetadata()
                                            .getLabels()
                                            .get("kustomize.toolkit.fluxcd.io/name");
                    all.put(kind + '/' + name, owner + " " + value(kind, object));
                }
            }
        }
        return all;
    }

    private static String value(String kind, GenericKubernetesResource object) {
        if (kind.equals("Deployment")) {
            List<Map<String, Object>> containers =
                    object.get("spec", "template", "spec", "containers");
            int replicas = object.get("spec", "replicas");
            String image = Objects.toString(containers.getFirst().get("image"));
            return image.substring(image.indexOf(':') + 1) + (replicas == 0 ? "" : " scaled");
        }
        String value = Objects.toString(object.<Object>get("data", "value"));
        return kind.equals("Secret") && !value.equals("null")
                ? new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)
                : value;
    }

    private static String apiVersion(String kind) {
        return kind.equals("Deployment") ? "apps/v1" : "v1";
    }
}
