package dev.sluice.kustomize.generate;

import dev.sluice.kustomize.api.BuildException;
import dev.sluice.kustomize.model.IamPolicyArgs;
import dev.sluice.kustomize.resource.Resource;
import dev.sluice.kustomize.resource.ResourceReader;
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
        // A text, as upstream writes it: what its parts make of the YAML counts.
        String account =
                "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  annotations:\n"
                        + "    iam.gke.io/gcp-service-account: "
                        + args.cloudAccount()
                        + "@"
                        + args.project()
                        + ".iam.gserviceaccount.com\n  name: "
                        + args.name()
                        + "\n";
        if (!args.namespace().isEmpty()) {
            account += "\n  namespace: " + args.namespace();
        }
        return reader.read(account, originFile);
    }
}
