package dev.sluice.fluxapi.notification;

import dev.sluice.fluxapi.Absent;
import dev.sluice.fluxapi.schema.Field;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The objects that an event may be about. */
public record EventSource(
        @Field("Their API version.") @Nullable String apiVersion,
        @Field(
                        value = "Their kind.",
                        allowed = {
                            "Bucket",
                            "GitRepository",
                            "Kustomization",
                            "HelmRelease",
                            "HelmChart",
                            "HelmRepository",
                            "ImageRepository",
                            "ImagePolicy",
                            "ImageUpdateAutomation",
                            "OCIRepository",
                            "ArtifactGenerator",
                            "ExternalArtifact"
                        })
                String kind,
        @Field(value = "Their name; * for all.", min = 1, max = 253) String name,
        @Field(
                        value =
                                "Their namespace. That of the object that refers to them where none is named.",
                        min = 1,
                        max = 253)
                @Nullable String namespace,
        @Field("Labels that they have, where the name is *.") Map<String, String> matchLabels) {

    public EventSource {
        matchLabels = Absent.map(matchLabels);
    }
}
