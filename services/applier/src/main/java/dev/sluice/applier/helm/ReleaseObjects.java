package dev.sluice.applier.helm;

import dev.sluice.events.AppliedObject;
import dev.sluice.events.ObjectChange;
import dev.sluice.events.ObjectChange.Action;
import dev.sluice.fluxapi.Labels;
import dev.sluice.helm.worker.HelmResponse.Changed;
import dev.sluice.helm.worker.HelmResponse.ObjectRef;
import dev.sluice.kubernetes.FieldOwner;
import dev.sluice.kubernetes.ObjectMeta;
import dev.sluice.manifests.ObjectId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The objects of a release as the record of what was applied has them. */
final class ReleaseObjects {

    private ReleaseObjects() {}

    static ObjectId id(ObjectRef ref) {
        return new ObjectId(
                group(ref.apiVersion()),
                ref.kind(),
                ref.namespace() == null ? "" : ref.namespace(),
                ref.name());
    }

    private static String group(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    static String version(ObjectRef ref) {
        return ref.apiVersion().substring(ref.apiVersion().indexOf('/') + 1);
    }

    /** The worker names an object by its API version too. */
    static ObjectRef ref(AppliedObject object) {
        ObjectId id = ObjectId.parse(object.id());
        String apiVersion =
                id.group().isEmpty() ? object.version() : id.group() + '/' + object.version();
        return new ObjectRef(
                apiVersion,
                id.kind(),
                id.namespace().isEmpty() ? null : id.namespace(),
                id.name(),
                null);
    }

    /** As the event of an apply lists them. */
    static List<ObjectChange> changes(List<Changed> changed) {
        return changed.stream()
                .map(one ->
                        new ObjectChange(
                                id(new ObjectRef(
                                                one.apiVersion(),
                                                one.kind(),
                                                one.namespace(),
                                                one.name(),
                                                null))
                                        .display(),
                                Action.valueOf(one.change().toUpperCase(Locale.ROOT))))
                .toList();
    }

    /** One whose metadata the worker does not tell is not watched. */
    static List<AppliedObject> applied(List<ObjectRef> refs) {
        return refs.stream().map(ReleaseObjects::applied).toList();
    }

    private static AppliedObject applied(ObjectRef ref) {
        String id = id(ref).inventoryId();
        if (ref.metadata() == null) {
            return new AppliedObject(id, version(ref), "", "", "", "");
        }
        ObjectMeta meta = ObjectMeta.of(ref.metadata());
        String owned =
                meta.ownedBy(Labels.HELM_MANAGER, Set.of(Labels.HELM_PROGRAM_MANAGER))
                        .map(FieldOwner::digest)
                        .orElse("");
        return new AppliedObject(id, version(ref), meta.uid(), meta.resourceVersion(), "", owned);
    }

    /** The same objects, some of them newer. */
    static List<AppliedObject> with(List<AppliedObject> before, List<AppliedObject> newer) {
        Map<String, AppliedObject> all = new LinkedHashMap<>();
        before.forEach(object -> all.put(object.id(), object));
        newer.forEach(object -> all.replace(object.id(), object));
        return List.copyOf(all.values());
    }
}
