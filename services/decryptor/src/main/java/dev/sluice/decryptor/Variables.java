package dev.sluice.decryptor;

import dev.sluice.events.Reason;
import dev.sluice.fluxapi.kustomize.KustomizationSpec.PostBuild;
import dev.sluice.fluxapi.kustomize.KustomizationSpec.SubstituteSource;
import dev.sluice.fluxapi.kustomize.KustomizationSpec.SubstituteStrategy;
import dev.sluice.kubernetes.KubernetesException;
import dev.sluice.manifests.Substitution;
import dev.sluice.manifests.SubstitutionException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Collects a delivery's variables: those of the objects in their order, then those of the spec. */
final class Variables {

    private final InputReader reader;

    Variables(InputReader reader) {
        this.reader = reader;
    }

    /**
     * The substitution that the delivery asks for; empty where it asks for none, or where it has no
     * variable and does not ask for it all the same.
     *
     * @throws RefusedException where an object is missing that is not optional, or a name cannot be
     *     one of a variable
     */
    Optional<Substitution> of(RevealRequest request) throws RefusedException, KubernetesException {
        PostBuild postBuild = request.spec().postBuild();
        if (postBuild == null) {
            return Optional.empty();
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (SubstituteSource source : postBuild.substituteFrom()) {
            take(request.named(source), source.optional(), variables);
        }
        variables.putAll(postBuild.substitute());
        if (variables.isEmpty() && postBuild.substituteStrategy() != SubstituteStrategy.ALWAYS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Substitution(variables, true));
        } catch (SubstitutionException e) {
            throw RefusedException.forGood(
                    Reason.BUILD_FAILED, "post build failed: " + e.getMessage());
        }
    }

    private void take(NamedObject object, boolean optional, Map<String, String> variables)
            throws RefusedException, KubernetesException {
        Optional<Map<String, byte[]>> entries = reader.read(object);
        if (entries.isEmpty() && !optional) {
            throw RefusedException.forGood(
                    Reason.BUILD_FAILED,
                    "post build failed: substitute from '"
                            + object.kind()
                            + '/'
                            + object.name()
                            + "' error: not found in namespace "
                            + object.namespace()
                            + "; it is looked for again as soon as it appears");
        }
        entries.orElse(Map.of())
                .forEach((name, value) ->
                        variables.put(name, new String(value, StandardCharsets.UTF_8)));
    }
}
