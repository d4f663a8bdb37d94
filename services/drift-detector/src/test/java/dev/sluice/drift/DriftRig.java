package dev.sluice.drift;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.DeliveryApplied;
import dev.sluice.events.DeliveryId;
import dev.sluice.events.DriftDetected;
import dev.sluice.events.DriftedObject;
import dev.sluice.events.Envelope;
import dev.sluice.events.Position;
import dev.sluice.events.SourceId;
import dev.sluice.events.SourceRevision;
import dev.sluice.events.Took;
import dev.sluice.fluxapi.Labels;
import dev.sluice.kubernetes.ApiRequest;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.apply.ApplyReport;
import dev.sluice.kubernetes.apply.ApplyRequest;
import dev.sluice.kubernetes.apply.Owner;
import dev.sluice.kubernetes.apply.StagedApply;
import dev.sluice.kubernetes.target.RemoteClusters;
import dev.sluice.manifests.KeyedDigest;
import dev.sluice.manifests.KubernetesObject;
import dev.sluice.pipeline.EventIds;
import dev.sluice.pipeline.KeyedLanes;
import dev.sluice.pipeline.Next;
import dev.sluice.testkit.cluster.ControlPlane;
import io.fabric8.kubernetes.client.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The detector on a real API server, with a plain applier in front of it and no broker. */
final class DriftRig implements AutoCloseable {

    static final String NAMESPACE = "default";
    static final DeliveryId DELIVERY = new DeliveryId("test", "Kustomization", NAMESPACE, "app");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KUSTOMIZATIONS =
            "/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/default/kustomizations";

    private final ControlPlane plane;
    final Cluster cluster;
    private final Expectations expectations = new Expectations();
    private final EventIds ids = EventIds.system();
    private final KeyedLanes<DeliveryId> lanes;
    private final WatchedClusters watched;
    final BlockingQueue<DriftDetected> reports = new LinkedBlockingQueue<>();

    DriftRig(Path directory) throws Exception {
        plane = ControlPlane.start(directory, System.err::println).withControllers();
        cluster = Cluster.connect(Config.fromKubeconfig(plane.kubeconfig("admin").toFile()));
        define();
        lanes = new KeyedLanes<>("test", 4, this::judge);
        watched =
                new WatchedClusters(
                        Family.KUSTOMIZATION,
                        cluster,
                        new RemoteClusters(cluster),
                        "test",
                        Clock.systemUTC(),
                        new WatchedClusters.Wake(expectations, lanes::wake));
        watched.start();
    }

    /** Applies as the applier does; the record comes when told. */
    ApplyReport applyQuietly(KubernetesObject... objects) {
        ApplyReport report =
                new StagedApply(cluster, Labels.KUSTOMIZE_MANAGER, new KeyedDigest(new byte[32]), 4)
                        .run(
                                ApplyRequest.of(
                                        List.of(objects), Owner.kustomization(NAMESPACE, "app")));
        if (!report.succeeded()) {
            throw new IllegalStateException(report.message());
        }
        return report;
    }

    void record(ApplyReport report) {
        String id = ids.next();
        DeliveryApplied applied =
                new DeliveryApplied(
                        DELIVERY,
                        new Position("uid", 1, 1, 1),
                        new SourceRevision(
                                new SourceId("test", "GitRepository", NAMESPACE, "src"),
                                "main@sha1:0",
                                null,
                                "sha256:0"),
                        "content",
                        report.applied(),
                        List.of(),
                        new Took(1, 1),
                        null);
        expectations.put(
                new Envelope<>(id, Clock.systemUTC().instant(), "test", id, id, null, applied));
        lanes.wake(DELIVERY);
    }

    void apply(KubernetesObject... objects) {
        record(applyQuietly(objects));
    }

    /** The next object that drifts. */
    DriftedObject next() throws InterruptedException {
        DriftDetected report = reports.poll(30, TimeUnit.SECONDS);
        if (report == null) {
            throw new AssertionError("no drift was told");
        }
        return report.objects().getFirst();
    }

    void patch(String path, String manager, String type, String patch) {
        send(ApiRequest.patch(path + "?fieldManager=" + manager, type, patch));
    }

    void merge(String path, String manager, String patch) {
        patch(path, manager, ApiRequest.MERGE_PATCH, patch);
    }

    ObjectNode send(ApiRequest request) {
        try {
            return cluster.send(request).object();
        } catch (KubernetesException e) {
            throw new IllegalStateException(request.path(), e);
        }
    }

    /** A Secret with the way to this very cluster, which plays another one. */
    void secretWithKubeconfig(String name) throws Exception {
        ObjectNode secret = JSON.createObjectNode();
        secret.putObject("metadata").put("name", name);
        secret.putObject("stringData").put("value", Files.readString(plane.kubeconfig("admin")));
        send(ApiRequest.post("/api/v1/namespaces/default/secrets", secret.toString()));
    }

    void kustomization(String patch) {
        merge(KUSTOMIZATIONS + "/app", "test", patch);
    }

    static KubernetesObject object(String json) throws Exception {
        return KubernetesObject.of((ObjectNode) JSON.readTree(json.replace('\'', '"')));
    }

    private Next judge(DeliveryId id) throws Exception {
        Expectations.Delivery delivery = expectations.get(id);
        if (delivery == null) {
            return Next.done();
        }
        Optional<Detector.Findings> findings = watched.judge(id, delivery);
        DriftDetected report = findings.map(Detector.Findings::report).orElse(null);
        if (report != null) {
            reports.add(report);
        }
        return findings.map(Detector.Findings::again).map(Next::after).orElse(Next.done());
    }

    private void define() throws Exception {
        KubernetesObject definition =
                object(
                        "{'apiVersion':'apiextensions.k8s.io/v1','kind':'CustomResourceDefinition','metadata':{'name':'kustomizations.kustomize.toolkit.fluxcd.io'},"
                                + "'spec':{'group':'kustomize.toolkit.fluxcd.io','scope':'Namespaced','names':{'plural':'kustomizations','singular':'kustomization','kind':'Kustomization','listKind':'KustomizationList'},"
                                + "'versions':[{'name':'v1','served':true,'storage':true,'schema':{'openAPIV3Schema':{'type':'object','x-kubernetes-preserve-unknown-fields':true}}}]}}");
        applyQuietly(definition);
        send(
                ApiRequest.post(
                        KUSTOMIZATIONS,
                        "{\"apiVersion\":\"kustomize.toolkit.fluxcd.io/v1\",\"kind\":\"Kustomization\",\"metadata\":{\"name\":\"app\"},\"spec\":{}}"));
    }

    @Override
    public void close() {
        lanes.close();
        watched.close();
        cluster.close();
        plane.close();
    }
}
