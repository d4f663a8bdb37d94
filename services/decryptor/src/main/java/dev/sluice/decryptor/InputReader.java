package dev.sluice.decryptor;

import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.sops.kms.WorkloadIdentity;
import java.util.Map;
import java.util.Optional;

/** Reads what deliveries name. A port: the cluster in production. */
interface InputReader {

    /** The {@code data} of a Secret or ConfigMap, decoded; empty where there is no such object. */
    Optional<Map<String, byte[]>> read(NamedObject object) throws KubernetesException;

    /** Whom a ServiceAccount stands for at key services; empty where there is no such object. */
    Optional<WorkloadIdentity> identity(NamedObject account) throws KubernetesException;
}
