package dev.sluice.cli.tenant;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fluxapi.quota.TenantQuota;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a tenant, as Flux's own command makes them: namespaces, an account in each, and
 * the account's rights there. Beyond that, where asked for: source and Kustomization in the
 * account's name, and what the tenant may use.
 */
public final class TenantObjects {

    private static final String TENANT = "toolkit.fluxcd.io/tenant";
    private static final String PIPELINE = "flux-system";

    private TenantObjects() {}

    public static List<ObjectNode> of(Tenant tenant) {
        List<ObjectNode> objects = new ArrayList<>();
        for (String namespace : tenant.namespaces()) {
            objects.add(object(tenant, "v1", "Namespace", null, namespace));
            objects.add(object(tenant, "v1", "ServiceAccount", namespace, tenant.name()));
            objects.add(binding(tenant, namespace));
            if (tenant.quota().objects() != null) {
                objects.add(held(tenant, tenant.quota().objects(), namespace));
            }
        }
        if (tenant.quota().limitsBuilds()) {
            objects.add(builds(tenant, tenant.quota()));
        }
        Tenant.Repository repository = tenant.repository();
        if (repository != null) {
            objects.add(source(tenant, repository));
            objects.add(kustomization(tenant, repository));
        }
        return objects;
    }

    private static ObjectNode object(
            Tenant tenant,
            String apiVersion,
            String kind,
            @Nullable String namespace,
            String name) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", apiVersion).put("kind", kind);
        ObjectNode metadata = object.putObject("metadata").put("name", name);
        if (namespace != null) {
            metadata.put("namespace", namespace);
        }
        metadata.putObject("labels").put(TENANT, tenant.name());
        return object;
    }

    private static ObjectNode binding(Tenant tenant, String namespace) {
        ObjectNode binding =
                object(
                        tenant,
                        "rbac.authorization.k8s.io/v1",
                        "RoleBinding",
                        namespace,
                        tenant.name() + "-reconciler");
        binding.putObject("roleRef")
                .put("apiGroup", "rbac.authorization.k8s.io")
                .put("kind", "ClusterRole")
                .put("name", tenant.clusterRole());
        ArrayNode subjects = binding.putArray("subjects");
        subjects.addObject()
                .put("apiGroup", "rbac.authorization.k8s.io")
                .put("kind", "User")
                .put("name", "gotk:" + namespace + ":reconciler");
        subjects.addObject()
                .put("kind", "ServiceAccount")
                .put("name", tenant.name())
                .put("namespace", namespace);
        return binding;
    }

    /** In the namespace of the pipeline, where the tenant has no rights. */
    private static ObjectNode builds(Tenant tenant, Tenant.Quota quota) {
        ObjectNode object =
                object(tenant, TenantQuota.API_VERSION, TenantQuota.KIND, PIPELINE, tenant.name());
        ObjectNode spec = object.putObject("spec");
        ArrayNode namespaces = spec.putArray("namespaces");
        tenant.namespaces().forEach(namespaces::add);
        if (quota.artifactSize() != null) {
            spec.put("artifactSize", quota.artifactSize());
        }
        if (quota.objects() != null) {
            spec.put("objects", quota.objects());
        }
        if (quota.buildTime() != null) {
            spec.put("buildTime", quota.buildTime());
        }
        if (quota.contact() != null) {
            spec.put("contact", quota.contact());
        }
        return object;
    }

    private static ObjectNode held(Tenant tenant, int most, String namespace) {
        ObjectNode object = object(tenant, "v1", "ResourceQuota", namespace, tenant.name());
        ObjectNode hard = object.putObject("spec").putObject("hard");
        for (String counted :
                List.of(
                        "configmaps",
                        "secrets",
                        "services",
                        "count/deployments.apps",
                        "count/statefulsets.apps",
                        "count/kustomizations.kustomize.toolkit.fluxcd.io",
                        "count/gitrepositories.source.toolkit.fluxcd.io")) {
            hard.put(counted, Integer.toString(most));
        }
        hard.put("pods", Integer.toString(tenant.quota().pods()));
        return object;
    }

    private static ObjectNode source(Tenant tenant, Tenant.Repository repository) {
        ObjectNode source =
                object(
                        tenant,
                        "source.toolkit.fluxcd.io/v1",
                        "GitRepository",
                        tenant.namespaces().getFirst(),
                        tenant.name());
        ObjectNode spec = source.putObject("spec");
        spec.put("interval", "1m0s").put("url", repository.url());
        spec.putObject("ref").put("branch", repository.branch());
        if (repository.secret() != null) {
            spec.putObject("secretRef").put("name", repository.secret());
        }
        return source;
    }

    private static ObjectNode kustomization(Tenant tenant, Tenant.Repository repository) {
        ObjectNode kustomization =
                object(
                        tenant,
                        "kustomize.toolkit.fluxcd.io/v1",
                        "Kustomization",
                        tenant.namespaces().getFirst(),
                        tenant.name());
        ObjectNode spec = kustomization.putObject("spec");
        spec.put("interval", "10m0s").put("path", repository.path()).put("prune", true);
        spec.put("serviceAccountName", tenant.name());
        spec.put("targetNamespace", tenant.namespaces().getFirst());
        spec.putObject("sourceRef").put("kind", "GitRepository").put("name", tenant.name());
        if (tenant.decryption() != null) {
            spec.putObject("decryption")
                    .put("provider", "sops")
                    .putObject("secretRef")
                    .put("name", tenant.decryption());
        }
        return kustomization;
    }
}
