package dev.sluice.kubernetes.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.ObjectChange;
import dev.sluice.kubernetes.ApiAnswer;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.KubernetesFailure;
import dev.sluice.kubernetes.ObjectMeta;
import dev.sluice.kubernetes.schema.Normaliser;
import dev.sluice.kubernetes.watch.ObjectWait;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The requests for one object: a look, where needed a takeover or a deletion, the apply. */
final class ObjectApplier {

    /** Others may write between our look and our takeover; more often than this is a fight. */
    private static final int TAKEOVER_ATTEMPTS = 4;

    private final Cluster cluster;
    private final String manager;
    private final ApplyRequest request;
    private final ObjectRequests requests;
    private final Takeover takeover;

    /**
     * What was seen of an object before it is written.
     *
     * @param live its metadata; null where it does not exist
     * @param replace whether it must be deleted first
     * @param untouched whether it is as we wrote it: then there is nothing else to see
     */
    record Look(@Nullable ObjectMeta live, boolean replace, boolean untouched) {

        static final Look UNTOUCHED = new Look(null, false, true);

        static Look at(@Nullable ObjectMeta live) {
            return new Look(live, false, false);
        }
    }

    ObjectApplier(Cluster cluster, String manager, Normaliser normaliser, ApplyRequest request) {
        this.cluster = cluster;
        this.manager = manager;
        this.request = request;
        this.requests = new ObjectRequests(cluster, manager, normaliser);
        this.takeover = new Takeover(manager);
    }

    /** Reads what is there, where it is not known. */
    Look look(Wanted wanted) throws KubernetesException {
        return wanted.writtenVersion().isEmpty()
                ? Look.at(requests.live(wanted).orElse(null))
                : Look.UNTOUCHED;
    }

    /**
     * Creates an object, in one request and without a look.
     *
     * @return empty where there is one of that name: nothing was done
     */
    Optional<ObjectResult.Applied> create(Wanted wanted) throws KubernetesException {
        try {
            ApiAnswer answer = requests.apply(wanted, ObjectRequests.NONE_THERE, "");
            return Optional.of(applied(wanted, answer.metadata(), ObjectChange.Action.CREATED));
        } catch (KubernetesException e) {
            if (e.is(KubernetesFailure.Sort.CONFLICT)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Takes away what {@link #create} made; false where that cannot be done now. */
    boolean withdraw(Wanted wanted, ObjectResult.Applied made) {
        try {
            requests.delete(wanted, made.applied().uid());
            return true;
        } catch (KubernetesException e) {
            return false;
        }
    }

    /** Asks the server whether it would take the object, and sees what is there on the way. */
    Look dryRun(Wanted wanted) throws KubernetesException {
        if (!wanted.writtenVersion().isEmpty()) {
            try {
                requests.apply(wanted, wanted.writtenVersion(), ObjectRequests.DRY_RUN);
                return Look.UNTOUCHED;
            } catch (KubernetesException e) {
                if (!overtaken(e)) {
                    throw e;
                }
            }
        }
        if (wanted.switches().onlyCreate()) {
            Optional<ObjectMeta> live = requests.live(wanted);
            if (live.isPresent()) {
                return Look.at(live.get());
            }
        }
        try {
            // What it answers is how the object would be: its switches may be gone from it.
            ApiAnswer answer = requests.apply(wanted, ObjectRequests.ANY, ObjectRequests.DRY_RUN);
            return Look.at(answer.created() ? null : requests.live(wanted).orElse(null));
        } catch (KubernetesException e) {
            ObjectMeta live = requests.live(wanted).orElse(null);
            if (live != null && Switches.of(request.owner(), live).leaveAlone()) {
                return Look.at(live);
            }
            if (mayReplace(wanted, live, e)) {
                return new Look(live, true, false);
            }
            throw e;
        }
    }

    /** Brings the object to what is wanted. */
    ObjectResult apply(Wanted wanted, Look look) throws KubernetesException {
        if (look.untouched()) {
            try {
                return untouched(wanted);
            } catch (KubernetesException e) {
                if (!overtaken(e)) {
                    throw e;
                }
                return apply(wanted, Look.at(requests.live(wanted).orElse(null)));
            }
        }
        ObjectMeta live = look.live();
        if (live != null && leftAlone(wanted, live)) {
            return new ObjectResult.Skipped(
                    wanted.id(), wanted.untouched(live.uid(), live.resourceVersion()));
        }
        if (live != null && look.replace()) {
            replace(wanted, live);
        } else if (live != null) {
            takeOver(wanted, live);
        }
        try {
            return wanted.concedes() ? concede(wanted) : written(wanted, live);
        } catch (KubernetesException e) {
            if (live == null || !mayReplace(wanted, live, e)) {
                throw e;
            }
            replace(wanted, live);
            return written(wanted, live);
        }
    }

    /** Someone changed the object since we wrote it, or it must go first. */
    private static boolean overtaken(KubernetesException e) {
        return e.is(KubernetesFailure.Sort.CONFLICT) || e.is(KubernetesFailure.Sort.IMMUTABLE);
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

    private void takeOver(Wanted wanted, ObjectMeta seen) throws KubernetesException {
        ObjectMeta live = seen;
        for (int attempt = 1; ; attempt++) {
            if (!takeover.needed(live)
                    || wanted.switches().merge()
                    || Switches.of(request.owner(), live).merge()) {
                return;
            }
            try {
                requests.takeOver(wanted, takeover.patch(live));
                return;
            } catch (KubernetesException e) {
                Optional<ObjectMeta> now = requests.live(wanted);
                if (!e.is(KubernetesFailure.Sort.CONFLICT)
                        || attempt == TAKEOVER_ATTEMPTS
                        || now.isEmpty()) {
                    throw e;
                }
                live = now.get();
            }
        }
    }

    private void replace(Wanted wanted, ObjectMeta live) throws KubernetesException {
        requests.delete(wanted, live.uid());
        boolean gone =
                new ObjectWait(cluster)
                        .until(
                                requests.kind(wanted),
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

    private ObjectResult untouched(Wanted wanted) throws KubernetesException {
        String before = wanted.writtenVersion();
        return result(wanted, before, requests.apply(wanted, before, ""));
    }

    private ObjectResult written(Wanted wanted, @Nullable ObjectMeta live)
            throws KubernetesException {
        String before = live == null ? "" : live.resourceVersion();
        return result(wanted, before, requests.apply(wanted, ObjectRequests.ANY, ""));
    }

    private ObjectResult result(Wanted wanted, String before, ApiAnswer answer)
            throws KubernetesException {
        ObjectMeta now = answer.metadata();
        boolean same = before.equals(now.resourceVersion());
        ObjectChange.Action action =
                answer.created()
                        ? ObjectChange.Action.CREATED
                        : same ? ObjectChange.Action.UNCHANGED : ObjectChange.Action.CONFIGURED;
        return applied(wanted, now, action);
    }

    private ObjectResult.Applied applied(
            Wanted wanted, ObjectMeta now, ObjectChange.Action action) {
        return new ObjectResult.Applied(
                wanted.id(),
                action,
                wanted.applied(now.uid(), now.resourceVersion(), now.ownedDigest(manager)));
    }

    /**
     * Applies an object with fields that others may change: what only they changed is no change.
     */
    private ObjectResult concede(Wanted wanted) throws KubernetesException {
        Optional<ObjectNode> before = requests.whole(wanted);
        ApiAnswer answer = requests.concede(wanted, before);
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

    private static String uid(ObjectNode object) {
        return object.path("metadata").path("uid").asText();
    }
}
