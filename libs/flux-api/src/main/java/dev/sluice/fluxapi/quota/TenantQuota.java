package dev.sluice.fluxapi.quota;

import dev.sluice.fluxapi.FluxObject;
import dev.sluice.fluxapi.GoDuration;
import dev.sluice.fluxapi.Groups;
import dev.sluice.fluxapi.Metadata;
import dev.sluice.fluxapi.schema.Column;
import dev.sluice.fluxapi.schema.Field;
import dev.sluice.fluxapi.schema.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the sources and deliveries of some namespaces may use at most. */
@Kind(
        value =
                "What the sources and Kustomizations of some namespaces may use at most. Counts in the namespace of the pipeline only, so that no tenant sets its own.",
        group = Groups.SLUICE,
        version = "v1",
        plural = "tenantquotas",
        shortNames = {"tq"},
        columns = {
            @Column(name = "Artifact", path = ".spec.artifactSize"),
            @Column(name = "Objects", path = ".spec.objects", type = "integer"),
            @Column(name = "Build", path = ".spec.buildTime"),
            @Column(name = "Age", path = Column.CREATED, type = "date")
        },
        unobservedAtFirst = false)
public record TenantQuota(
        String apiVersion,
        String kind,
        Metadata metadata,
        @Field("Which namespaces it covers, and what they may use.") Spec spec)
        implements FluxObject {

    public static final String KIND = "TenantQuota";
    public static final String PLURAL = "tenantquotas";
    public static final String API_VERSION = Groups.SLUICE + "/v1";

    /**
     * Which namespaces it covers, and what they may use. Where several cover one, the least of each
     * counts.
     */
    public record Spec(
            @Field(
                            value = "The namespaces that it covers.",
                            required = true,
                            min = 1,
                            atomic = true)
                    List<String> namespaces,
            @Field(
                            value =
                                    "How large an artifact may be, all its files together and before compression: 512Ki, 50Mi, 1Gi.",
                            pattern = ByteSize.PATTERN)
                    @Nullable String artifactSize,
            @Field(value = "How many objects one build may hold.", min = 1)
                    @Nullable Integer objects,
            @Field("How long one build may take.") @Nullable GoDuration buildTime,
            @Field(value = "Whom to ask for more. Told with every refusal.", max = 253)
                    @Nullable String contact) {

        public Spec {
            namespaces = List.copyOf(namespaces);
        }
    }
}
