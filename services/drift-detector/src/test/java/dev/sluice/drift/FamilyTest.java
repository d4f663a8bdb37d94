package dev.sluice.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.kubernetes.ObjectMeta;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class FamilyTest {

    private static final String FIELDS = "{'f:data':{'f:a':{},'f:b':{}}}";

    @Test
    void aReleaseIsJudgedByItsDriftDetectionWhileItIsReady() {
        assertThat(release("enabled", "True").policy()).isEqualTo(Terms.Policy.CORRECT);
        assertThat(release("enabled", "True").judged()).isTrue();
        assertThat(release("enabled", "Unknown").judged()).isFalse();
        assertThat(release("warn", "True").policy()).isEqualTo(Terms.Policy.WARN);
        assertThat(release("disabled", "True").judged()).isFalse();
    }

    @Test
    void aReleaseOwnsWhatHelmWroteByWhateverProgram() {
        OwnedFields ours =
                Family.HELM_RELEASE.owned(meta(entry("helm-controller", "Update", FIELDS)));
        OwnedFields shared =
                Family.HELM_RELEASE.owned(
                        meta(
                                entry("helm-controller", "Apply", "{'f:data':{'f:b':{}}}")
                                        + ','
                                        + entry("helm", "Update", "{'f:data':{'f:a':{}}}")));

        assertThat(shared.digest()).isEqualTo(ours.digest()).isNotEmpty();
    }

    @Test
    void aFieldThatSomeoneTookIsNotTheReleasesAnyMore() {
        OwnedFields before =
                Family.HELM_RELEASE.owned(meta(entry("helm-controller", "Update", FIELDS)));
        OwnedFields after =
                Family.HELM_RELEASE.owned(
                        meta(
                                entry("helm-controller", "Update", "{'f:data':{'f:b':{}}}")
                                        + ','
                                        + entry(
                                                "kubectl-edit",
                                                "Update",
                                                "{'f:data':{'f:a':{}}}")));

        assertThat(after.digest()).isNotEqualTo(before.digest());
        assertThat(after.paths()).containsExactly(".data.b");
    }

    @Test
    void kubectlMayOwnFieldsOfAReleasesObject() {
        LiveObject live =
                LiveObject.of(
                        Family.HELM_RELEASE,
                        tree(
                                "{'metadata':{'managedFields':["
                                        + entry("kubectl", "Update", FIELDS)
                                        + "]}}"),
                        null);

        assertThat(live.merge()).isTrue();
    }

    @Test
    void anObjectMayBeLeftOutByALabel() {
        assertThat(
                        Family.HELM_RELEASE.leftAlone(
                                ObjectMeta.of(
                                        tree(
                                                "{'labels':{'helm.toolkit.fluxcd.io/driftDetection':'Disabled'}}"))))
                .isTrue();
    }

    private static Terms release(String mode, String ready) {
        return Family.HELM_RELEASE.terms(
                tree(
                        "{'metadata':{'namespace':'ns','name':'app'},'spec':{'driftDetection':{'mode':'%s'}},'status':{'conditions':[{'type':'Ready','status':'%s'}]}}"
                                .formatted(mode, ready)));
    }

    private static ObjectMeta meta(String entries) {
        return ObjectMeta.of(tree("{'managedFields':[" + entries + "]}"));
    }

    private static String entry(String manager, String operation, String fields) {
        return "{'manager':'%s','operation':'%s','time':'2026-01-01T00:00:00Z','fieldsV1':%s}"
                .formatted(manager, operation, fields);
    }

    private static ObjectNode tree(String json) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(json.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
