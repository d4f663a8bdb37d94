package dev.sluice.fetcher.gitrepository;

import dev.sluice.artifacts.ArtifactBuilder;
import dev.sluice.fetcher.source.SourceException;
import dev.sluice.fluxapi.ConditionTypes;
import java.util.List;

/**
 * Notices secrets that were committed in clear by mistake: a file {@code x.clear.yaml} beside the
 * {@code x.enc.yaml} that was made of it. Such a commit is refused before anything of it is stored.
 *
 * @param refused false lets such commits pass
 */
public record ClearSecrets(boolean refused) {

    /** The word in conditions; not one of Flux's. */
    static final String REASON = "SecretInClear";

    private static final String CLEAR = ".clear.";
    private static final String ENCRYPTED = ".enc.";
    private static final int MOST_NAMED = 5;

    void check(ArtifactBuilder tree) throws SourceException {
        if (!refused) {
            return;
        }
        List<String> found =
                tree.files().stream()
                        .filter(path -> path.contains(CLEAR) && tree.contains(twin(path)))
                        .limit(MOST_NAMED)
                        .toList();
        if (!found.isEmpty()) {
            throw new SourceException(
                    ConditionTypes.FETCH_FAILED,
                    REASON,
                    "the commit holds secrets in clear beside their encrypted files: "
                            + String.join(", ", found)
                            + "; take them out of the repository and its history, and change the secrets");
        }
    }

    private static String twin(String path) {
        int at = path.lastIndexOf(CLEAR);
        return path.substring(0, at) + ENCRYPTED + path.substring(at + CLEAR.length());
    }
}
