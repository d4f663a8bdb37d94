package dev.sluice.kustomize.generate;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.model.IamPolicyArgs;
import dev.sluice.kustomize.resource.Resource;
import dev.sluice.kustomize.resource.ResourceReader;
import dev.sluice.yaml.Node;
import java.util.List;

/** Makes a service account that a cloud's account is bound to. */
public final class IamPolicyGenerator implements Generator {

    private final IamPolicyArgs args;
    private final ResourceReader reader;
    private final String originFile;

    public IamPolicyGenerator(IamPolicyArgs args, ResourceReader reader, String originFile) {
        this.args = args;
        this.reader = reader;
        this.originFile = originFile;
    }

    @Override
    public List<Resource> generate() throws BuildException {
        if (!args.cloud().equals("gke")) {
            throw new BuildException("cloud provider " + args.cloud() + " not supported yet");
        }
        Node metadata =
                Node.mapping()
                        .add(Node.plain("annotations"))
                        .add(
                                Node.mapping()
                                        .add(Node.plain("iam.gke.io/gcp-service-account"))
                                        .add(
                                                Node.plain(
                                                        args.cloudAccount()
                                                                + "@"
                                                                + args.project()
                                                                + ".iam.gserviceaccount.com")))
                        .add(Node.plain("name"))
                        .add(Node.plain(args.name()));
        if (!args.namespace().isEmpty()) {
            metadata.add(Node.plain("namespace")).add(Node.plain(args.namespace()));
        }
        Node account =
                Node.mapping()
                        .add(Node.plain("apiVersion"))
                        .add(Node.plain("v1"))
                        .add(Node.plain("kind"))
                        .add(Node.plain("ServiceAccount"))
                        .add(Node.plain("metadata"))
                        .add(metadata);
        return List.of(reader.wrap(account, originFile));
    }
}
