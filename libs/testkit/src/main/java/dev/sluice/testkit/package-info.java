/** For tests and the demo: the real API server, the broker, the Git servers. */
@NullMarked
package dev.sluice.testkit;

import org.jspecify.annotations.NullMarked;
