package dev.sluice.fetcher.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.fetcher.gitrepository.PushHints;
import dev.sluice.fetcher.source.Source;
import dev.sluice.fetcher.source.SourceKey;
import dev.sluice.fetcher.source.SourceTable;
import dev.sluice.fluxapi.notification.Receiver;
import dev.sluice.fluxapi.source.GitRepository;
import dev.sluice.kubernetes.cel.EvaluationException;
import dev.sluice.kubernetes.cel.InvalidExpressionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The story of a call: it is verified; one that was done is not done again; what it says of a push
 * is noted as a hint; and what its Receiver lists, and its filters let through, is asked to
 * reconcile.
 */
final class DeliveryFlow {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryFlow.class);

    private final ReceiverSetup setup;
    private final Verification verification;
    private final DeliveryMemory memory;
    private final RequestedObjects objects;
    private final SourceTable sources;
    private final PushHints hints;

    DeliveryFlow(
            ReceiverSetup setup,
            Verification verification,
            DeliveryMemory memory,
            RequestedObjects objects,
            SourceTable sources,
            PushHints hints) {
        this.setup = setup;
        this.verification = verification;
        this.memory = memory;
        this.objects = objects;
        this.sources = sources;
        this.hints = hints;
    }

    /**
     * Takes a call.
     *
     * @throws RefusedException with the answer that the caller gets
     */
    void deliver(Receiver receiver, Delivery delivery)
            throws RefusedException, InterruptedException {
        ReceiverKey key = ReceiverTable.key(receiver);
        JsonNode claims = verification.check(receiver, token(receiver), delivery);
        if (memory.knows(key, delivery)) {
            LOG.atInfo().addKeyValue("target", key).log("a call came again and is not done again");
            return;
        }
        Optional<Push> push = Push.of(receiver.spec().type(), delivery);
        request(receiver, delivery, claims, push.orElse(null));
        memory.note(key, delivery);
    }

    private ReceiverToken token(Receiver receiver) throws RefusedException {
        try {
            return setup.token(receiver);
        } catch (NotReadyException e) {
            throw new RefusedException(e.getMessage());
        }
    }

    private void request(Receiver receiver, Delivery delivery, JsonNode claims, @Nullable Push push)
            throws RefusedException {
        ResourceFilter filter = filter(receiver);
        ResourceFilter.Call call = null;
        List<String> problems = new ArrayList<>();
        int asked = 0;
        for (int entry = 0; entry < receiver.spec().resources().size(); entry++) {
            Receiver.Resource resource = receiver.spec().resources().get(entry);
            try {
                boolean open = filter.isOpen(entry);
                if (!open && call == null) {
                    call = call(delivery, claims);
                }
                for (RequestedObjects.Found object : objects.find(receiver, resource, !open)) {
                    boolean meant =
                            call == null || open || filter.holds(entry, object.tree(), call);
                    if (meant && isConcerned(object, push)) {
                        objects.request(resource, object);
                        asked++;
                    }
                }
            } catch (RefusedException | EvaluationException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        LOG.atInfo()
                .addKeyValue("target", ReceiverTable.key(receiver))
                .addKeyValue("asked", asked)
                .log("webhook taken");
        if (!problems.isEmpty()) {
            throw new RefusedException(RefusedException.Why.NOT_DONE, String.join("; ", problems));
        }
    }

    private static ResourceFilter filter(Receiver receiver) throws RefusedException {
        try {
            return ResourceFilter.of(receiver);
        } catch (InvalidExpressionException e) {
            throw new RefusedException(
                    RefusedException.Why.NOT_DONE, String.valueOf(e.getMessage()));
        }
    }

    private static ResourceFilter.Call call(Delivery delivery, JsonNode claims)
            throws RefusedException {
        try {
            return ResourceFilter.Call.of(delivery, claims);
        } catch (RefusedException e) {
            throw new RefusedException(
                    RefusedException.Why.NOT_DONE, String.valueOf(e.getMessage()));
        }
    }

    /**
     * A push to this very repository concerns those that follow what was pushed, and these may go
     * straight to the commit. Of all else nothing is known here.
     */
    private boolean isConcerned(RequestedObjects.Found object, @Nullable Push push) {
        if (push == null || !object.kind().equals("GitRepository")) {
            return true;
        }
        SourceKey key = new SourceKey(object.kind(), object.namespace(), object.name());
        Optional<GitRepository> known =
                sources.get(key)
                        .map(Source::object)
                        .filter(GitRepository.class::isInstance)
                        .map(GitRepository.class::cast);
        if (known.isEmpty() || !push.isTo(known.get())) {
            return true;
        }
        if (!push.moves(known.get())) {
            return false;
        }
        if (!push.isDeletion()) {
            hints.put(key, push.ref(), push.commit());
        }
        return true;
    }
}
