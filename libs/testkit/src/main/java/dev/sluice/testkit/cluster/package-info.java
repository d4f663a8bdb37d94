/**
 * A real Kubernetes control plane without nodes, for tests and the demo: etcd, kube-apiserver and,
 * where wanted, the controllers for garbage collection, namespaces and service accounts. There are
 * no nodes, so Deployments never get ready replicas: a test that waits for health sets the status
 * itself.
 */
@NullMarked
package dev.sluice.testkit.cluster;

import org.jspecify.annotations.NullMarked;
