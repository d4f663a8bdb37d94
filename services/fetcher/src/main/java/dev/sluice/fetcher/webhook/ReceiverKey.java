package dev.sluice.fetcher.webhook;

/** Names one Receiver of the cluster. */
public record ReceiverKey(String namespace, String name) {

    /** {@code Receiver/namespace/name}. */
    @Override
    public String toString() {
        return "Receiver/" + namespace + "/" + name;
    }
}
