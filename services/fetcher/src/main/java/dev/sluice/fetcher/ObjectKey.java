package dev.sluice.fetcher;

/** Names one source object of the cluster. */
record ObjectKey(String namespace, String name) {

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
