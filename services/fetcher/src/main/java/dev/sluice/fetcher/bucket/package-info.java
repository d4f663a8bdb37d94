/**
 * Buckets as sources: stores that speak S3, with requests signed by keys of a Secret or of a token
 * service.
 */
@NullMarked
package dev.sluice.fetcher.bucket;

import org.jspecify.annotations.NullMarked;
