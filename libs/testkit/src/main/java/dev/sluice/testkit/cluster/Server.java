package dev.sluice.testkit.cluster;

/** What stands behind a {@link ControlPlane}: processes of this machine, or a container. */
interface Server extends AutoCloseable {

    /** The API server's address. */
    String address();

    /** The authority of its certificate, PEM. */
    byte[] authority();

    /** Starts the controllers that deletion needs, where they do not run yet. */
    void startControllers() throws ControlPlaneException;

    /** Ends the API server at once, and starts it again on the same address and data. */
    void restart() throws ControlPlaneException;

    @Override
    void close();
}
