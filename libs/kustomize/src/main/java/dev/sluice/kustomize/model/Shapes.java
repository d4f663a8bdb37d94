package dev.sluice.kustomize.model;

import dev.sluice.kustomize.fields.TransformerConfig.Section;
import dev.sluice.kustomize.model.Shape.Struct;

/**
 * The shapes of kustomization files, of what they are made of, and of the built-in transformers'
 * configurations.
 */
final class Shapes {

    static final Struct GVK = new Struct("resid.Gvk").texts("group", "version", "kind");

    private static final Struct RES_ID =
            new Struct("resid.ResId").including(GVK).texts("name", "namespace");

    static final Struct FIELD_SPEC =
            new Struct("types.FieldSpec").including(GVK).texts("path").flags("create");

    static final Struct SELECTOR =
            new Struct("types.Selector")
                    .including(RES_ID)
                    .texts("annotationSelector", "labelSelector");

    static final Struct PATCH =
            new Struct("types.Patch")
                    .texts("path", "patch")
                    .with("target", SELECTOR)
                    .with(
                            "options",
                            new Struct("types.PatchArgs")
                                    .flags("allowNameChange", "allowKindChange"));

    static final Struct LABEL =
            new Struct("types.Label")
                    .with("pairs", Shape.TEXT_MAP)
                    .flags("includeSelectors", "includeTemplates", "includeVolumeClaimTemplates")
                    .with("fields", Shape.listOf(FIELD_SPEC));

    static final Struct IMAGE =
            new Struct("types.Image").texts("name", "newName", "tagSuffix", "newTag", "digest");

    static final Struct REPLICA =
            new Struct("types.Replica").texts("name").with("count", Shape.INT64);

    private static final Struct FIELD_OPTIONS =
            new Struct("types.FieldOptions")
                    .texts("delimiter", "encoding")
                    .with("index", Shape.INT)
                    .flags("create");

    private static final Struct REPLACEMENT_ITSELF =
            new Struct("types.Replacement")
                    .texts("sourceValue")
                    .with(
                            "source",
                            new Struct("types.SourceSelector")
                                    .including(RES_ID)
                                    .texts("fieldPath")
                                    .with("options", FIELD_OPTIONS))
                    .with(
                            "targets",
                            Shape.listOf(
                                    new Struct("types.TargetSelector")
                                            .with("select", SELECTOR)
                                            .with("reject", Shape.listOf(SELECTOR))
                                            .textLists("fieldPaths")
                                            .with("options", FIELD_OPTIONS)));

    static final Struct REPLACEMENT =
            new Struct("types.ReplacementField").including(REPLACEMENT_ITSELF).texts("path");

    static final Struct GENERATOR_OPTIONS =
            new Struct("types.GeneratorOptions")
                    .with("labels", Shape.TEXT_MAP)
                    .with("annotations", Shape.TEXT_MAP)
                    .flags("disableNameSuffixHash", "immutable");

    static final Struct CONFIG_MAP_ARGS =
            new Struct("types.ConfigMapArgs")
                    .texts("namespace", "name", "behavior", "env")
                    .textLists("literals", "files", "envs")
                    .with("options", GENERATOR_OPTIONS);

    static final Struct SECRET_ARGS =
            new Struct("types.SecretArgs").including(CONFIG_MAP_ARGS).texts("type");

    private static final Struct OBJECT_META =
            new Struct("types.ObjectMeta")
                    .texts("name", "namespace")
                    .with("labels", Shape.TEXT_MAP)
                    .with("annotations", Shape.TEXT_MAP);

    static final Struct SORT_OPTIONS =
            new Struct("types.SortOptions")
                    .texts("order")
                    .with(
                            "legacySortOptions",
                            new Struct("types.LegacySortOptions")
                                    .textLists("orderFirst", "orderLast"));

    private static final Struct VAR =
            new Struct("types.Var")
                    .texts("name")
                    .with(
                            "objref",
                            new Struct("types.Target")
                                    .including(GVK)
                                    .texts("apiVersion", "name", "namespace"))
                    .with("fieldref", new Struct("types.FieldSelector").texts("fieldPath"));

    static final Struct HELM_CHART =
            new Struct("types.HelmChart")
                    .texts(
                            "name",
                            "version",
                            "repo",
                            "releaseName",
                            "namespace",
                            "valuesFile",
                            "valuesMerge")
                    .texts("kubeVersion", "nameTemplate")
                    .textLists("additionalValuesFiles", "apiVersions")
                    .with("valuesInline", Shape.ANY)
                    .flags("includeCRDs", "skipHooks", "skipTests", "debug", "devel");

    private static final Struct HELM_CHART_ARGS =
            new Struct("types.HelmChartArgs")
                    .texts(
                            "chartName",
                            "chartVersion",
                            "chartRepoUrl",
                            "chartHome",
                            "chartRepoName",
                            "helmBin",
                            "helmHome")
                    .texts("values", "valuesMerge", "releaseName", "releaseNamespace")
                    .with("valuesLocal", Shape.ANY)
                    .textLists("extraArgs");

    static final Struct KUSTOMIZATION =
            new Struct("types.Kustomization")
                    .texts("kind", "apiVersion", "namePrefix", "nameSuffix", "namespace")
                    .with("metadata", OBJECT_META)
                    .with("openapi", Shape.TEXT_MAP)
                    .with("commonLabels", Shape.TEXT_MAP)
                    .with("labels", Shape.listOf(LABEL))
                    .with("commonAnnotations", Shape.TEXT_MAP)
                    .with("patchesStrategicMerge", Shape.TEXT_LIST)
                    .with("patchesJson6902", Shape.listOf(PATCH))
                    .with("patches", Shape.listOf(PATCH))
                    .with("images", Shape.listOf(IMAGE))
                    .with("imageTags", Shape.listOf(IMAGE))
                    .with("replacements", Shape.listOf(REPLACEMENT))
                    .with("replicas", Shape.listOf(REPLICA))
                    .with("vars", Shape.listOf(VAR))
                    .with("sortOptions", SORT_OPTIONS)
                    .textLists("resources", "components", "crds", "bases")
                    .with("configMapGenerator", Shape.listOf(CONFIG_MAP_ARGS))
                    .with("secretGenerator", Shape.listOf(SECRET_ARGS))
                    .with(
                            "helmGlobals",
                            new Struct("types.HelmGlobals").texts("chartHome", "configHome"))
                    .with("helmCharts", Shape.listOf(HELM_CHART))
                    .with("helmChartInflationGenerator", Shape.listOf(HELM_CHART_ARGS))
                    .with("generatorOptions", GENERATOR_OPTIONS)
                    .textLists(
                            "configurations",
                            "generators",
                            "transformers",
                            "validators",
                            "buildMetadata");

    static final Struct CONFIGURATION = configuration();

    private Shapes() {}

    private static Struct configuration() {
        Struct shape = new Struct("builtinconfig.TransformerConfig");
        for (Section section : Section.values()) {
            shape.with(section.field(), Shape.listOf(FIELD_SPEC));
        }
        return shape.with(
                "nameReference",
                Shape.listOf(
                        new Struct("builtinconfig.NameBackReferences")
                                .including(GVK)
                                .with("fieldSpecs", Shape.listOf(FIELD_SPEC))));
    }
}
