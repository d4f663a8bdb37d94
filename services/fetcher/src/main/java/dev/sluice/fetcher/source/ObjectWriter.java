package dev.sluice.fetcher.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.EditReplacePatchable;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to objects by JSON merge patches.
 *
 * @param target what is written to, for the log
 * @param resource the object, or its status
 */
public record ObjectWriter(
        Object target, EditReplacePatchable<GenericKubernetesResource> resource) {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectWriter.class);
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    /**
     * @return the object as it is now; empty where it is gone, or changed meanwhile: the watch
     *     tells of that, and the next run sees to it
     */
    public Optional<GenericKubernetesResource> write(ObjectNode patch, String manager) {
        PatchContext context =
                new PatchContext.Builder()
                        .withPatchType(PatchType.JSON_MERGE)
                        .withFieldManager(manager)
                        .build();
        try {
            return Optional.ofNullable(resource.patch(context, patch.toString()));
        } catch (KubernetesClientException e) {
            if (e.getCode() != NOT_FOUND && e.getCode() != CONFLICT) {
                throw e;
            }
            LOG.atDebug()
                    .addKeyValue("target", target)
                    .log("the object changed while it was written");
            return Optional.empty();
        }
    }
}
