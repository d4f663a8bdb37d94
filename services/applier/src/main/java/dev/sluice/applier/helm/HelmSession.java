package dev.sluice.applier.helm;

import dev.sluice.helm.worker.HelmRequest;
import dev.sluice.helm.worker.HelmResponse;
import dev.sluice.helm.worker.WorkerException;

/** A worker with the identity of one release. A port: tests answer as Helm would. */
public interface HelmSession {

    HelmResponse run(HelmRequest request) throws WorkerException, InterruptedException;
}
