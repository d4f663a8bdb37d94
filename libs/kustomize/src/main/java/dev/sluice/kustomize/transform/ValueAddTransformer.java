package dev.sluice.kustomize.transform;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.fields.Fields;
import dev.sluice.kustomize.fields.Lookup;
import dev.sluice.kustomize.fields.Paths;
import dev.sluice.kustomize.resource.Resource;
import dev.sluice.kustomize.resource.ResourceSet;
import dev.sluice.kustomize.resource.Selector;
import dev.sluice.yaml.Kind;
import dev.sluice.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one value to fields, or puts it into the file paths that fields hold. */
public final class ValueAddTransformer implements Transformer {

    /**
     * Where to write.
     *
     * @param selector null for all resources
     * @param fieldPath field names separated by slashes
     * @param position of the value in a file path, from 1; 0 replaces the field's value
     */
    public record Target(@Nullable Selector selector, String fieldPath, int position) {}

    private final String value;
    private final List<Target> targets;

    public ValueAddTransformer(String value, List<Target> targets) {
        this.value = value;
        this.targets = targets;
    }

    @Override
    public void transform(ResourceSet resources) throws BuildException {
        resources.idsMayChange();
        for (Target target : targets) {
            List<Resource> selected =
                    target.selector() == null
                            ? List.copyOf(resources.resources())
                            : resources.select(target.selector());
            for (Resource resource : selected) {
                apply(resource, target);
            }
        }
    }

    private void apply(Resource resource, Target target) throws BuildException {
        if (target.fieldPath().equals("metadata/namespace")) {
            NamespaceTransformer.setEverywhere(
                    resource.node(), value, resource.currentId().clusterScoped());
            return;
        }
        Node field =
                Lookup.findOrCreate(
                        resource.node(),
                        Kind.SCALAR,
                        Paths.splitKeepingEmpty(target.fieldPath(), '/'));
        if (field == null) {
            return;
        }
        Fields.require(field, Kind.SCALAR);
        Fields.setScalarUntagged(
                field,
                target.position() > 0 ? insert(field.value(), target.position() - 1) : value);
    }

    /**
     * The file path with the value put in at a position; one that is too large puts it at the end.
     */
    private String insert(String path, int position) {
        boolean absolute = path.startsWith("/");
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/")) {
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        parts.add(Math.min(position, parts.size()), value);
        return (absolute ? "/" : "") + String.join("/", parts);
    }
}
