package dev.sluice.helm;

import dev.sluice.fluxapi.helm.HelmRelease;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Where a release is made and kept.
 *
 * @param name in Helm, short enough for it
 * @param namespace that it is made in
 * @param storage namespace of Helm's records
 */
public record ReleaseNames(String name, String namespace, String storage) {

    private static final int LONGEST = 53;
    private static final int HASH = 12;

    /** As the object says; what it does not say follows from its own name and namespace. */
    public static ReleaseNames of(HelmRelease object) {
        String own = object.metadata().namespace();
        String target = object.spec().targetNamespace();
        String given = object.spec().releaseName();
        String name =
                given != null && !given.isEmpty()
                        ? given
                        : (target == null || target.isEmpty() ? "" : target + '-')
                                + object.metadata().name();
        return new ReleaseNames(
                shortened(name), or(target, own), or(object.spec().storageNamespace(), own));
    }

    private static String or(@Nullable String given, String other) {
        return given == null || given.isEmpty() ? other : given;
    }

    /** A name that Helm takes: what is too long ends with a part of its digest. */
    public static String shortened(String name) {
        if (name.length() <= LONGEST) {
            return name;
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(name.getBytes(StandardCharsets.UTF_8));
            return name.substring(0, LONGEST - HASH - 1)
                    + '-'
                    + HexFormat.of().formatHex(hash).substring(0, HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
