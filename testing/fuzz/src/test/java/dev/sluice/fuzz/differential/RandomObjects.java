package dev.sluice.fuzz.differential;

import dev.sluice.fuzz.differential.YamlText.Raw;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Random Kubernetes objects that refer to each other by few names. */
final class RandomObjects {

    static final String[] NAMES = {"app", "web", "db", "a", "b"};
    static final String[] NAMESPACES = {"default", "ns1", "prod"};
    static final String[] KINDS = {
        "Deployment",
        "StatefulSet",
        "DaemonSet",
        "Job",
        "CronJob",
        "Pod",
        "Service",
        "ConfigMap",
        "Secret",
        "ServiceAccount",
        "Role",
        "RoleBinding",
        "ClusterRole",
        "ClusterRoleBinding",
        "Ingress",
        "NetworkPolicy",
        "HorizontalPodAutoscaler",
        "PodDisruptionBudget",
        "PersistentVolumeClaim",
        "PersistentVolume",
        "StorageClass",
        "Namespace",
        "CustomResourceDefinition",
        "Foo",
        "ValidatingWebhookConfiguration",
        "APIService",
        "ReplicaSet"
    };

    private final Pick pick;
    private final OddValues odd;
    private final RandomPods pods;
    private final List<Map<String, Object>> made = new ArrayList<>();

    RandomObjects(Pick pick) {
        this.pick = pick;
        this.odd = new OddValues(pick);
        this.pods = new RandomPods(pick, this);
    }

    static String apiVersion(String kind) {
        return switch (kind) {
            case "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet" -> "apps/v1";
            case "Job", "CronJob" -> "batch/v1";
            case "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding" ->
                    "rbac.authorization.k8s.io/v1";
            case "Ingress", "NetworkPolicy" -> "networking.k8s.io/v1";
            case "HorizontalPodAutoscaler" -> "autoscaling/v2";
            case "PodDisruptionBudget" -> "policy/v1";
            case "StorageClass" -> "storage.k8s.io/v1";
            case "CustomResourceDefinition" -> "apiextensions.k8s.io/v1";
            case "ValidatingWebhookConfiguration" -> "admissionregistration.k8s.io/v1";
            case "APIService" -> "apiregistration.k8s.io/v1";
            case "Foo" -> "example.com/v1";
            default -> "v1";
        };
    }

    String name() {
        return pick.of(NAMES);
    }

    /** The next object; what it is called is remembered, so that others can refer to it. */
    Map<String, Object> next() {
        Map<String, Object> object = ofKind(pick.of(KINDS));
        if (made.stream().anyMatch(other -> sameName(other, object)) && !pick.once(30)) {
            metadataOf(object).put("name", name() + made.size());
        }
        made.add(object);
        return object;
    }

    /** An object that is there already, where there is one. */
    Map<String, Object> known() {
        return made.isEmpty() || pick.once(15) ? ofKind(pick.of(KINDS)) : pick.in(made);
    }

    boolean hasMade(String... kinds) {
        return made.stream().anyMatch(object -> List.of(kinds).contains(object.get("kind")));
    }

    /** One of some kinds that is there already, where there is one. */
    Map<String, Object> known(String... kinds) {
        List<Map<String, Object>> fitting =
                made.stream()
                        .filter(object -> List.of(kinds).contains(object.get("kind")))
                        .toList();
        return fitting.isEmpty() ? ofKind(pick.of(kinds)) : pick.in(fitting);
    }

    static String nameOf(Map<String, Object> object) {
        return (String) metadataOf(object).get("name");
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> metadataOf(Map<String, Object> object) {
        return (Map<String, Object>) object.get("metadata");
    }

    private static boolean sameName(Map<String, Object> one, Map<String, Object> other) {
        return one.get("kind").equals(other.get("kind")) && nameOf(one).equals(nameOf(other));
    }

    Map<String, Object> ofKind(String kind) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put(
                "apiVersion",
                pick.once(30)
                        ? pick.of("v1", "apps/v1beta1", "extensions/v1beta1", "example.com/v2")
                        : apiVersion(kind));
        object.put("kind", kind);
        object.put("metadata", metadata());
        body(object, kind);
        if (pick.once(25)) {
            object.put("status", map("phase", odd()));
        }
        return object;
    }

    private Map<String, Object> metadata() {
        Map<String, Object> metadata = map("name", name());
        if (pick.once(3)) {
            metadata.put("namespace", pick.of(NAMESPACES));
        }
        if (pick.once(3)) {
            metadata.put("labels", labels());
        }
        if (pick.once(4)) {
            metadata.put("annotations", annotations());
        }
        return metadata;
    }

    Map<String, Object> labels() {
        Map<String, Object> labels = map("app", name());
        if (pick.once(3)) {
            labels.put(
                    pick.of("tier", "env", "version", "app.kubernetes.io/name"),
                    pick.once(4) ? odd() : pick.of("front", "x", "v1"));
        }
        return labels;
    }

    private Map<String, Object> annotations() {
        if (pick.once(8)) {
            return map("config.kubernetes.io/local-config", pick.of("true", "false"));
        }
        return map(
                pick.of(
                        "note",
                        "checksum/config",
                        "internal.config.kubernetes.io/x",
                        "kustomize.config.k8s.io/behavior",
                        "kustomize.config.k8s.io/needs-hash"),
                pick.once(3) ? odd() : pick.of("merge", "replace", "create", "0", "enabled"));
    }

    RandomPods pods() {
        return pods;
    }

    Object odd() {
        return odd.next();
    }

    private void body(Map<String, Object> object, String kind) {
        switch (kind) {
            case "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet" ->
                    pods.workload(object, kind);
            case "Job" -> object.put("spec", map("template", pods.template()));
            case "CronJob" ->
                    object.put(
                            "spec",
                            map(
                                    "schedule",
                                    "* * * * *",
                                    "jobTemplate",
                                    map("spec", map("template", pods.template()))));
            case "Pod" -> object.put("spec", pods.spec());
            case "Service" ->
                    object.put(
                            "spec",
                            map(
                                    "selector",
                                    labels(),
                                    "ports",
                                    new ArrayList<>(
                                            List.of(
                                                    map(
                                                            "port",
                                                            new Raw(pick.of("80", "443")),
                                                            "targetPort",
                                                            pick.of(new Raw("80"), "http"))))));
            case "ConfigMap" -> object.put("data", data());
            case "Secret" -> object.put(pick.of("data", "stringData"), data());
            case "Role", "ClusterRole" ->
                    object.put(
                            "rules",
                            list(
                                    map(
                                            "apiGroups",
                                            list(""),
                                            "resources",
                                            list("configmaps"),
                                            "resourceNames",
                                            list(name(), name()),
                                            "verbs",
                                            list("get"))));
            case "RoleBinding", "ClusterRoleBinding" -> {
                object.put(
                        "roleRef",
                        map(
                                "apiGroup",
                                "rbac.authorization.k8s.io",
                                "kind",
                                pick.of("Role", "ClusterRole"),
                                "name",
                                name()));
                object.put("subjects", list(subject(), subject()));
            }
            case "Ingress" ->
                    object.put(
                            "spec",
                            map(
                                    "rules",
                                    list(
                                            map(
                                                    "host",
                                                    pick.of("x.example.com", "y"),
                                                    "http",
                                                    map(
                                                            "paths",
                                                            list(
                                                                    map(
                                                                            "path",
                                                                            "/",
                                                                            "pathType",
                                                                            "Prefix",
                                                                            "backend",
                                                                            map(
                                                                                    "service",
                                                                                    map(
                                                                                            "name",
                                                                                            name(),
                                                                                            "port",
                                                                                            map(
                                                                                                    "number",
                                                                                                    new Raw(
                                                                                                            "80"))))))))),
                                    "tls",
                                    list(
                                            map(
                                                    "hosts",
                                                    list("x.example.com"),
                                                    "secretName",
                                                    name()))));
            case "NetworkPolicy" ->
                    object.put(
                            "spec",
                            map(
                                    "podSelector",
                                    map("matchLabels", labels()),
                                    "ingress",
                                    list(
                                            map(
                                                    "from",
                                                    list(
                                                            map(
                                                                    "podSelector",
                                                                    map("matchLabels", labels())),
                                                            map(
                                                                    "namespaceSelector",
                                                                    map(
                                                                            "matchLabels",
                                                                            labels())))))));
            case "HorizontalPodAutoscaler" ->
                    object.put(
                            "spec",
                            map(
                                    "scaleTargetRef",
                                    map(
                                            "apiVersion",
                                            "apps/v1",
                                            "kind",
                                            pick.of("Deployment", "StatefulSet"),
                                            "name",
                                            name()),
                                    "minReplicas",
                                    new Raw("1")));
            case "PodDisruptionBudget" ->
                    object.put(
                            "spec",
                            map("selector", map("matchLabels", labels()), "minAvailable", odd()));
            case "PersistentVolumeClaim" ->
                    object.put("spec", map("volumeName", name(), "storageClassName", name()));
            case "PersistentVolume" ->
                    object.put(
                            "spec",
                            map(
                                    "storageClassName",
                                    name(),
                                    "claimRef",
                                    map("name", name(), "namespace", pick.of(NAMESPACES))));
            case "StorageClass" -> object.put("provisioner", "x.io/y");
            case "CustomResourceDefinition" ->
                    object.put(
                            "spec",
                            map(
                                    "group",
                                    "example.com",
                                    "scope",
                                    pick.of("Namespaced", "Cluster"),
                                    "names",
                                    map("kind", "Foo", "plural", "foos"),
                                    "conversion",
                                    map(
                                            "webhook",
                                            map(
                                                    "clientConfig",
                                                    map(
                                                            "service",
                                                            map(
                                                                    "name",
                                                                    name(),
                                                                    "namespace",
                                                                    pick.of(NAMESPACES)))))));
            case "Foo" ->
                    object.put(
                            "spec",
                            map(
                                    "ref",
                                    map("name", name(), "kind", "ConfigMap"),
                                    "image",
                                    "nginx:1.0",
                                    "replicas",
                                    new Raw("2"),
                                    "list",
                                    list(map("name", "x", "v", odd()), map("name", "y")),
                                    "odd",
                                    odd(),
                                    "selector",
                                    map("matchLabels", labels())));
            case "ValidatingWebhookConfiguration" ->
                    object.put(
                            "webhooks",
                            list(
                                    map(
                                            "name",
                                            "w.example.com",
                                            "clientConfig",
                                            map(
                                                    "service",
                                                    map(
                                                            "name",
                                                            name(),
                                                            "namespace",
                                                            pick.of(NAMESPACES))))));
            case "APIService" ->
                    object.put(
                            "spec",
                            map(
                                    "service",
                                    map("name", name(), "namespace", pick.of(NAMESPACES)),
                                    "group",
                                    "example.com"));
            default -> {}
        }
    }

    private Map<String, Object> subject() {
        Map<String, Object> subject =
                map(
                        "kind",
                        pick.of("ServiceAccount", "User", "Group"),
                        "name",
                        pick.once(4) ? "default" : name());
        if (pick.once(2)) {
            subject.put("namespace", pick.of(NAMESPACES));
        }
        return subject;
    }

    Map<String, Object> data() {
        Map<String, Object> data = new LinkedHashMap<>();
        int entries = pick.upTo(3);
        for (int i = 0; i < entries; i++) {
            data.put(
                    pick.of("key", "a.txt", "conf.yaml", "json", "URL", "PORT"),
                    pick.once(2)
                            ? odd()
                            : pick.of(
                                    "value",
                                    "host:80",
                                    "a-b-c",
                                    "https://a.b/c",
                                    "key: value\nlist:\n- 1\n- name: x\n",
                                    "{\"a\": {\"b\": \"c\"}, \"n\": 1}"));
        }
        return data;
    }

    static Map<String, Object> map(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    static List<Object> list(Object... items) {
        return new ArrayList<>(List.of(items));
    }
}
