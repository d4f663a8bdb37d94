package main

import (
	"encoding/json"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// protocolVersion is the version of the schema in schemas/helm-worker that this program speaks.
const protocolVersion = 1

// incoming is any frame that the worker takes. The first has an identity; later ones a request, the
// answer to a question of the worker (reply), or the end of a request (cancel).
type incoming struct {
	Identity *identity `json:"identity,omitempty"`
	Request  *request  `json:"request,omitempty"`
	Reply    *reply    `json:"reply,omitempty"`
	Cancel   string    `json:"cancel,omitempty"`
}

// outgoing is any frame that the worker writes.
type outgoing struct {
	Ready    *ready    `json:"ready,omitempty"`
	Response *response `json:"response,omitempty"`
	Question *question `json:"question,omitempty"`
}

type ready struct {
	Protocol int    `json:"protocol"`
	Helm     string `json:"helm"`
}

// request asks for one action.
type request struct {
	ID string `json:"id"`
	// state, render, install, upgrade, test, rollback, uninstall, unlock, drift, correct
	Action           string            `json:"action"`
	Release          string            `json:"release"`
	Namespace        string            `json:"namespace"`
	StorageNamespace string            `json:"storageNamespace"`
	Origin           origin            `json:"origin"`
	Chart            *chartRef         `json:"chart,omitempty"`
	Values           json.RawMessage   `json:"values,omitempty"`
	Options          options           `json:"options"`
	OCIDigests       map[string]string `json:"ociDigests,omitempty"`
	Version          int               `json:"version,omitempty"`
	// JSON pointers of values that are whole numbers; all other numbers are floats, as in YAML.
	WholeNumbers []string `json:"wholeNumbers,omitempty"`
	// What is to be put back, for correct.
	Objects []objectRef `json:"objects,omitempty"`
}

// origin is the HelmRelease, whose name objects and definitions carry as labels.
type origin struct {
	Namespace string `json:"namespace"`
	Name      string `json:"name"`
}

// chartRef is a packaged chart. Tag and BuildMetadata are of an OCI artifact: the tag, where it is a
// version, must be the chart's; the build metadata replaces the chart version's own.
type chartRef struct {
	Archive       []byte `json:"archive"`
	Tag           string `json:"tag,omitempty"`
	BuildMetadata string `json:"buildMetadata,omitempty"`
	Digest        string `json:"digest,omitempty"`
}

type options struct {
	TimeoutSeconds           float64      `json:"timeoutSeconds"`
	Wait                     bool         `json:"wait"`
	WaitForJobs              bool         `json:"waitForJobs"`
	LegacyWait               bool         `json:"legacyWait"`
	DisableHooks             bool         `json:"disableHooks"`
	DisableOpenAPIValidation bool         `json:"disableOpenAPIValidation"`
	DisableSchemaValidation  bool         `json:"disableSchemaValidation"`
	TakeOwnership            bool         `json:"takeOwnership"`
	Replace                  bool         `json:"replace"`
	CreateNamespace          bool         `json:"createNamespace"`
	CRDs                     string       `json:"crds"`
	Force                    bool         `json:"force"`
	PreserveValues           bool         `json:"preserveValues"`
	CleanupOnFail            bool         `json:"cleanupOnFail"`
	Recreate                 bool         `json:"recreate"`
	MaxHistory               int          `json:"maxHistory"`
	KeepHistory              bool         `json:"keepHistory"`
	DeletionPropagation      string       `json:"deletionPropagation"`
	Upgrade                  bool         `json:"upgrade"`
	Filters                  []testFilter `json:"filters,omitempty"`
	Ignore                   []ignoreRule `json:"ignore,omitempty"`
	Correct                  bool         `json:"correct"`
	// Renders without a cluster: no lookup, and Helm's own idea of what a server serves.
	Offline bool `json:"offline"`
}

type testFilter struct {
	Name    string `json:"name"`
	Exclude bool   `json:"exclude"`
}

type ignoreRule struct {
	Paths  []string  `json:"paths"`
	Target *selector `json:"target,omitempty"`
}

type selector struct {
	Group              string `json:"group,omitempty"`
	Version            string `json:"version,omitempty"`
	Kind               string `json:"kind,omitempty"`
	Name               string `json:"name,omitempty"`
	Namespace          string `json:"namespace,omitempty"`
	LabelSelector      string `json:"labelSelector,omitempty"`
	AnnotationSelector string `json:"annotationSelector,omitempty"`
}

// response ends a request. Where Error is there, the action failed; what it wrote is told all the same.
type response struct {
	ID    string   `json:"id"`
	Error *failure `json:"error,omitempty"`
	// The chart of the request, as it would be recorded.
	Chart *chartInfo `json:"chart,omitempty"`
	// sha256:... of the values of the request.
	ConfigDigest string `json:"configDigest,omitempty"`
	// The newest record of the release.
	Last *snapshot `json:"last,omitempty"`
	// The record that the request named by version.
	Named *snapshot `json:"named,omitempty"`
	// Every record that the action wrote, as it was written last; newest version first.
	Observed []snapshot `json:"observed,omitempty"`
	// The objects of the release's manifest, and the definitions that were made.
	Objects []objectRef `json:"objects,omitempty"`
	// What the action did to the objects of the manifest; those that were left as they are do not count.
	Changes []objectChange `json:"changes,omitempty"`
	// What differs from the manifest in the cluster, or was put back.
	Drift []driftedObject `json:"drift,omitempty"`
	// The last lines that Helm logged.
	Log []string `json:"log,omitempty"`
}

type failure struct {
	// chart, chart-mutation, access, not-found, already-deleted, other-record, busy, action
	Kind    string `json:"kind"`
	Message string `json:"message"`
}

type chartInfo struct {
	Name       string `json:"name"`
	Version    string `json:"version"`
	AppVersion string `json:"appVersion"`
}

// snapshot is a record of Helm's storage as a HelmRelease's history shows it.
type snapshot struct {
	Digest        string `json:"digest"`
	Name          string `json:"name"`
	Namespace     string `json:"namespace"`
	Version       int    `json:"version"`
	Status        string `json:"status"`
	ChartName     string `json:"chartName"`
	ChartVersion  string `json:"chartVersion"`
	AppVersion    string `json:"appVersion,omitempty"`
	ConfigDigest  string `json:"configDigest"`
	FirstDeployed string `json:"firstDeployed,omitempty"`
	LastDeployed  string `json:"lastDeployed,omitempty"`
	Deleted       string `json:"deleted,omitempty"`
	// There and empty where a release was tested that has no tests.
	TestHooks map[string]*testHook `json:"testHooks,omitzero"`
	OCIDigest string               `json:"ociDigest,omitempty"`
}

type testHook struct {
	Phase         string `json:"phase,omitempty"`
	LastStarted   string `json:"lastStarted,omitempty"`
	LastCompleted string `json:"lastCompleted,omitempty"`
}

type objectRef struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Namespace  string `json:"namespace,omitempty"`
	Name       string `json:"name"`
	// As the server answered when the object was last read or written; nil where it was neither.
	Metadata *objectMeta `json:"metadata,omitempty"`
}

// objectMeta is what tells whether an object is still as it was written.
type objectMeta struct {
	UID             string                      `json:"uid"`
	ResourceVersion string                      `json:"resourceVersion"`
	ManagedFields   []metav1.ManagedFieldsEntry `json:"managedFields,omitempty"`
}

func refOf(kind schema.GroupVersionKind, namespace, name string) objectRef {
	apiVersion, word := kind.ToAPIVersionAndKind()
	return objectRef{APIVersion: apiVersion, Kind: word, Namespace: namespace, Name: name}
}

// objectChange is one of created, configured and deleted.
type objectChange struct {
	objectRef
	Change string `json:"change"`
}

type driftedObject struct {
	objectRef
	// deleted or modified
	Change string `json:"change"`
	// JSON pointers of what differs, values left out.
	Paths []string `json:"paths,omitempty"`
	// What kept it from being put back.
	Failure string `json:"failure,omitempty"`
}

// question is asked by the worker in the middle of a request, and waited for: postRender sends a
// manifest and wants one back; wait sends objects and wants to hear when they are ready.
type question struct {
	ID             string      `json:"id"`
	Request        string      `json:"request"`
	Ask            string      `json:"ask"`
	Manifest       string      `json:"manifest,omitempty"`
	Objects        []objectRef `json:"objects,omitempty"`
	Jobs           bool        `json:"jobs,omitempty"`
	TimeoutSeconds float64     `json:"timeoutSeconds,omitempty"`
}

type reply struct {
	ID       string `json:"id"`
	Error    string `json:"error,omitempty"`
	Manifest string `json:"manifest,omitempty"`
}
