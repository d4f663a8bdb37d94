package dev.sluice.fetcher.bucket;

/**
 * Who signs.
 *
 * @param accessKey empty for nobody: requests are not signed then
 * @param sessionToken of short-lived keys; empty for others
 */
record S3Keys(String accessKey, String secretKey, String sessionToken) {

    static final S3Keys ANONYMOUS = new S3Keys("", "", "");

    boolean isAnonymous() {
        return accessKey.isEmpty();
    }

    /** Nothing is shown. */
    @Override
    public String toString() {
        return "S3Keys";
    }
}
