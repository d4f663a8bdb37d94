package dev.sluice.fluxapi;

/** An object of one of the kinds that Sluice serves. */
public interface FluxObject {

    /** {@code group/version}, as it was read. */
    String apiVersion();

    String kind();

    Metadata metadata();
}
