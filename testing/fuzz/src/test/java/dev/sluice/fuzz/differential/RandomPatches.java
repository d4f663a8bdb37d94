package dev.sluice.fuzz.differential;

import static dev.sluice.fuzz.differential.RandomObjects.list;
import static dev.sluice.fuzz.differential.RandomObjects.map;

import dev.sluice.fuzz.differential.YamlText.Raw;
import java.util.LinkedHashMap;
import java.util.Map;

/** Random patches of both forms, and what they aim at. */
record RandomPatches(Pick pick, RandomObjects objects, RandomFiles made) {

    Map<String, Object> target() {
        Map<String, Object> target = new LinkedHashMap<>();
        if (pick.once(2)) {
            target.put(
                    "kind",
                    pick.once(4)
                            ? pick.of("Deploy.*", ".*", "Config", "Deployment|Service")
                            : pick.of(RandomObjects.KINDS));
        }
        if (pick.once(3)) {
            target.put("name", pick.of("app", "web", ".*", "a|b", "^db$", "p-app", "p-.*"));
        }
        if (pick.once(6)) {
            target.put("namespace", pick.of(RandomObjects.NAMESPACES));
        }
        if (pick.once(6)) {
            target.put(
                    "labelSelector",
                    pick.of(
                            "app",
                            "app=web",
                            "app in (web,db)",
                            "!tier",
                            "app!=a",
                            "tier notin (front)",
                            "app==app,env"));
        }
        if (pick.once(12)) {
            target.put("annotationSelector", pick.of("note", "note=v"));
        }
        if (pick.once(15)) {
            target.put("group", pick.of("apps", "", "batch"));
        }
        if (pick.once(15)) {
            target.put("version", "v1");
        }
        return target;
    }

    Map<String, Object> jsonTarget() {
        Map<String, Object> object = objects.known();
        String kind = (String) object.get("kind");
        String api = (String) object.get("apiVersion");
        Map<String, Object> target =
                map(
                        "kind",
                        kind,
                        "name",
                        RandomObjects.nameOf(object),
                        "version",
                        api.substring(api.indexOf('/') + 1));
        if (RandomObjects.metadataOf(object).containsKey("namespace")) {
            target.put("namespace", RandomObjects.metadataOf(object).get("namespace"));
        }
        if (api.contains("/")) {
            target.put("group", api.substring(0, api.indexOf('/')));
        }
        return target;
    }

    Map<String, Object> patch() {
        Map<String, Object> patch = new LinkedHashMap<>();
        boolean json = pick.once(2);
        String text = json ? jsonPatch() : new YamlText(pick).of(merge());
        if (pick.once(2)) {
            patch.put("patch", text);
        } else {
            patch.put("path", made.text("p", ".yaml", text));
        }
        if (json || pick.once(2)) {
            patch.put("target", target());
        }
        if (pick.once(6)) {
            patch.put("options", map("allowNameChange", new Raw("true")));
        }
        return patch;
    }

    String jsonPatch() {
        StringBuilder operations = new StringBuilder();
        int count = pick.once(3) ? 2 : 1;
        for (int i = 0; i < count; i++) {
            String path =
                    pick.once(2)
                            ? pick.of(
                                    "/metadata/name",
                                    "/metadata/new",
                                    "/new",
                                    "/metadata/labels",
                                    "/spec")
                            : pick.of(
                                    "/metadata/name",
                                    "/metadata/new",
                                    "/new",
                                    "/metadata/annotations",
                                    "/metadata/labels/x~1y",
                                    "/spec/replicas",
                                    "/spec/template/spec/containers/0/image",
                                    "/spec/template/spec/containers/-",
                                    "/spec/template/spec/containers/1",
                                    "/data/key",
                                    "/data",
                                    "/spec/odd",
                                    "",
                                    "/",
                                    "/spec/list/0/v",
                                    "/spec/list/-1",
                                    "/metadata/namespace");
            String op =
                    pick.of(
                            "add", "add", "add", "replace", "replace", "remove", "test", "copy",
                            "move");
            Map<String, Object> operation = map("op", op, "path", path);
            if (op.equals("copy") || op.equals("move")) {
                operation.put(
                        "from",
                        pick.of("/metadata/name", "/spec", "/data/key", "/metadata/labels"));
            } else if (!op.equals("remove")) {
                operation.put(
                        "value",
                        pick.once(3)
                                ? objects.odd()
                                : pick.of(
                                        "x",
                                        new Raw("1"),
                                        map("a", "b"),
                                        objects.pods().container()));
            }
            operations
                    .append("- ")
                    .append(
                            new YamlText(new Pick(pick.random()))
                                    .of(operation)
                                    .replaceFirst("^# a comment\n", "")
                                    .strip()
                                    .replace("\n", "\n  "))
                    .append('\n');
        }
        return operations.toString();
    }

    Map<String, Object> merge() {
        Map<String, Object> known = objects.known();
        Map<String, Object> object = objects.ofKind((String) known.get("kind"));
        object.put("apiVersion", known.get("apiVersion"));
        RandomObjects.metadataOf(object).put("name", RandomObjects.nameOf(known));
        RandomObjects.metadataOf(object).remove("namespace");
        if (RandomObjects.metadataOf(known).containsKey("namespace")) {
            RandomObjects.metadataOf(object)
                    .put("namespace", RandomObjects.metadataOf(known).get("namespace"));
        }
        if (pick.once(6)) {
            object.remove("status");
            object.put(
                    pick.of("spec", "data", "metadata2"),
                    pick.of(
                            map("$patch", pick.of("delete", "replace", "merge", "x")),
                            new Raw("null"),
                            map("a", new Raw("null")),
                            map()));
        }
        if (pick.once(10)) {
            object.put("$patch", pick.of("delete", "replace"));
        }
        if (pick.once(4)
                && object.get("spec") instanceof Map<?, ?> spec
                && spec.get("template") instanceof Map<?, ?> template
                && template.get("spec") instanceof Map<?, ?> pod) {
            @SuppressWarnings("unchecked")
            Map<String, Object> podSpec = (Map<String, Object>) pod;
            podSpec.put(
                    "containers",
                    pick.of(
                            list(map("name", "main", "$patch", "delete")),
                            list(map("$patch", "replace"), objects.pods().container()),
                            new Raw("null"),
                            list(),
                            list(map("name", "side", "image", new Raw("null")))));
        }
        return object;
    }
}
