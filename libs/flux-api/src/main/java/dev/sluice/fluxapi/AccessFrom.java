package dev.sluice.fluxapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.fluxapi.schema.Field;
import java.util.List;
import java.util.Map;

/** Who may refer to an object from another namespace. Part of the API, never evaluated. */
public record AccessFrom(
        @Field(
                        value = "The namespaces that may, by their labels. None where empty.",
                        required = true)
                @JsonInclude
                List<NamespaceSelector> namespaceSelectors) {

    public AccessFrom {
        namespaceSelectors = Absent.list(namespaceSelectors);
    }

    /** Selects namespaces. */
    public record NamespaceSelector(
            @Field("Labels that the namespace has. All namespaces where empty.")
                    Map<String, String> matchLabels) {

        public NamespaceSelector {
            matchLabels = Absent.map(matchLabels);
        }
    }
}
