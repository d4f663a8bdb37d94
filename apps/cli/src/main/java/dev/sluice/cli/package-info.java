/** The command line of one-shot commands. */
@NullMarked
package dev.sluice.cli;

import org.jspecify.annotations.NullMarked;
