/** Source objects in, source.changed out. */
@NullMarked
package dev.sluice.fetcher;

import org.jspecify.annotations.NullMarked;
