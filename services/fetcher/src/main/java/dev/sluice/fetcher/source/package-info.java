/**
 * What a kind of source is to the fetcher: its objects as last seen, what came of looking at one,
 * and {@link dev.sluice.fetcher.source.SourceType}, the port that each kind implements. Knows no
 * kind.
 */
@NullMarked
package dev.sluice.fetcher.source;

import org.jspecify.annotations.NullMarked;
