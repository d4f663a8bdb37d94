package main

import (
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"time"

	"helm.sh/helm/v3/pkg/release"
	"helm.sh/helm/v3/pkg/storage/driver"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/cli-runtime/pkg/resource"
	"k8s.io/client-go/kubernetes/scheme"
)

// stale is how long an action of someone else may be under way before it counts as given up.
const stale = time.Minute

// errBusy says that someone else is at work on the release.
var errBusy = errors.New("someone else works on the release")

// errOtherRecord says that Helm's newest record is not the one that the request means.
var errOtherRecord = errors.New("the release is not the one that was corrected from")

// correct puts back the objects that the request names, from the record that it names, by one
// request each: what the manifest says is laid over what is live, as Helm's own upgrade would do it.
// Nothing is compared: that they differ is known from who owns their fields.
func (r *run) correct(answer *response) error {
	if err := r.newer(); err != nil {
		return err
	}
	rls, err := r.config.Releases.Get(r.asked.Release, r.asked.Version)
	if errors.Is(err, driver.ErrReleaseNotFound) {
		return errOtherRecord
	}
	if err != nil {
		return err
	}
	if rls.Info.Status != release.StatusDeployed {
		return errOtherRecord
	}
	list, err := r.client.Build(strings.NewReader(rls.Manifest), false)
	if err != nil && len(list) == 0 {
		return err
	}
	wanted := map[objectRef]bool{}
	for _, ref := range r.asked.Objects {
		wanted[versionless(ref)] = true
	}
	for _, info := range list {
		ref := refOf(info.Mapping.GroupVersionKind, info.Namespace, info.Name)
		if !wanted[versionless(ref)] {
			continue
		}
		if found := r.putBack(info, rls, ref); found != nil {
			answer.Drift = append(answer.Drift, *found)
		}
		answer.Objects = append(answer.Objects, r.client.told(ref))
	}
	return nil
}

// newer looks for a record after the one that the request names.
func (r *run) newer() error {
	next, err := r.config.Releases.Get(r.asked.Release, r.asked.Version+1)
	switch {
	case errors.Is(err, driver.ErrReleaseNotFound):
		return nil
	case err != nil:
		return err
	case next.Info.Status.IsPending() && time.Since(next.Info.LastDeployed.Time) < stale:
		return errBusy
	default:
		return errOtherRecord
	}
}

// versionless names the object in whatever version.
func versionless(ref objectRef) objectRef {
	group, _, grouped := strings.Cut(ref.APIVersion, "/")
	if !grouped {
		group = ""
	}
	return objectRef{APIVersion: group, Kind: ref.Kind, Namespace: ref.Namespace, Name: ref.Name}
}

func (r *run) putBack(info *resource.Info, rls *release.Release, ref objectRef) *driftedObject {
	desired := info.Object.(*unstructured.Unstructured)
	if optedOut(desired) {
		return nil
	}
	own(desired, rls)
	unstructured.RemoveNestedField(desired.Object, "status")
	found := &driftedObject{objectRef: ref, Change: "modified"}
	helper := resource.NewHelper(info.Client, info.Mapping).WithFieldManager(fieldManager)
	made, err := r.patch(helper, info, desired)
	if apierrors.IsNotFound(err) {
		found.Change = "deleted"
		made, err = helper.Create(info.Namespace, true, desired)
	}
	if errors.Is(err, errMustCompare) {
		compared, err := r.compare(info, rls)
		if err != nil {
			found.Failure = told(err)
			return found
		}
		return compared
	}
	found.Failure = told(err)
	r.written(ref, made, err)
	return found
}

var (
	errMustCompare = errors.New("must be compared first")
	endsInList     = regexp.MustCompile(`/[0-9]+$`)
)

// patch lays the manifest's object over the live one. Lists are merged by the keys of their kind;
// where the kind has none known here, or the server refuses what comes of it, they are replaced.
func (r *run) patch(helper *resource.Helper, info *resource.Info, desired *unstructured.Unstructured) (runtime.Object, error) {
	sent := desired.DeepCopy()
	ignored := r.ignored(sent)
	for _, pointer := range ignored {
		if endsInList.MatchString(pointer) {
			return nil, errMustCompare
		}
		remove(sent.Object, strings.Split(strings.TrimPrefix(pointer, "/"), "/"))
	}
	body, err := json.Marshal(sent)
	if err != nil {
		return nil, err
	}
	if scheme.Scheme.Recognizes(info.Mapping.GroupVersionKind) {
		made, err := helper.Patch(info.Namespace, info.Name, types.StrategicMergePatchType, body, nil)
		if !apierrors.IsInvalid(err) || len(ignored) > 0 {
			return made, err
		}
	} else if len(ignored) > 0 {
		return nil, errMustCompare
	}
	return helper.Patch(info.Namespace, info.Name, types.MergePatchType, body, nil)
}
