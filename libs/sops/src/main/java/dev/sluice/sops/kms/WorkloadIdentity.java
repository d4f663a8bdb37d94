package dev.sluice.sops.kms;

import java.util.Map;

/**
 * As whom key services are asked, where the key Secret holds no credential for one. {@code
 * toString} holds no secret.
 */
public sealed interface WorkloadIdentity {

    /** Nobody: what the key Secret does not open stays closed. */
    WorkloadIdentity NONE = new None();

    /** The identity of this process, as its platform set it up. */
    static WorkloadIdentity ofProcess() {
        return new ThisProcess(System.getenv());
    }

    /** See {@link #NONE}. */
    record None() implements WorkloadIdentity {}

    /**
     * What the environment and the platform's metadata service say of this process: the variables
     * are those that the vendors' own tools read.
     */
    record ThisProcess(Map<String, String> environment) implements WorkloadIdentity {
        public ThisProcess {
            environment = Map.copyOf(environment);
        }

        /** A variable's text; empty where it is not set. */
        String variable(String name) {
            return environment.getOrDefault(name, "");
        }

        @Override
        public String toString() {
            return "ThisProcess";
        }
    }

    /**
     * A Kubernetes service account, whose annotations say what it is called at a vendor.
     *
     * @param annotations of the ServiceAccount
     * @param tokens for this account
     */
    record ServiceAccount(
            String namespace, String name, Map<String, String> annotations, Tokens tokens)
            implements WorkloadIdentity {
        public ServiceAccount {
            annotations = Map.copyOf(annotations);
        }

        /**
         * What an annotation says.
         *
         * @throws KeyServiceException where there is none, with the annotation's name
         */
        String annotation(String key) throws KeyServiceException {
            String value = annotations.get(key);
            if (value == null || value.isBlank()) {
                throw new KeyServiceException(
                        "the ServiceAccount "
                                + namespace
                                + '/'
                                + name
                                + " has no annotation "
                                + key,
                        false);
            }
            return value.strip();
        }

        @Override
        public String toString() {
            return "ServiceAccount " + namespace + '/' + name;
        }
    }

    /** Asks the cluster for short-lived tokens of a service account. A port. */
    interface Tokens {

        /**
         * A token that proves the service account to one audience.
         *
         * @throws KeyServiceException where the cluster issues none
         */
        String forAudience(String audience) throws KeyServiceException, InterruptedException;
    }
}
