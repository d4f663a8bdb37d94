package dev.sluice.fuzz.differential;

import static dev.sluice.fuzz.differential.RandomObjects.list;
import static dev.sluice.fuzz.differential.RandomObjects.map;

import dev.sluice.fuzz.differential.YamlText.Raw;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pods of random objects, and what runs them. */
final class RandomPods {

    private final Pick pick;
    private final RandomObjects objects;

    RandomPods(Pick pick, RandomObjects objects) {
        this.pick = pick;
        this.objects = objects;
    }

    void workload(Map<String, Object> object, String kind) {
        Map<String, Object> spec = new LinkedHashMap<>();
        if (!kind.equals("DaemonSet") && pick.once(2)) {
            spec.put("replicas", new Raw(pick.of("1", "3", "0")));
        }
        spec.put("selector", map("matchLabels", objects.labels()));
        if (kind.equals("StatefulSet")) {
            spec.put("serviceName", objects.name());
            if (pick.once(2)) {
                spec.put(
                        "volumeClaimTemplates",
                        list(
                                map(
                                        "metadata",
                                        map("name", objects.name(), "labels", objects.labels()),
                                        "spec",
                                        map("storageClassName", objects.name()))));
            }
        }
        spec.put("template", template());
        object.put("spec", spec);
    }

    Map<String, Object> template() {
        Map<String, Object> template = new LinkedHashMap<>();
        if (!pick.once(4)) {
            template.put("metadata", map("labels", objects.labels()));
        }
        template.put("spec", spec());
        return template;
    }

    Map<String, Object> spec() {
        Map<String, Object> spec = new LinkedHashMap<>();
        List<Object> containers = list(container());
        if (pick.once(3)) {
            containers.add(container());
        }
        spec.put("containers", containers);
        if (pick.once(4)) {
            spec.put("initContainers", list(container()));
        }
        if (pick.once(3)) {
            spec.put("volumes", list(volume(), volume()));
        }
        if (pick.once(3)) {
            spec.put(
                    pick.of("serviceAccountName", "serviceAccount", "priorityClassName"),
                    objects.name());
        }
        if (pick.once(6)) {
            spec.put("imagePullSecrets", list(map("name", objects.name())));
        }
        if (pick.once(8)) {
            spec.put(
                    "affinity",
                    map(
                            "podAntiAffinity",
                            map(
                                    "requiredDuringSchedulingIgnoredDuringExecution",
                                    list(
                                            map(
                                                    "labelSelector",
                                                    map("matchLabels", objects.labels()),
                                                    "topologyKey",
                                                    "zone")))));
        }
        return spec;
    }

    private Map<String, Object> volume() {
        return map(
                "name",
                objects.name(),
                pick.of("configMap", "secret", "persistentVolumeClaim", "projected", "emptyDir"),
                switch (pick.upTo(3)) {
                    case 0 -> map("name", objects.name());
                    case 1 -> map("secretName", objects.name());
                    case 2 -> map("claimName", objects.name());
                    default ->
                            map(
                                    "sources",
                                    list(
                                            map("configMap", map("name", objects.name())),
                                            map("secret", map("name", objects.name()))));
                });
    }

    Map<String, Object> container() {
        Map<String, Object> container =
                map("name", pick.of("main", "side", "app"), "image", image());
        if (pick.once(3)) {
            container.put(
                    "env",
                    list(
                            map(
                                    "name",
                                    pick.of("A", "B", "C"),
                                    "value",
                                    pick.once(3)
                                            ? objects.odd()
                                            : pick.of("$(SOME)", "x", "$(OTHER)-$(SOME)")),
                            map(
                                    "name",
                                    "D",
                                    "valueFrom",
                                    map(
                                            pick.of("configMapKeyRef", "secretKeyRef"),
                                            map("name", objects.name(), "key", "key")))));
        }
        if (pick.once(4)) {
            container.put(
                    "envFrom",
                    list(map(pick.of("configMapRef", "secretRef"), map("name", objects.name()))));
        }
        if (pick.once(4)) {
            container.put(
                    "ports",
                    list(
                            map("containerPort", new Raw("80"), "protocol", "TCP"),
                            map("containerPort", new Raw(pick.of("80", "8080")), "name", "http")));
        }
        if (pick.once(4)) {
            container.put("args", list("--x=$(SOME)", pick.once(3) ? objects.odd() : "b"));
        }
        if (pick.once(6)) {
            container.put(
                    "volumeMounts",
                    list(
                            map("name", objects.name(), "mountPath", "/a"),
                            map("name", objects.name(), "mountPath", "/b")));
        }
        return container;
    }

    String image() {
        return pick.of(
                "nginx",
                "nginx:1.0",
                "repo.io/nginx:1",
                "nginx@sha256:24a0c4b4a4c0eb97a1aabb8e29f18e917d05abfe1b7a7c07857230879ce7d3d3",
                "host:5000/a/app:v1",
                "app",
                "foo/nginx:2@sha256:24a0c4b4a4c0eb97a1aabb8e29f18e917d05abfe1b7a7c07857230879ce7d3d3");
    }
}
