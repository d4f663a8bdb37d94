package dev.sluice.kubernetes.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.Cluster;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.kubernetes.ResourceKind;
import java.time.Duration;

/**
 * Waits for the definition of a kind that the server does not serve, so that the kind need not be
 * asked for time and again. One thread calls {@link #await}; any may call {@link #close}, which
 * ends it.
 */
final class DefinitionWait implements AutoCloseable {

    private static final ResourceKind DEFINITIONS =
            new ResourceKind(
                    "apiextensions.k8s.io",
                    "v1",
                    "CustomResourceDefinition",
                    "customresourcedefinitions",
                    false);

    private final ListWatch watch;

    DefinitionWait(Cluster cluster, ResourceKind kind) {
        String name = kind.plural() + '.' + kind.group();
        watch = new ListWatch(cluster, Selection.metadata(DEFINITIONS, "", name));
    }

    /** Whether a kind can come by a definition: the groups of the server itself have no domain. */
    static boolean concerns(ResourceKind kind) {
        return kind.group().contains(".");
    }

    /**
     * Returns when the definition comes, the time is up, or the server ends the watch.
     *
     * @return whether it came; false also where it is there already, and the kind is not served for
     *     another reason
     * @throws KubernetesException where the definitions may not be watched
     */
    boolean await(Duration length) throws KubernetesException {
        Arrival arrival = new Arrival();
        watch.pass(arrival, length);
        return arrival.came;
    }

    @Override
    public void close() {
        watch.close();
    }

    private static final class Arrival implements Sink {

        private boolean listed;
        private boolean there;
        private boolean came;

        @Override
        public void begin() {
            listed = false;
        }

        @Override
        public void present(ObjectNode object) {
            there = true;
            came = listed;
        }

        @Override
        public void complete() {
            listed = true;
        }

        @Override
        public void gone(ObjectNode object) {
            there = false;
        }

        @Override
        public boolean done() {
            return there;
        }
    }
}
