/** What callers and the engine share: how to build, what a build may use, and how it fails. */
@NullMarked
package dev.sluice.kustomize.api;

import org.jspecify.annotations.NullMarked;
