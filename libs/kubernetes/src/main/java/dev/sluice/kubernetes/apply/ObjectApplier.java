package dev.sluice.kubernetes.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.ObjectChange;
import dev.sluice.kubernetes.ApiAnswer;
import dev.sluice.kubernetes.ApiRequest;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.KubernetesFailure;
import dev.sluice.kubernetes.ObjectMeta;
import dev.sluice.kubernetes.ResourceKind;
import dev.sluice.kubernetes.schema.Normaliser;
import dev.sluice.kubernetes.watch.ObjectWait;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The requests for one object: a look, where needed a takeover or a deletion, the apply. */
final class ObjectApplier {

    /** Others may write between our look and our takeover; more often than this is a fight. */
    private static final int TAKEOVER_ATTEMPTS = 4;

    private final Cluster cluster;
    private final String manager;
    private final ApplyRequest request;
    private final Normaliser normaliser;
    private final Takeover takeover;
    private final Map<Wanted, String> payloads = new ConcurrentHashMap<>();

    /**
     * What was seen of an object before it is written.
     *
     * @param live its metadata; null where it does not exist
     * @param replace whether it must be deleted first
     */
    record Look(@Nullable ObjectMeta live, boolean replace) {}

    ObjectApplier(Cluster cluster, String manager, Normaliser normaliser, ApplyRequest request) {
        this.cluster = cluster;
        this.manager = manager;
        this.request = request;
        this.normaliser = normaliser;
        this.takeover = new Takeover(manager);
    }

    /** Reads what is there. */
    Look look(Wanted wanted) throws KubernetesException {
        ResourceKind kind = kind(wanted);
        return new Look(live(wanted, kind).orElse(null), false);
    }

    /** Asks the server whether it would take the object, and sees what is there on the way. */
    Look dryRun(Wanted wanted) throws KubernetesException {
        ResourceKind kind = kind(wanted);
        if (wanted.switches().onlyCreate()) {
            Optional<ObjectMeta> live = live(wanted, kind);
            if (live.isPresent()) {
                return new Look(live.get(), false);
            }
        }
        try {
            // What it answers is how the object would be: its switches may be gone from it.
            ApiAnswer answer = send(wanted, kind, "&dryRun=All");
            return new Look(answer.created() ? null : live(wanted, kind).orElse(null), false);
        } catch (KubernetesException e) {
            ObjectMeta live = live(wanted, kind).orElse(null);
            if (live != null && Switches.of(request.owner(), live).leaveAlone()) {
                return new Look(live, false);
            }
            if (mayReplace(wanted, live, e)) {
                return new Look(live, true);
            }
            throw e;
        }
    }

    /** Brings the object to what is wanted. */
    ObjectResult apply(Wanted wanted, Look look) throws KubernetesException {
        ResourceKind kind = kind(wanted);
        ObjectMeta live = look.live();
        if (live != null && leftAlone(wanted, live)) {
            return new ObjectResult.Skipped(
                    wanted.id(), wanted.untouched(live.uid(), live.resourceVersion()));
        }
        if (live != null && look.replace()) {
            replace(wanted, kind, live);
        } else if (live != null) {
            takeOver(wanted, kind, live);
        }
        try {
            return concedes(wanted)
                    ? concede(wanted, kind)
                    : result(wanted, live, send(wanted, kind, ""));
        } catch (KubernetesException e) {
            if (live == null || !mayReplace(wanted, live, e)) {
                throw e;
            }
            replace(wanted, kind, live);
            return result(wanted, live, send(wanted, kind, ""));
        }
    }

    private boolean leftAlone(Wanted wanted, ObjectMeta live) {
        return wanted.switches().onlyCreate() || Switches.of(request.owner(), live).leaveAlone();
    }

    private boolean mayReplace(Wanted wanted, @Nullable ObjectMeta live, KubernetesException e) {
        if (live == null || !e.is(KubernetesFailure.Sort.IMMUTABLE)) {
            return false;
        }
        return request.force()
                || wanted.switches().force()
                || Switches.of(request.owner(), live).force();
    }

    private void takeOver(Wanted wanted, ResourceKind kind, ObjectMeta seen)
            throws KubernetesException {
        ObjectMeta live = seen;
        for (int attempt = 1; ; attempt++) {
            if (!takeover.needed(live)
                    || wanted.switches().merge()
                    || Switches.of(request.owner(), live).merge()) {
                return;
            }
            try {
                cluster.send(
                        ApiRequest.patch(
                                        path(wanted, kind) + "?fieldManager=" + manager,
                                        ApiRequest.JSON_PATCH,
                                        takeover.patch(live))
                                .accepting(ApiRequest.METADATA));
                return;
            } catch (KubernetesException e) {
                Optional<ObjectMeta> now = live(wanted, kind);
                if (!e.is(KubernetesFailure.Sort.CONFLICT)
                        || attempt == TAKEOVER_ATTEMPTS
                        || now.isEmpty()) {
                    throw e;
                }
                live = now.get();
            }
        }
    }

    private void replace(Wanted wanted, ResourceKind kind, ObjectMeta live)
            throws KubernetesException {
        Deletion.send(cluster, kind, wanted.id(), live);
        boolean gone =
                new ObjectWait(cluster)
                        .until(
                                kind,
                                wanted.id().namespace(),
                                wanted.id().name(),
                                o -> o.isEmpty() || !uid(o.get()).equals(live.uid()),
                                request.readiness());
        if (!gone) {
            throw new KubernetesException(
                    KubernetesFailure.invalid(
                            "it was deleted to be created anew, but is still there after "
                                    + request.readiness().toSeconds()
                                    + " s: look at its finalizers"));
        }
    }

    private ObjectResult result(Wanted wanted, @Nullable ObjectMeta before, ApiAnswer answer)
            throws KubernetesException {
        ObjectMeta now = answer.metadata();
        boolean same = before != null && before.resourceVersion().equals(now.resourceVersion());
        ObjectChange.Action action =
                answer.created()
                        ? ObjectChange.Action.CREATED
                        : same ? ObjectChange.Action.UNCHANGED : ObjectChange.Action.CONFIGURED;
        return applied(wanted, now, action);
    }

    private ObjectResult applied(Wanted wanted, ObjectMeta now, ObjectChange.Action action) {
        return new ObjectResult.Applied(
                wanted.id(),
                action,
                wanted.applied(now.uid(), now.resourceVersion(), now.ownedDigest(manager)));
    }

    private boolean concedes(Wanted wanted) {
        return !wanted.ignored().isEmpty();
    }

    /**
     * Applies an object with fields that others may change: what only they changed is no change.
     */
    private ObjectResult concede(Wanted wanted, ResourceKind kind) throws KubernetesException {
        Optional<ObjectNode> before = whole(wanted, kind);
        ApiAnswer answer =
                send(
                        path(wanted, kind),
                        kind,
                        payload(wanted, before).toString(),
                        ApiRequest.JSON,
                        "");
        ObjectNode after = answer.object();
        ObjectMeta now = ObjectMeta.of(after.path("metadata"));
        ObjectChange.Action action =
                answer.created()
                        ? ObjectChange.Action.CREATED
                        : before.isPresent() && Concession.alike(before.get(), after)
                                ? ObjectChange.Action.UNCHANGED
                                : ObjectChange.Action.CONFIGURED;
        return applied(wanted, now, action);
    }

    /** The same for the question and the deed. */
    private String payload(Wanted wanted) throws KubernetesException {
        String known = payloads.get(wanted);
        if (known == null) {
            known = normaliser.normalise(wanted.object()).tree().toString();
            payloads.put(wanted, known);
        }
        return known;
    }

    private ObjectNode payload(Wanted wanted, Optional<ObjectNode> live)
            throws KubernetesException {
        ObjectNode tree = normaliser.normalise(wanted.object()).tree();
        live.ifPresent(now -> new Concession(manager, wanted.ignored()).make(tree, now));
        return tree;
    }

    private ApiAnswer send(Wanted wanted, ResourceKind kind, String query)
            throws KubernetesException {
        String payload =
                concedes(wanted)
                        ? payload(wanted, whole(wanted, kind)).toString()
                        : payload(wanted);
        return send(path(wanted, kind), kind, payload, ApiRequest.METADATA, query);
    }

    private ApiAnswer send(
            String path, ResourceKind kind, String payload, String accept, String query)
            throws KubernetesException {
        String target = path + "?fieldManager=" + manager + "&force=true" + query;
        try {
            return cluster.send(
                    ApiRequest.patch(target, ApiRequest.APPLY, payload).accepting(accept));
        } catch (KubernetesException e) {
            // A path that is not served is answered without a reason; a namespace has one.
            if (e.is(KubernetesFailure.Sort.NOT_FOUND) && e.failure().reason().isEmpty()) {
                cluster.forgetKinds(kind.group());
                throw new KubernetesException(
                        KubernetesFailure.noMatch(kind.apiVersion(), kind.kind()));
            }
            throw e;
        }
    }

    private Optional<ObjectNode> whole(Wanted wanted, ResourceKind kind)
            throws KubernetesException {
        return cluster.get(kind, wanted.id().namespace(), wanted.id().name());
    }

    private Optional<ObjectMeta> live(Wanted wanted, ResourceKind kind) throws KubernetesException {
        return cluster.metadata(kind, wanted.id().namespace(), wanted.id().name());
    }

    private ResourceKind kind(Wanted wanted) throws KubernetesException {
        ResourceKind kind = cluster.resource(wanted.object().apiVersion(), wanted.id().kind());
        if (kind.namespaced() && wanted.id().namespace().isEmpty()) {
            throw new KubernetesException(
                    KubernetesFailure.invalid(
                            "namespace not specified: set metadata.namespace or targetNamespace"));
        }
        return kind;
    }

    private static String path(Wanted wanted, ResourceKind kind) {
        return kind.path(wanted.id().namespace(), wanted.id().name());
    }

    private static String uid(ObjectNode object) {
        return object.path("metadata").path("uid").asText();
    }
}
