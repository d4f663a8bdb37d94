package dev.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.testkit.git.SampleRepository;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Each service as a process of its own, with the rights of its ServiceAccount as {@code
 * deploy/rbac} gives them, and with those at the broker that {@code deploy/topics} gives its user:
 * nothing works by a right that is not there.
 */
class ServicesIT {

    private static final int DELIVERIES = 16;
    private static final String REMOTE = "on-another-cluster";
    private static final String NOTIFY = "notification.toolkit.fluxcd.io/v1beta3";

    private static final List<ServiceProcess> running = new ArrayList<>();
    private static Rig rig;
    private static SecuredKafka broker;
    private static ServiceAccounts accounts;
    private static ServiceProcess firstApplier;
    private static ServiceProcess secondApplier;

    @BeforeAll
    static void start() throws Exception {
        rig = new Rig();
        broker = new SecuredKafka(rig.directory.resolve("kafka"), rig.client);
        accounts = new ServiceAccounts(rig);
        ServiceAccounts.SERVICES.stream().map(service -> start(service, "a")).forEach(running::add);
        firstApplier = running.get(ServiceAccounts.SERVICES.indexOf("applier"));
        secondApplier = start("applier", "b");
        running.add(secondApplier);
        running.forEach(ServiceProcess::awaitReady);
        await("both appliers have a part")
                .atMost(Duration.ofSeconds(60))
                .until(() -> owned(firstApplier) == 2 && owned(secondApplier) == 2);
    }

    @AfterAll
    static void stop() {
        running.forEach(ServiceProcess::close);
        broker.close();
        rig.close();
    }

    @Test
    void twoAppliersShareTheWorkAndOneTakesOverWhatTheOtherLeaves() throws Exception {
        String ns = rig.namespace("shared");
        try (SampleRepository repository = rig.repository("shared")) {
            String first = repository.commit("one", files("one"));
            rig.gitRepository(ns, "source", "shared");
            IntStream.range(0, DELIVERIES)
                    .forEach(i -> rig.kustomization(ns, "app-" + i, "./apps/" + i, Map.of()));
            IntStream.range(0, DELIVERIES).forEach(i -> rig.awaitApplied(ns, "app-" + i, first));
            long ofFirst = firstApplier.applied();
            long ofSecond = secondApplier.applied();
            assertThat(ofFirst).isPositive();
            assertThat(ofSecond).isPositive();
            assertThat(ofFirst + ofSecond).isEqualTo(DELIVERIES);

            firstApplier.kill();
            String second = repository.commit("two", files("two"));
            rig.poke(ns, "source");

            IntStream.range(0, DELIVERIES).forEach(i -> rig.awaitApplied(ns, "app-" + i, second));
            assertThat(secondApplier.applied() - ofSecond).isEqualTo(DELIVERIES);
        }
    }

    @Test
    void whoeverIsKilledAndTheBrokerTooTheWorkGoesOn() throws Exception {
        String ns = rig.namespace("killed");
        try (SampleRepository repository = rig.repository("killed")) {
            rig.gitRepository(ns, "source", "killed");
            rig.kustomization(ns, "app", "./apps/0", Map.of());
            remoteKustomization(ns);
            rig.awaitApplied(ns, "app", change(repository, "start"));

            for (String service : List.of("fetcher", "renderer", "decryptor", "drift-detector")) {
                running.get(ServiceAccounts.SERVICES.indexOf(service)).kill();
                String commit = change(repository, service);
                running.set(ServiceAccounts.SERVICES.indexOf(service), start(service, "again"));
                rig.poke(ns, "source");
                rig.awaitApplied(ns, "app", commit);
                rig.awaitApplied(ns, "remote", commit);
            }
            Map<String, String> applied = rig.data(ns, "app-0");
            broker.stop();
            List.of(ns, REMOTE).forEach(where -> edit(where, "changed without a broker"));
            await("drift is put back without a broker")
                    .atMost(Rig.PATIENCE)
                    .until(() ->
                            rig.data(ns, "app-0").equals(applied)
                                    && rig.data(REMOTE, "app-0").equals(applied));
            broker.startAgain();
            String commit = change(repository, "broker");
            rig.poke(ns, "source");
            rig.awaitApplied(ns, "app", commit);
        }
    }

    /**
     * The same objects once more, in a namespace of another cluster: that it is this one too is no
     * matter.
     */
    private static void remoteKustomization(String ns) throws Exception {
        rig.namespace(REMOTE);
        rig.client
                .resource(
                        new SecretBuilder()
                                .withNewMetadata()
                                .withName("elsewhere-kubeconfig")
                                .withNamespace(ns)
                                .endMetadata()
                                .addToStringData(
                                        "value",
                                        Files.readString(rig.controlPlane.kubeconfig("admin")))
                                .build())
                .serverSideApply();
        rig.kustomization(
                ns,
                "remote",
                "./apps/0",
                Map.of(
                        "targetNamespace",
                        REMOTE,
                        "kubeConfig",
                        Map.of("secretRef", Map.of("name", "elsewhere-kubeconfig"))));
    }

    private static void edit(String ns, String value) {
        rig.client
                .configMaps()
                .inNamespace(ns)
                .withName("app-0")
                .edit(map -> {
                    map.getData().replaceAll((_, _) -> value);
                    return map;
                });
    }

    private static String change(SampleRepository repository, String value) throws Exception {
        return repository.commit(
                value, Map.of("apps/0/cm.yaml", PipelineIT.configMap("app-0", value)));
    }

    @Test
    void driftIsCorrectedAcrossProcesses() throws Exception {
        String ns = rig.namespace("drifting");
        try (SampleRepository repository = rig.repository("drifting")) {
            String commit =
                    repository.commit(
                            "one", Map.of("apps/0/cm.yaml", PipelineIT.configMap("app-0", "one")));
            rig.gitRepository(ns, "source", "drifting");
            rig.kustomization(ns, "app", "./apps/0", Map.of());
            rig.awaitApplied(ns, "app", commit);

            edit(ns, "changed by hand");

            await().atMost(Rig.PATIENCE)
                    .untilAsserted(() ->
                            assertThat(rig.data(ns, "app-0").values()).containsExactly("one"));
        }
    }

    @Test
    void whatHappenedIsToldAndWrittenDown() throws Exception {
        String ns = rig.namespace("told");
        try (SampleRepository repository = rig.repository("told");
                AlertReceiver receiver = new AlertReceiver()) {
            rig.apply(
                    NOTIFY,
                    "Provider",
                    ns,
                    "hook",
                    Map.of("type", "generic", "address", receiver.url()));
            rig.apply(
                    NOTIFY,
                    "Alert",
                    ns,
                    "all",
                    Map.of(
                            "providerRef",
                            Map.of("name", "hook"),
                            "eventSources",
                            List.of(Map.of("kind", "Kustomization", "name", "*"))));
            String commit = change(repository, "told");
            rig.gitRepository(ns, "source", "told");
            rig.kustomization(ns, "app", "./apps/0", Map.of());
            rig.awaitApplied(ns, "app", commit);

            await("the alert").atMost(Rig.PATIENCE).until(() -> receiver.told(commit));
            await("the ledger").atMost(Rig.PATIENCE).until(() -> ledger().contains(commit));
        }
    }

    private static String ledger() {
        SluiceProcess log =
                SluiceProcess.start(
                        "audit",
                        "log",
                        "--ledger",
                        "embedded",
                        "--data",
                        rig.directory.resolve("data").toString(),
                        "--kind",
                        "delivery.applied",
                        "-o",
                        "csv");
        log.await(60);
        return String.join("\n", log.output());
    }

    private static Map<String, String> files(String value) {
        Map<String, String> files = new HashMap<>();
        IntStream.range(0, DELIVERIES)
                .forEach(i ->
                        files.put(
                                "apps/" + i + "/cm.yaml", PipelineIT.configMap("app-" + i, value)));
        return files;
    }

    /** How many partitions the process works on, by its last word on it. */
    private static int owned(ServiceProcess process) {
        String last =
                process.log()
                        .lines()
                        .filter(line ->
                                line.contains("the share of the work has")
                                        && line.contains("group=applier-share-"))
                        .reduce("", (_, line) -> line);
        String owned = last.replaceAll(".*owned=\\[([^\\]]*)\\].*", "$1");
        return last.isEmpty() || owned.isBlank() ? 0 : owned.split(",").length;
    }

    private static ServiceProcess start(String service, String copy) {
        Map<String, String> environment = new HashMap<>();
        environment.putAll(broker.environment("sluice-" + service));
        environment.put("KUBECONFIG", accounts.kubeconfig(service).toString());
        environment.put("SLUICE_DATA", rig.directory.resolve("data").toString());
        environment.put("KUBERNETES_MAX_CONCURRENT_REQUESTS_PER_HOST", "256");
        environment.put("KUBERNETES_MAX_CONCURRENT_REQUESTS", "256");
        return ServiceProcess.start(service, copy, rig.directory, environment);
    }
}
