/** What happens to a rendered manifest before it is released: post-renderers and labels. */
@NullMarked
package dev.sluice.helm.render;

import org.jspecify.annotations.NullMarked;
