package dev.sluice.kustomize.build;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.json6902.JsonPatch;
import dev.sluice.kustomize.json6902.PatchException;
import dev.sluice.kustomize.load.Loader;
import dev.sluice.kustomize.merge.MergeException;
import dev.sluice.kustomize.merge.StrategicMerge;
import dev.sluice.kustomize.model.Patch;
import dev.sluice.kustomize.resource.Resource;
import dev.sluice.kustomize.resource.Selector;
import dev.sluice.kustomize.transform.Json6902Transformer;
import dev.sluice.kustomize.transform.ObjectPatch;
import dev.sluice.kustomize.transform.PatchMerger;
import dev.sluice.kustomize.transform.PatchTransformer;
import dev.sluice.kustomize.transform.StrategicMergeTransformer;
import dev.sluice.kustomize.transform.Transformer;
import dev.sluice.yaml.Node;
import dev.sluice.yaml.YamlException;
import dev.sluice.yaml.YamlWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes patch transformers: reads the files that entries name, and finds out what kind of patch a
 * text is.
 */
final class Patches {

    private final Loader loader;
    private final BuildContext context;
    private final PatchMerger merger;

    Patches(Loader loader, BuildContext context) {
        this.loader = loader;
        this.context = context;
        this.merger =
                (patch, object) -> {
                    try {
                        return StrategicMerge.apply(object, patch, context.schema());
                    } catch (MergeException e) {
                        throw new BuildException(e.getMessage(), e);
                    }
                };
    }

    /** The entries of {@code patchesStrategicMerge}: patches, or files with patches. */
    Transformer strategicMerges(List<String> entries) throws BuildException {
        try {
            List<Resource> patches = new ArrayList<>();
            for (String entry : entries) {
                patches.addAll(textOrFile(entry));
            }
            return strategicMerge(patches);
        } catch (BuildException e) {
            throw e.within(
                    "trouble configuring builtin PatchStrategicMergeTransformer with config: `\n"
                            + YamlWriter.manifest(
                                    Node.mapping().put("paths", Node.sequenceOf(entries)))
                            + "`");
        }
    }

    /**
     * What a configured PatchStrategicMergeTransformer does: paths as above, and patches as one
     * text.
     */
    Transformer strategicMerges(List<String> paths, String text) throws BuildException {
        if (paths.isEmpty() && text.isEmpty()) {
            throw new BuildException("empty file path and empty patch content");
        }
        List<Resource> patches = new ArrayList<>();
        for (String path : paths) {
            patches.addAll(textOrFile(path));
        }
        if (!text.isEmpty()) {
            patches.addAll(context.reader().read(text, loader.pathOf("")));
        }
        return strategicMerge(patches);
    }

    private Transformer strategicMerge(List<Resource> patches) throws BuildException {
        if (patches.isEmpty()) {
            throw new BuildException("patch appears to be empty");
        }
        return new StrategicMergeTransformer(patches, merger);
    }

    private List<Resource> textOrFile(String entry) throws BuildException {
        try {
            return context.reader().read(entry, loader.pathOf(""));
        } catch (BuildException noPatch) {
            return context.reader().read(loader.load(entry), loader.pathOf(entry));
        }
    }

    /** An entry of {@code patches}. */
    Transformer patch(Patch entry) throws BuildException {
        String shown = EntryText.of(entry);
        try {
            return patch(entry, shown);
        } catch (BuildException e) {
            throw e.within(
                    "trouble configuring builtin PatchTransformer with config: `\n" + shown + "`");
        }
    }

    /**
     * @param shown the entry as messages show it
     */
    Transformer patch(Patch entry, String shown) throws BuildException {
        String inline = entry.patch().strip();
        if (inline.isEmpty() && entry.path().isEmpty()) {
            throw new BuildException("must specify one of patch and path in\n" + shown);
        }
        if (!inline.isEmpty() && !entry.path().isEmpty()) {
            throw new BuildException("patch and path can't be set at the same time\n" + shown);
        }
        if (!inline.isEmpty()) {
            String source =
                    "[patch: \""
                            + inline.replace("\\", "\\\\")
                                    .replace("\"", "\\\"")
                                    .replace("\n", "\\n")
                            + "\"]";
            return patch(entry, inline.getBytes(StandardCharsets.UTF_8), source);
        }
        byte[] text;
        try {
            text = loader.load(entry.path());
        } catch (BuildException e) {
            throw e.within("failed to get the patch file from path(" + entry.path() + ")");
        }
        return patch(entry, text, "[path: \"" + entry.path() + "\"]");
    }

    private Transformer patch(Patch entry, byte[] text, String source) throws BuildException {
        List<Resource> merges = null;
        try {
            merges = context.reader().read(text, loader.pathOf(entry.path()));
        } catch (BuildException e) {
            // It may be a JSON patch; what is neither is reported below.
        }
        JsonPatch jsonPatch = parse(new String(text, StandardCharsets.UTF_8));
        if (merges == null && jsonPatch == null) {
            throw new BuildException("unable to parse SM or JSON patch from " + source);
        }
        if (merges != null) {
            return merges.isEmpty()
                    ? resources -> {}
                    : PatchTransformer.merging(merges, entry, merger, source);
        }
        return PatchTransformer.editing(editing(jsonPatch), entry.target(), source);
    }

    private static @Nullable JsonPatch parse(String text) {
        try {
            return text.isEmpty() ? null : JsonPatch.parse(text);
        } catch (YamlException | PatchException e) {
            return null;
        }
    }

    private static ObjectPatch editing(@Nullable JsonPatch patch) {
        if (patch == null) {
            throw new IllegalStateException("checked by the caller");
        }
        return new ObjectPatch(object -> {
            try {
                return patch.apply(object);
            } catch (YamlException | PatchException e) {
                throw new BuildException(String.valueOf(e.getMessage()), e);
            }
        });
    }

    /** An entry of {@code patchesJson6902}. */
    Transformer json6902(Patch entry) throws BuildException {
        try {
            return json6902(entry.target(), entry.path(), entry.patch());
        } catch (BuildException e) {
            throw e.within(
                    "trouble configuring builtin PatchJson6902Transformer with config: `\n"
                            + EntryText.of(entry)
                            + "`");
        }
    }

    Transformer json6902(@Nullable Selector target, String path, String inline)
            throws BuildException {
        if (target == null || target.name().isEmpty()) {
            throw new BuildException("must specify the target name");
        }
        if (path.isEmpty() && inline.isEmpty()) {
            throw new BuildException("empty file path and empty jsonOp");
        }
        if (!path.isEmpty() && !inline.isEmpty()) {
            throw new BuildException("must specify a file path or jsonOp, not both");
        }
        String text =
                path.isEmpty() ? inline : new String(loader.load(path), StandardCharsets.UTF_8);
        if (text.isEmpty()) {
            throw new BuildException("patch file '" + path + "' empty seems to be empty");
        }
        try {
            return new Json6902Transformer(editing(JsonPatch.parse(text)), target);
        } catch (YamlException | PatchException e) {
            throw new BuildException("decoding " + text + ": " + e.getMessage(), e);
        }
    }
}
