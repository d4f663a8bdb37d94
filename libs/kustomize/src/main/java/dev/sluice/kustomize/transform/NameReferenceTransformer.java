package dev.sluice.kustomize.transform;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.fields.FieldSpec;
import dev.sluice.kustomize.fields.FieldWalker;
import dev.sluice.kustomize.fields.NameReference;
import dev.sluice.kustomize.resource.Gvk;
import dev.sluice.kustomize.resource.Meta;
import dev.sluice.kustomize.resource.Resource;
import dev.sluice.kustomize.resource.ResourceSet;
import dev.sluice.yaml.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the new names of renamed resources into the fields of others that name them: the last step
 * of a build but for variables, once for all layers.
 */
public final class NameReferenceTransformer implements Transformer {

    private final List<NameReference> references;

    public NameReferenceTransformer(List<NameReference> references) {
        this.references = references;
    }

    @Override
    public void transform(ResourceSet resources) throws BuildException {
        resources.idsMayChange();
        Map<String, List<Resource>> byOldName = new HashMap<>();
        for (Resource resource : resources.resources()) {
            resource.previousIds().stream()
                    .map(id -> id.name())
                    .distinct()
                    .forEach(name ->
                            byOldName
                                    .computeIfAbsent(name, any -> new ArrayList<>())
                                    .add(resource));
        }
        for (Resource referrer : resources.resources()) {
            Gvk gvk = referrer.originalId().gvk();
            Referrals referrals = null;
            for (NameReference reference : references) {
                for (FieldSpec spec : reference.referrers()) {
                    if (gvk.isSelectedBy(spec.gvk())) {
                        if (referrals == null) {
                            checkApiVersion(referrer);
                            referrals = new Referrals(referrer, resources.resources(), byOldName);
                        }
                        update(referrals.forField(reference.target(), spec), spec, referrer);
                    }
                }
            }
        }
    }

    /** Upstream's own check of what it knows of an object, which odd versions do not pass. */
    private static void checkApiVersion(Resource referrer) throws BuildException {
        Node written = referrer.node().get("apiVersion");
        String text = written == null || Meta.isNullOrEmpty(written) ? "" : written.value();
        String known = referrer.gvk().apiVersion();
        if (!text.equals(known)) {
            throw new BuildException(
                    "node-referrerOriginal 'APIVersion' mismatch '" + text + "' != '" + known + "'",
                    new BuildException.Place(
                            referrer.originFile(),
                            written == null ? 0 : written.line(),
                            "apiVersion"),
                    null);
        }
    }

    private static void update(ReferralField field, FieldSpec spec, Resource referrer)
            throws BuildException {
        try {
            FieldWalker.walkAlways(referrer.node(), spec, null, field::update);
        } catch (BuildException e) {
            throw e.within(
                    "updating name reference in '"
                            + spec.path()
                            + "' field of '"
                            + referrer.currentId()
                            + "'");
        }
    }
}
