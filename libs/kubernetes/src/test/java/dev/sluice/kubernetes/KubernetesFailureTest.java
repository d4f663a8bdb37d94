package dev.sluice.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.kubernetes.KubernetesFailure.Sort;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesFailureTest {

    @ParameterizedTest
    @CsvSource({
        "401, UNAUTHORIZED", "403, FORBIDDEN", "404, NOT_FOUND", "409, CONFLICT", "410, EXPIRED",
                "422, INVALID",
        "400, INVALID", "429, THROTTLED", "500, UNREACHABLE", "503, UNREACHABLE",
                "504, UNREACHABLE", "418, UNEXPECTED"
    })
    void readsTheSortFromTheCode(int code, Sort sort) {
        assertThat(KubernetesFailure.of(code, LiveCluster.tree("{}")).sort()).isEqualTo(sort);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FieldValueForbidden | Forbidden: field is immutable when `immutable` is set | IMMUTABLE",
                "FieldValueInvalid | Invalid value: {}: field is immutable | IMMUTABLE",
                "FieldValueForbidden | Forbidden: updates to statefulset spec for fields other than 'replicas' are forbidden | IMMUTABLE",
                "FieldValueInvalid | Invalid value: \"x\": may not change once set | IMMUTABLE",
                "FieldValueInvalid | Invalid value: 99999: must be between 1 and 65535, inclusive | INVALID",
                "FieldValueRequired | Required value: immutable things are required | INVALID",
            })
    void tellsWhatMayNotChangeFromWhatIsWrong(String reason, String message, Sort sort) {
        assertThat(KubernetesFailure.of(422, status(cause(reason, message))).sort())
                .isEqualTo(sort);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500 | failed to create typed patch object (a/b; /v1, Kind=ConfigMap): .data.v: expected string | INVALID",
                "500 | Internal error occurred: failed calling webhook | UNEXPECTED",
                "500 | etcdserver: leader changed | UNREACHABLE",
                "403 | configmaps \"a\" is forbidden: not yet ready to handle request | UNREACHABLE",
                "403 | configmaps \"a\" is forbidden: User \"x\" cannot patch | FORBIDDEN",
            })
    void readsTheWordsWhereTheCodeMisleads(int code, String message, Sort sort) {
        JsonNode status = LiveCluster.JSON.createObjectNode().put("message", message);

        assertThat(KubernetesFailure.of(code, status).sort()).isEqualTo(sort);
    }

    @Test
    void aMistakeBesideAForbiddenChangeIsAMistake() {
        String both =
                cause("FieldValueInvalid", "field is immutable")
                        + ","
                        + cause("FieldValueInvalid", "must be positive");

        assertThat(KubernetesFailure.of(422, status(both)).sort()).isEqualTo(Sort.INVALID);
    }

    @Test
    void keepsHowLongTheServerWantsToBeLeftAlone() {
        KubernetesFailure failure =
                KubernetesFailure.of(
                        429, LiveCluster.tree("{\"details\":{\"retryAfterSeconds\":3}}"));

        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(3));
        assertThat(failure.sort().passing()).isTrue();
    }

    private static JsonNode status(String causes) {
        return LiveCluster.tree(
                "{\"reason\":\"Invalid\",\"details\":{\"causes\":[" + causes + "]}}");
    }

    private static String cause(String reason, String message) {
        return LiveCluster.JSON
                .createObjectNode()
                .put("reason", reason)
                .put("message", message)
                .put("field", "spec")
                .toString();
    }
}
