package dev.sluice.decryptor;

import dev.sluice.kubernetes.KubernetesException;
import java.util.Map;
import java.util.Optional;

/** Reads the entries of a Secret or ConfigMap. A port: the cluster in production. */
interface InputReader {

    /** The object's {@code data}, decoded; empty where there is no such object. */
    Optional<Map<String, byte[]>> read(NamedObject object) throws KubernetesException;
}
