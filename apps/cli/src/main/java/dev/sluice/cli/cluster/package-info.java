/**
 * A light way to one Kubernetes cluster for commands that ask or change a few objects and end: the
 * kubeconfig file, and a client over the JDK's own HTTP. The services use {@code libs/kubernetes}
 * instead, which starts slower and can more.
 */
@NullMarked
package dev.sluice.cli.cluster;

import org.jspecify.annotations.NullMarked;
