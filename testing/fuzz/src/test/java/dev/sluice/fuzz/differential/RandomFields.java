package dev.sluice.fuzz.differential;

import static dev.sluice.fuzz.differential.RandomObjects.list;
import static dev.sluice.fuzz.differential.RandomObjects.map;

import dev.sluice.fuzz.differential.YamlText.Raw;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Random fields of a kustomization, and the files that they name. */
final class RandomFields {

    private final Pick pick;
    private final RandomObjects objects;
    private final RandomFiles made;
    private final RandomPatches patches;
    private int number;

    RandomFields(Pick pick, RandomObjects objects, Map<String, String> files, String directory) {
        this.pick = pick;
        this.objects = objects;
        this.made = new RandomFiles(pick, files, directory);
        this.patches = new RandomPatches(pick, objects, made);
    }

    void add(Map<String, Object> fields) {
        switch (pick.upTo(27)) {
            case 0 -> fields.put("namePrefix", pick.of("p-", "pre-", ""));
            case 1 -> fields.put("nameSuffix", pick.of("-s", "-v1"));
            case 2, 3 -> fields.put("namespace", pick.of("ns1", "prod", "default", "other"));
            case 4 -> fields.put("commonLabels", texts());
            case 5 -> fields.put("labels", list(label(), label()));
            case 6 -> fields.put("commonAnnotations", map(pick.of("note", "x/y"), text()));
            case 7 -> fields.put("images", list(image(), image()));
            case 8 ->
                    fields.put(
                            "replicas",
                            objects.hasMade("Deployment", "StatefulSet", "ReplicaSet")
                                            || pick.once(20)
                                    ? list(
                                            map(
                                                    "name",
                                                    RandomObjects.nameOf(
                                                            objects.known(
                                                                    "Deployment",
                                                                    "StatefulSet",
                                                                    "ReplicaSet")),
                                                    "count",
                                                    new Raw(pick.of("0", "5"))))
                                    : list());
            case 9, 10 ->
                    fields.put(
                            "configMapGenerator",
                            pick.once(2)
                                    ? list(generator(false))
                                    : list(generator(false), generator(false)));
            case 11 -> fields.put("secretGenerator", list(generator(true)));
            case 12 -> fields.put("generatorOptions", options());
            case 13, 14, 15 ->
                    fields.put(
                            "patches",
                            pick.once(2)
                                    ? list(patches.patch())
                                    : list(patches.patch(), patches.patch()));
            case 16 ->
                    fields.put(
                            "patchesStrategicMerge",
                            list(
                                    pick.once(2)
                                            ? made.file("psm", patches.merge())
                                            : new YamlText(pick).of(patches.merge())));
            case 17 ->
                    fields.put(
                            "patchesJson6902",
                            list(
                                    map(
                                            "target",
                                            patches.jsonTarget(),
                                            pick.once(2) ? "patch" : "path",
                                            "")));
            case 18, 19, 20 ->
                    fields.put(
                            "replacements",
                            pick.once(2)
                                    ? list(replacement())
                                    : list(replacement(), replacement()));
            case 21, 22 ->
                    fields.put(
                            "vars",
                            pick.once(2)
                                    ? list(variable("SOME"))
                                    : list(variable("SOME"), variable("OTHER")));
            case 23 -> fields.put("transformers", list(plugin()));
            case 24 -> fields.put("configurations", list(configuration()));
            case 25 -> fields.put("sortOptions", map("order", pick.of("fifo", "legacy")));
            case 26 ->
                    fields.put(
                            "buildMetadata",
                            list(
                                    pick.of(
                                            "originAnnotations",
                                            "transformerAnnotations",
                                            "managedByLabel")));
            default ->
                    fields.put(
                            "generators",
                            list(
                                    made.file(
                                            "gen",
                                            map(
                                                    "apiVersion",
                                                    "builtin",
                                                    "kind",
                                                    pick.of(
                                                            "ConfigMapGenerator",
                                                            "SecretGenerator"),
                                                    "metadata",
                                                    map("name", "plug" + number++),
                                                    "literals",
                                                    list("a=b")))));
        }
        fix(fields);
    }

    /** A JSON patch needs its text, by one way or the other. */
    @SuppressWarnings("unchecked")
    private void fix(Map<String, Object> fields) {
        if (fields.get("patchesJson6902") instanceof List<?> entries) {
            for (Object each : entries) {
                Map<String, Object> patch = (Map<String, Object>) each;
                patch.replace("patch", "", patches.jsonPatch());
                if ("".equals(patch.get("path"))) {
                    patch.put("path", made.text("j", ".yaml", patches.jsonPatch()));
                }
            }
        }
    }

    private Map<String, Object> label() {
        Map<String, Object> label = map("pairs", texts());
        if (pick.once(2)) {
            label.put(
                    pick.of("includeSelectors", "includeTemplates", "includeVolumeClaimTemplates"),
                    new Raw("true"));
        }
        if (pick.once(5)) {
            label.put(
                    "fields",
                    list(
                            map(
                                    "path",
                                    pick.of(
                                            "spec/selector",
                                            "spec/extra/labels",
                                            "metadata/labels"),
                                    "create",
                                    new Raw(pick.of("true", "false")),
                                    "kind",
                                    pick.of(RandomObjects.KINDS))));
        }
        return label;
    }

    private Map<String, Object> image() {
        Map<String, Object> image =
                map("name", pick.of("nginx", "app", "repo.io/nginx", ".*nginx", "host:5000/a/app"));
        if (pick.once(2)) {
            image.put("newName", pick.of("other", "r.io/x/y", "nginx"));
        }
        if (pick.once(2)) {
            image.put("newTag", pick.of("v2", "1.2.3"));
        }
        if (pick.once(4)) {
            image.put(
                    "digest",
                    "sha256:24a0c4b4a4c0eb97a1aabb8e29f18e917d05abfe1b7a7c07857230879ce7d3d4");
        }
        if (pick.once(6)) {
            image.put("tagSuffix", "-x");
        }
        return image;
    }

    private Map<String, Object> texts() {
        return map(pick.of("app", "tier", "l"), text(), "k8s.io/x", pick.of("y", "z"));
    }

    private Object text() {
        Object odd = objects.odd();
        return pick.once(2) && odd instanceof String ? odd : pick.of("v", "w");
    }

    private Map<String, Object> generator(boolean secret) {
        boolean joins = pick.once(3) && objects.hasMade(secret ? "Secret" : "ConfigMap");
        Map<String, Object> old = objects.known(secret ? "Secret" : "ConfigMap");
        Map<String, Object> generator =
                map("name", joins ? RandomObjects.nameOf(old) : "gen-" + objects.name() + number++);
        if (joins) {
            generator.put("behavior", pick.of("merge", "merge", "replace"));
            if (RandomObjects.metadataOf(old).containsKey("namespace") && !pick.once(4)) {
                generator.put("namespace", RandomObjects.metadataOf(old).get("namespace"));
            }
        } else if (pick.once(4)) {
            generator.put("namespace", pick.of(RandomObjects.NAMESPACES));
        }
        if (pick.once(2)) {
            generator.put(
                    "literals",
                    list(
                            pick.of("a=b", "A=\"q\"", "x='y z'", "k=", "n=1", "m=l1\nl2", "u=é"),
                            "z=" + objects.name()));
        }
        if (pick.once(3)) {
            generator.put(
                    "files",
                    list(
                            pick.once(2)
                                    ? made.text("f", ".txt", content())
                                    : "key.x=" + made.text("f", ".conf", content())));
        }
        if (pick.once(4)) {
            generator.put(
                    pick.of("envs", "envs", "env"),
                    list(
                            made.text(
                                    "e",
                                    ".env",
                                    pick.of(
                                            "A=1\nB=two\n",
                                            "# c\nX=y z\n\nQ=\"q\"\n",
                                            "A=1\r\nB=2\r\n",
                                            "a=b=c\n",
                                            "Z=\n",
                                            "\ufeffBOM=1\n"))));
            if (generator.get("env") instanceof List<?> one) {
                generator.put("env", one.getFirst());
            }
        }
        if (pick.once(5)) {
            generator.put("options", options());
        }
        if (secret && pick.once(3)) {
            generator.put("type", pick.of("Opaque", "kubernetes.io/tls"));
        }
        return generator;
    }

    private String content() {
        Object odd = objects.odd();
        return odd instanceof Raw(String raw) ? raw : String.valueOf(odd);
    }

    private Map<String, Object> options() {
        Map<String, Object> options = new LinkedHashMap<>();
        if (pick.once(2)) {
            options.put("disableNameSuffixHash", new Raw(pick.of("true", "false")));
        }
        if (pick.once(3)) {
            options.put("labels", objects.labels());
        }
        if (pick.once(3)) {
            options.put("annotations", map("an", "v"));
        }
        if (pick.once(4)) {
            options.put("immutable", new Raw("true"));
        }
        return options;
    }

    private Map<String, Object> replacement() {
        Map<String, Object> known = objects.known();
        Map<String, Object> source =
                map("kind", known.get("kind"), "name", RandomObjects.nameOf(known));
        if (pick.once(8)) {
            source.remove("name");
        }
        if (RandomObjects.metadataOf(known).containsKey("namespace") && !pick.once(4)) {
            source.put("namespace", RandomObjects.metadataOf(known).get("namespace"));
        }
        if (pick.once(3)) {
            source.put(
                    "fieldPath",
                    pick.of(
                            "kind",
                            "apiVersion",
                            "metadata",
                            "metadata.name",
                            "metadata.labels.app",
                            "data.key",
                            "data.URL",
                            "spec.replicas",
                            "spec.template.spec.containers.[name=main].image",
                            "spec.template.spec.containers.0.image",
                            "metadata.annotations",
                            "spec.ports.0.port",
                            "data.[a.txt]",
                            "data.json.a.b"));
        }
        if (pick.once(4)) {
            source.put(
                    "options",
                    map(
                            "delimiter",
                            pick.of(":", "-", "/", "."),
                            "index",
                            new Raw(pick.of("0", "1", "5", "-1"))));
        }
        Map<String, Object> targets = map("select", patches.target());
        if (pick.once(4)) {
            targets.put("reject", list(patches.target()));
        }
        targets.put(
                "fieldPaths",
                list(
                        pick.of(
                                "metadata.name",
                                "metadata.new",
                                "metadata.labels.app",
                                "metadata.labels.new",
                                "metadata.annotations.[x.y/z]",
                                "data.key",
                                "data.new",
                                "spec.replicas",
                                "spec.template.spec.containers.*.image",
                                "spec.template.spec.containers.[name=main].image",
                                "spec.template.spec.containers.[name=new].image",
                                "spec.list.*.v",
                                "spec.list.[name=x].v",
                                "spec.list.-",
                                "spec.a.b.c",
                                "data.conf\\.yaml",
                                "data.json.a.b",
                                "data.json.n",
                                "data.[conf.yaml].key",
                                "data.[conf.yaml].list.[name=x].new",
                                "metadata.namespace",
                                "spec.list.5")));
        if (pick.once(2)) {
            Map<String, Object> options = new LinkedHashMap<>();
            if (!pick.once(4)) {
                options.put("create", new Raw("true"));
            }
            if (pick.once(3)) {
                options.put("delimiter", pick.of(":", "-", "/"));
                options.put("index", new Raw(pick.of("0", "1", "-1", "9")));
            }
            targets.put("options", options);
        }
        Map<String, Object> whole = map("targets", list(targets));
        if (pick.once(8)) {
            whole.put("sourceValue", pick.of("literal", "1", "a:b"));
        } else {
            whole.put("source", source);
        }
        return pick.once(8) ? map("path", made.file("rep", whole)) : whole;
    }

    private Map<String, Object> variable(String name) {
        Map<String, Object> known = objects.known();
        Map<String, Object> variable =
                map(
                        "name",
                        name,
                        "objref",
                        map(
                                "apiVersion",
                                known.get("apiVersion"),
                                "kind",
                                known.get("kind"),
                                "name",
                                RandomObjects.nameOf(known)));
        if (pick.once(4)) {
            variable.put(
                    "fieldref",
                    map(
                            "fieldpath",
                            pick.of(
                                    "metadata.name",
                                    "metadata.namespace",
                                    "spec.replicas",
                                    "data.key",
                                    "spec.template.spec.containers[0].image",
                                    "spec.ports[0].port",
                                    "metadata.labels.app",
                                    "spec.odd")));
        }
        return variable;
    }

    private String plugin() {
        String kind =
                pick.of(
                        "AnnotationsTransformer",
                        "LabelTransformer",
                        "PrefixTransformer",
                        "SuffixTransformer",
                        "PrefixSuffixTransformer",
                        "NamespaceTransformer",
                        "ImageTagTransformer",
                        "ReplicaCountTransformer",
                        "PatchTransformer",
                        "PatchJson6902Transformer",
                        "PatchStrategicMergeTransformer",
                        "ReplacementTransformer",
                        "ValueAddTransformer",
                        "HashTransformer");
        Map<String, Object> config =
                map(
                        "apiVersion",
                        "builtin",
                        "kind",
                        kind,
                        "metadata",
                        map("name", "t", "namespace", "ns1"));
        List<Object> specs =
                list(
                        map(
                                "path",
                                pick.of(
                                        "metadata/name",
                                        "metadata/labels",
                                        "metadata/annotations",
                                        "metadata/namespace",
                                        "spec/template/metadata/labels",
                                        "spec/template/spec/containers[]/image",
                                        "spec/x/y",
                                        "spec/list[]/v",
                                        "spec/template/spec/containers/image"),
                                "create",
                                new Raw(pick.of("true", "false"))));
        switch (kind) {
            case "AnnotationsTransformer" ->
                    config.putAll(
                            map(
                                    "annotations",
                                    map("an", pick.once(2) ? objects.odd() : "v"),
                                    "fieldSpecs",
                                    specs));
            case "LabelTransformer" ->
                    config.putAll(map("labels", objects.labels(), "fieldSpecs", specs));
            case "PrefixTransformer" -> config.putAll(map("prefix", "x-", "fieldSpecs", specs));
            case "SuffixTransformer" -> config.putAll(map("suffix", "-x", "fieldSpecs", specs));
            case "PrefixSuffixTransformer" ->
                    config.putAll(map("prefix", "x-", "suffix", "-x", "fieldSpecs", specs));
            case "NamespaceTransformer" ->
                    config.putAll(
                            map(
                                    "fieldSpecs",
                                    list(
                                            map(
                                                    "path",
                                                    pick.of(
                                                            "metadata/namespace",
                                                            "spec/ref/name",
                                                            "spec/x"),
                                                    "create",
                                                    new Raw(pick.of("true", "false")))),
                                    "unsetOnly",
                                    new Raw(pick.of("true", "false")),
                                    "setRoleBindingSubjects",
                                    pick.of("defaultOnly", "allServiceAccounts", "none")));
            case "ImageTagTransformer" ->
                    config.putAll(map("imageTag", image(), "fieldSpecs", specs));
            case "ReplicaCountTransformer" ->
                    config.putAll(
                            map(
                                    "replica",
                                    map(
                                            "name",
                                            RandomObjects.nameOf(objects.known("Deployment")),
                                            "count",
                                            new Raw("7")),
                                    "fieldSpecs",
                                    list(
                                            map(
                                                    "path",
                                                    "spec/replicas",
                                                    "create",
                                                    new Raw("true"),
                                                    "kind",
                                                    "Deployment"))));
            case "PatchTransformer" -> config.putAll(patches.patch());
            case "PatchJson6902Transformer" ->
                    config.putAll(
                            map("target", patches.jsonTarget(), "jsonOp", patches.jsonPatch()));
            case "PatchStrategicMergeTransformer" ->
                    config.put("paths", list(made.file("sm", patches.merge())));
            case "ReplacementTransformer" -> config.put("replacements", list(replacement()));
            case "ValueAddTransformer" ->
                    config.putAll(
                            map(
                                    "value",
                                    "val",
                                    "targets",
                                    list(
                                            map(
                                                    "selector",
                                                    patches.target(),
                                                    "fieldPath",
                                                    pick.of("metadata/name", "data/key", "spec/x"),
                                                    "filePathPosition",
                                                    new Raw(pick.of("0", "1", "5"))))));
            default -> {}
        }
        return pick.once(2) ? made.file("t", config) : new YamlText(pick).of(config);
    }

    private String configuration() {
        Map<String, Object> spec =
                map(
                        "path",
                        pick.of(
                                "spec/ref/name",
                                "spec/image",
                                "spec/odd",
                                "spec/list/name",
                                "metadata/labels",
                                "spec/replicas",
                                "data/key"),
                        "kind",
                        pick.of("Foo", "Deployment", "ConfigMap"));
        if (pick.once(3)) {
            spec.put("create", new Raw("true"));
        }
        String section =
                pick.of(
                        "namePrefix",
                        "nameSuffix",
                        "namespace",
                        "commonLabels",
                        "commonAnnotations",
                        "images",
                        "replicas",
                        "varReference",
                        "nameReference",
                        "labels",
                        "templateLabels");
        Object value =
                section.equals("nameReference")
                        ? list(
                                map(
                                        "kind",
                                        pick.of("ConfigMap", "Secret", "Foo"),
                                        "version",
                                        "v1",
                                        "fieldSpecs",
                                        list(spec)))
                        : list(spec);
        return made.file("conf", map(section, value));
    }
}
