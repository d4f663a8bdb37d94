package dev.sluice.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an API server refused, or why it could not be asked. Read from the fields of the {@code
 * Status} that it answers; its words are only looked at where the API has no field for a fact
 * (whether an invalid value is invalid because it may not change).
 *
 * @param code HTTP status, 0 where there was no answer
 * @param reason the {@code reason} of the status, for example {@code Forbidden}; empty where there
 *     is none
 * @param message for people; may quote field values of the object as the server does
 * @param retryAfter how long the server wants to be left alone, where it says so
 */
public record KubernetesFailure(
        Sort sort,
        int code,
        String reason,
        String message,
        List<Cause> causes,
        @Nullable Duration retryAfter) {

    /** What sort of failure: decides what happens next. */
    public enum Sort {
        UNAUTHORIZED,
        FORBIDDEN,
        /** The object is wrong, whatever is there now. */
        INVALID,
        /** The object may be right, but not as a change of the one that is there. */
        IMMUTABLE,
        /** Someone else wrote first, or the object exists already. */
        CONFLICT,
        NOT_FOUND,
        /** The cluster does not know this kind. */
        NO_MATCH,
        /** A resource version that the server no longer has. */
        EXPIRED,
        THROTTLED,
        /** No answer, or one that says that the server is not well. */
        UNREACHABLE,
        UNEXPECTED;

        /** True where the cluster could not be asked: nothing is known of the request itself. */
        public boolean outage() {
            return this == THROTTLED || this == UNREACHABLE;
        }

        /**
         * True where something else than the object may be what is wrong: a right that is not
         * granted yet, a namespace or a kind that is yet to come. Worth another look soon.
         */
        public boolean mayHeal() {
            return this != INVALID && this != IMMUTABLE;
        }

        /** True where the same request may succeed later without anyone changing anything. */
        public boolean passing() {
            return switch (this) {
                case CONFLICT, EXPIRED, THROTTLED, UNREACHABLE -> true;
                default -> false;
            };
        }
    }

    /** One field that is wrong. */
    public record Cause(String reason, String field, String message) {}

    /** How API servers say that a field may not change; there is no reason word of its own. */
    private static final List<String> MAY_NOT_CHANGE =
            List.of(
                    "immutable",
                    "may not change",
                    "may not be changed",
                    "cannot change",
                    "can not change",
                    "cannot be changed",
                    "can not be unset",
                    "may not be unset",
                    "updates to ",
                    "may not be updated",
                    "cannot be updated",
                    "changes are not allowed");

    public KubernetesFailure {
        causes = List.copyOf(causes);
    }

    /** The failure that an answer of that code with that body (a {@code Status}) tells. */
    static KubernetesFailure of(int code, JsonNode status) {
        List<Cause> causes = new ArrayList<>();
        for (JsonNode c : status.path("details").path("causes")) {
            causes.add(
                    new Cause(
                            c.path("reason").asText(),
                            c.path("field").asText(),
                            c.path("message").asText()));
        }
        String reason = status.path("reason").asText();
        String message = status.path("message").asText();
        JsonNode seconds = status.path("details").path("retryAfterSeconds");
        Duration retryAfter = seconds.isInt() ? Duration.ofSeconds(seconds.intValue()) : null;
        return new KubernetesFailure(
                serverUnwell(code, message) ? Sort.UNREACHABLE : sort(code, message, causes),
                code,
                reason,
                message.isEmpty() ? "the API server answered " + code : message,
                causes,
                retryAfter);
    }

    /**
     * The same with the time that the answer's header tells, where the body told none.
     *
     * @param header seconds; null or anything else counts as nothing
     */
    KubernetesFailure orRetryAfter(@Nullable String header) {
        if (retryAfter != null || header == null || !header.matches("\\d{1,6}")) {
            return this;
        }
        Duration told = Duration.ofSeconds(Long.parseLong(header));
        return new KubernetesFailure(sort, code, reason, message, causes, told);
    }

    /** No answer, or one that cannot be used. */
    public static KubernetesFailure unreachable(String message) {
        return new KubernetesFailure(Sort.UNREACHABLE, 0, "", message, List.of(), null);
    }

    /** The cluster does not serve the kind. */
    public static KubernetesFailure noMatch(String apiVersion, String kind) {
        return new KubernetesFailure(
                Sort.NO_MATCH,
                404,
                "",
                "no matches for kind \"" + kind + "\" in version \"" + apiVersion + "\"",
                List.of(),
                null);
    }

    /** A failure found before any request, for example an object without the namespace it needs. */
    public static KubernetesFailure invalid(String message) {
        return new KubernetesFailure(Sort.INVALID, 0, "Invalid", message, List.of(), null);
    }

    /**
     * A server that has just started forbids everything until it knows the rules, and one whose
     * store changes its leader reports an internal error: neither is about the request.
     */
    private static boolean serverUnwell(int code, String message) {
        return (code == 403 && message.endsWith("not yet ready to handle request"))
                || (code == 500 && message.contains("etcdserver: "));
    }

    /** A value of a wrong type in an apply is answered as if the server were at fault. */
    private static boolean mistyped(String message) {
        return message.startsWith("failed to create typed patch object");
    }

    private static Sort sort(int code, String message, List<Cause> causes) {
        return switch (code) {
            case 401 -> Sort.UNAUTHORIZED;
            case 403 -> Sort.FORBIDDEN;
            case 404 -> Sort.NOT_FOUND;
            case 409 -> Sort.CONFLICT;
            case 410 -> Sort.EXPIRED;
            case 422 -> immutable(causes) ? Sort.IMMUTABLE : Sort.INVALID;
            case 400, 413, 415 -> Sort.INVALID;
            case 429 -> Sort.THROTTLED;
            case 500 ->
                    mistyped(message)
                            ? Sort.INVALID
                            : message.isEmpty() ? Sort.UNREACHABLE : Sort.UNEXPECTED;
            case 502, 503, 504 -> Sort.UNREACHABLE;
            default -> Sort.UNEXPECTED;
        };
    }

    /** Every cause must be about a change: a plain mistake beside it makes the object invalid. */
    private static boolean immutable(List<Cause> causes) {
        return !causes.isEmpty() && causes.stream().allMatch(KubernetesFailure::forbidsChange);
    }

    private static boolean forbidsChange(Cause cause) {
        String words = cause.message.toLowerCase(Locale.ROOT);
        boolean aboutValue =
                cause.reason.equals("FieldValueInvalid")
                        || cause.reason.equals("FieldValueForbidden");
        return aboutValue && MAY_NOT_CHANGE.stream().anyMatch(words::contains);
    }
}
