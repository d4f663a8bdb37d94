/**
 * Git servers and repositories in this process, for tests and the demo. The servers serve bare
 * repositories in a directory over smart HTTP and over ssh; they fetch and take pushes, and speak
 * the protocol versions 0 to 2. No git program is needed.
 */
@NullMarked
package dev.sluice.testkit.git;

import org.jspecify.annotations.NullMarked;
