package dev.sluice.kustomize.model;

/**
 * What an IAMPolicyGenerator makes.
 *
 * @param name of the service account in the cluster
 * @param cloudAccount the account in the cloud's project
 */
public record IamPolicyArgs(
        String cloud, String name, String namespace, String cloudAccount, String project) {}
