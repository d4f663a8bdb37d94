package dev.sluice.fetcher.oci;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sluice.fetcher.source.SourceException;
import dev.sluice.fluxapi.ConditionTypes;
import dev.sluice.fluxapi.source.OCIRepository;
import dev.sluice.helm.version.Version;
import dev.sluice.helm.version.VersionRange;
import dev.sluice.patterns.BoundedPattern;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What of a repository is wanted: digest before semver before tag, {@code latest} by default. */
sealed interface OciReference {

    /** One manifest. */
    record ByDigest(String digest) implements OciReference {}

    /** What a tag stands for now. */
    record ByTag(String tag) implements OciReference {}

    /** The tag with the highest version in a range. */
    record BySemver(String text, VersionRange range, @Nullable Pattern filter)
            implements OciReference {

        /** The tag, of these. */
        String choose(List<String> tags) throws SourceException {
            Optional<String> best =
                    tags.stream()
                            .filter(tag -> filter == null || filter.matcher(tag).find())
                            .filter(tag -> Version.parse(tag).filter(range::contains).isPresent())
                            .max(
                                    Comparator.comparing((String tag) ->
                                                    Version.parse(tag).orElseThrow())
                                            .thenComparing(Comparator.naturalOrder()));
            return best.orElseThrow(
                    () -> failed("no tag is a version in the range '%s'".formatted(text)));
        }
    }

    static OciReference of(OCIRepository.@Nullable Reference ref) throws SourceException {
        if (ref == null) {
            return new ByTag("latest");
        }
        if (!text(ref.digest()).isEmpty()) {
            return new ByDigest(text(ref.digest()));
        }
        String semver = text(ref.semver());
        if (!semver.isEmpty()) {
            VersionRange range =
                    VersionRange.parse(semver)
                            .orElseThrow(() ->
                                    failed(
                                            "ref.semver '%s' is not a range of versions"
                                                    .formatted(semver)));
            return new BySemver(semver, range, filter(text(ref.semverFilter())));
        }
        String tag = text(ref.tag());
        return new ByTag(tag.isEmpty() ? "latest" : tag);
    }

    private static @Nullable Pattern filter(String text) throws SourceException {
        try {
            return text.isEmpty() ? null : BoundedPattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw failed("ref.semverFilter '%s' is not a regular expression".formatted(text));
        }
    }

    private static SourceException failed(String message) {
        return new SourceException(ConditionTypes.FETCH_FAILED, "ReadOperationFailed", message);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
