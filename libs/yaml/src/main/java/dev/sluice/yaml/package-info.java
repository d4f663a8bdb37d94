/** YAML as the Go tools of this field read and write it. */
@NullMarked
package dev.sluice.yaml;

import org.jspecify.annotations.NullMarked;
