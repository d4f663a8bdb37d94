/** What makes the command line start quickly: run by the launcher once for each build. */
@NullMarked
package dev.sluice.cli.startup;

import org.jspecify.annotations.NullMarked;
