/** Charts as files: packed and unpacked, their metadata, the indexes of repositories. Untrusted. */
@NullMarked
package dev.sluice.helm.chart;

import org.jspecify.annotations.NullMarked;
