package dev.sluice.kustomize.load;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.api.BuildLimitException;
import dev.sluice.kustomize.api.BuildLimitException.Limit;
import dev.sluice.kustomize.api.BuildLimits;
import java.util.function.LongSupplier;

/** What is left of a build's limits. One per build; not thread safe. */
public final class Budget {

    private final BuildLimits limits;
    private final LongSupplier nanoTime;
    private final long deadline;
    private int files;
    private long bytes;

    /**
     * @param nanoTime the time that runs, in nanoseconds from any moment
     */
    public Budget(BuildLimits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.deadline = nanoTime.getAsLong() + limits.time().toNanos();
    }

    public BuildLimits limits() {
        return limits;
    }

    /**
     * @throws BuildException where the build has run for too long; called between steps
     */
    public void checkTime() throws BuildException {
        if (nanoTime.getAsLong() - deadline > 0) {
            throw new BuildLimitException(
                    Limit.TIME, "the build took longer than " + limits.time());
        }
    }

    void fileOpened(String path, long size) throws BuildException {
        checkTime();
        files++;
        if (files > limits.files()) {
            throw new BuildLimitException(
                    Limit.FILES,
                    "more than "
                            + limits.files()
                            + " files are read; the last one was '"
                            + path
                            + "'");
        }
        if (size > limits.fileBytes()) {
            throw new BuildLimitException(
                    Limit.BYTES,
                    "the file '" + path + "' is larger than " + limits.fileBytes() + " bytes");
        }
        bytes += size;
        if (bytes > limits.bytes()) {
            throw new BuildLimitException(
                    Limit.BYTES,
                    "more than "
                            + limits.bytes()
                            + " bytes are read; the last file was '"
                            + path
                            + "'");
        }
    }

    /**
     * @throws BuildException where a layer holds too many resources
     */
    public void resourcesHeld(int count) throws BuildException {
        checkTime();
        if (count > limits.resources()) {
            throw new BuildLimitException(
                    Limit.RESOURCES,
                    "more than " + limits.resources() + " resources are held: " + count);
        }
    }
}
