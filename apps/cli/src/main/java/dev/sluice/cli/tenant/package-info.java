/** What a team needs on a cluster that several teams share, as objects to commit or to apply. */
@NullMarked
package dev.sluice.cli.tenant;

import org.jspecify.annotations.NullMarked;
