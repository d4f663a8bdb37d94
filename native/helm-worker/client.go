package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"sort"
	"sync"
	"time"

	"github.com/Masterminds/semver/v3"
	"helm.sh/helm/v3/pkg/action"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/kube"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/discovery/cached/memory"
	"k8s.io/client-go/rest"
	"k8s.io/kubectl/pkg/validation"

	cmdutil "k8s.io/kubectl/pkg/cmd/util"
)

// client is Helm's client for one request, over the connections that all share. Waiting is asked of
// the other side of the pipe, which watches.
type client struct {
	*kube.Client
	worker  *worker
	request string
	ctx     context.Context
	// Whether Helm waits by itself, by its own idea of what is ready.
	legacy bool
	lock   sync.Mutex
	// What the server answered last about each object.
	seen map[objectRef]*objectMeta
	// What this request did to objects.
	changes map[objectRef]string
	// By kind, namespace and name: what Helm logged that it patched.
	patched map[string]bool
}

const (
	created    = "created"
	configured = "configured"
	deleted    = "deleted"
)

// Helm's result lists what it patched and what it found unchanged alike: only its log tells them apart.
const (
	patchedLine  = "Patch %s %q in namespace %s"
	replacedLine = "Replaced %q with kind %s for kind %s"
)

// heed takes note of what a line of Helm's log tells of an object.
func (c *client) heed(format string, args []any) {
	c.lock.Lock()
	defer c.lock.Unlock()
	switch {
	case format == patchedLine && len(args) == 3:
		c.patched[fmt.Sprint(args[0], "/", args[2], "/", args[1])] = true
	case format == replacedLine && len(args) == 3:
		c.patched[fmt.Sprint(args[2], "//", args[0])] = true
	}
}

// count remembers what came of an action on objects.
func (c *client) count(result *kube.Result) {
	if result == nil {
		return
	}
	c.lock.Lock()
	defer c.lock.Unlock()
	for _, info := range result.Created {
		c.changes[refOf(info.Mapping.GroupVersionKind, info.Namespace, info.Name)] = created
	}
	for _, info := range result.Updated {
		kind := info.Mapping.GroupVersionKind.Kind
		if c.patched[kind+"/"+info.Namespace+"/"+info.Name] || c.patched[kind+"//"+info.Name] {
			c.changes[refOf(info.Mapping.GroupVersionKind, info.Namespace, info.Name)] = configured
		}
	}
	for _, info := range result.Deleted {
		c.changes[refOf(info.Mapping.GroupVersionKind, info.Namespace, info.Name)] = deleted
	}
}

// done lists the changes of these objects, and what is there no more.
func (c *client) done(objects []objectRef) []objectChange {
	c.lock.Lock()
	defer c.lock.Unlock()
	changes := []objectChange{}
	for _, ref := range objects {
		ref.Metadata = nil
		if what := c.changes[ref]; what == created || what == configured {
			changes = append(changes, objectChange{ref, what})
		}
	}
	gone := []objectChange{}
	for ref, what := range c.changes {
		if what == deleted {
			gone = append(gone, objectChange{ref, what})
		}
	}
	sort.Slice(gone, func(i, j int) bool { return gone[i].Kind+gone[i].Name < gone[j].Kind+gone[j].Name })
	return append(changes, gone...)
}

var (
	_ kube.Interface                    = (*client)(nil)
	_ kube.InterfaceExt                 = (*client)(nil)
	_ kube.InterfaceThreeWayMerge       = (*client)(nil)
	_ kube.InterfaceDeletionPropagation = (*client)(nil)
)

func (c *client) Create(resources kube.ResourceList) (*kube.Result, error) {
	result, err := c.Client.Create(resources)
	c.count(result)
	c.note(resources)
	return result, err
}

func (c *client) Update(original, target kube.ResourceList, force bool) (*kube.Result, error) {
	result, err := c.Client.Update(original, target, force)
	c.count(result)
	c.note(target)
	return result, err
}

func (c *client) UpdateThreeWayMerge(original, target kube.ResourceList, force bool) (*kube.Result, error) {
	result, err := c.Client.UpdateThreeWayMerge(original, target, force)
	c.count(result)
	c.note(target)
	return result, err
}

// note keeps what the server answered: Helm puts it into the list that it was given.
func (c *client) note(resources kube.ResourceList) {
	for _, info := range resources {
		c.noteObject(refOf(info.Mapping.GroupVersionKind, info.Namespace, info.Name), info.Object)
	}
}

func (c *client) noteObject(ref objectRef, object runtime.Object) {
	accessor, err := meta.Accessor(object)
	if err != nil || accessor.GetResourceVersion() == "" {
		return
	}
	told := &objectMeta{UID: string(accessor.GetUID()), ResourceVersion: accessor.GetResourceVersion()}
	for _, entry := range accessor.GetManagedFields() {
		if entry.Subresource == "" && (entry.Manager == fieldManager || entry.Manager == helmManager) {
			told.ManagedFields = append(told.ManagedFields, entry)
		}
	}
	c.lock.Lock()
	defer c.lock.Unlock()
	if c.seen == nil {
		c.seen = map[objectRef]*objectMeta{}
	}
	c.seen[ref] = told
}

// told adds to the name of an object what the server answered about it.
func (c *client) told(ref objectRef) objectRef {
	c.lock.Lock()
	defer c.lock.Unlock()
	ref.Metadata = c.seen[ref]
	return ref
}

// IsReachable is left to the requests that follow.
func (c *client) IsReachable() error { return nil }

// Build looks again at what the server serves where a kind is not known: a definition may be new.
func (c *client) Build(reader io.Reader, validate bool) (kube.ResourceList, error) {
	text, err := io.ReadAll(reader)
	if err != nil {
		return nil, err
	}
	list, err := c.Client.Build(bytes.NewReader(text), validate)
	if err == nil || !meta.IsNoMatchError(unwrapped(err)) {
		return list, err
	}
	c.worker.cluster.forget()
	return c.Client.Build(bytes.NewReader(text), validate)
}

func unwrapped(err error) error {
	for {
		inner, ok := err.(interface{ Unwrap() error })
		if !ok || meta.IsNoMatchError(err) {
			return err
		}
		err = inner.Unwrap()
	}
}

func (c *client) Wait(resources kube.ResourceList, timeout time.Duration) error {
	if c.legacy {
		return c.Client.Wait(resources, timeout)
	}
	return c.wait(resources, timeout, false)
}

func (c *client) WaitWithJobs(resources kube.ResourceList, timeout time.Duration) error {
	if c.legacy {
		return c.Client.WaitWithJobs(resources, timeout)
	}
	return c.wait(resources, timeout, true)
}

func (c *client) wait(resources kube.ResourceList, timeout time.Duration, jobs bool) error {
	if len(resources) == 0 {
		return nil
	}
	objects := make([]objectRef, 0, len(resources))
	for _, info := range resources {
		objects = append(objects, refOf(info.Mapping.GroupVersionKind, info.Namespace, info.Name))
	}
	_, err := c.worker.ask(c.ctx, question{
		Request: c.request, Ask: "wait", Objects: objects, Jobs: jobs, TimeoutSeconds: timeout.Seconds(),
	})
	return err
}

// WaitForDelete looks often at first and less often later.
func (c *client) WaitForDelete(resources kube.ResourceList, timeout time.Duration) error {
	c.Client.Log("beginning wait for %d resources to be deleted with timeout of %v", len(resources), timeout)
	end, pause := time.Now().Add(timeout), 10*time.Millisecond
	for _, info := range resources {
		for {
			err := info.Get()
			if apierrors.IsNotFound(err) {
				break
			}
			if time.Now().After(end) {
				return fmt.Errorf("timed out waiting for %s %q to be deleted", info.Mapping.GroupVersionKind.Kind, info.Name)
			}
			select {
			case <-c.ctx.Done():
				return c.ctx.Err()
			case <-time.After(pause):
			}
			pause = min(pause*2, time.Second)
		}
	}
	return nil
}

// factory is kubectl's for one namespace. The schema validator is shared by all: each new one would
// read the server's schemas again.
type factory struct {
	cmdutil.Factory
	cluster *cluster
}

func (f *factory) Validator(directive string) (validation.Schema, error) {
	return f.cluster.validator(directive, f.Factory)
}

func (c *cluster) validator(directive string, from cmdutil.Factory) (validation.Schema, error) {
	c.lock.Lock()
	defer c.lock.Unlock()
	if known, ok := c.validators[directive]; ok {
		return known, nil
	}
	made, err := c.newValidator(directive, from)
	if err == nil {
		c.validators[directive] = made
	}
	return made, err
}

// newValidator leaves fields to the server where the server looks at them: to find that out by its schemas,
// as kubectl does, costs more than all else that a release costs.
func (c *cluster) newValidator(directive string, from cmdutil.Factory) (validation.Schema, error) {
	if directive == metav1.FieldValidationIgnore {
		return validation.NullSchema{}, nil
	}
	served, err := c.discovery.ServerVersion()
	if err != nil {
		return nil, err
	}
	if version, err := semver.NewVersion(served.GitVersion); err != nil || version.LessThan(validatesFields) {
		return from.Validator(directive)
	}
	return validation.NewParamVerifyingSchema(validation.NullSchema{}, supported{}, directive), nil
}

// validatesFields is the first version of Kubernetes whose servers all look at fields.
var validatesFields = semver.MustParse("1.27.0-0")

// supported says of every kind that the server looks at its fields.
type supported struct{}

func (supported) HasSupport(schema.GroupVersionKind) error { return nil }

func newDiscovery(config *rest.Config) (discovery.CachedDiscoveryInterface, error) {
	client, err := discovery.NewDiscoveryClientForConfig(config)
	if err != nil {
		return nil, err
	}
	return memory.NewMemCacheClient(client), nil
}

func apiVersions(client discovery.DiscoveryInterface) (chartutil.VersionSet, error) {
	return action.GetVersionSet(client)
}
