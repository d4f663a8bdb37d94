/**
 * HelmRepository and HelmChart: indexes of chart repositories, and charts that are pulled from them
 * or packaged from the folders of other sources.
 */
@NullMarked
package dev.sluice.fetcher.helm;

import org.jspecify.annotations.NullMarked;
