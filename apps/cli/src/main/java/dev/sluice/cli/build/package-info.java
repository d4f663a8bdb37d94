/** A folder built as the pipeline builds it, with its secrets in clear. */
@NullMarked
package dev.sluice.cli.build;

import org.jspecify.annotations.NullMarked;
