package main

import (
	"encoding/json"
	"errors"
	"regexp"
	"sort"
	"strings"

	jsonpatch "github.com/evanphx/json-patch"
	"helm.sh/helm/v3/pkg/release"
	"helm.sh/helm/v3/pkg/storage/driver"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/cli-runtime/pkg/resource"
)

const driftSwitch = originGroup + "/driftDetection"

// drift compares the release's manifest with the cluster, by a dry run of applying each object, and
// puts back what differs where that is asked for. Fields that the manifest does not have are left alone.
func (r *run) drift(answer *response) error {
	last, err := r.config.Releases.Last(r.asked.Release)
	if errors.Is(err, driver.ErrReleaseNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	list, err := r.client.Build(strings.NewReader(last.Manifest), false)
	if err != nil && len(list) == 0 {
		return err
	}
	for _, info := range list {
		found, err := r.compare(info, last)
		if err != nil {
			r.note("%s %s cannot be compared: %s", info.Mapping.GroupVersionKind.Kind, info.Name, err)
			continue
		}
		if found != nil {
			answer.Drift = append(answer.Drift, *found)
		}
	}
	answer.Objects = r.objectsOf(last.Manifest)
	return nil
}

func (r *run) compare(info *resource.Info, last *release.Release) (*driftedObject, error) {
	desired := info.Object.(*unstructured.Unstructured)
	own(desired, last)
	helper := resource.NewHelper(info.Client, info.Mapping).WithFieldManager(fieldManager)
	found := &driftedObject{objectRef: refOf(info.Mapping.GroupVersionKind, info.Namespace, info.Name)}
	read, err := helper.Get(info.Namespace, info.Name)
	if apierrors.IsNotFound(err) {
		if optedOut(desired) {
			return nil, nil
		}
		found.Change = "deleted"
		if r.asked.Options.Correct {
			made, err := helper.Create(info.Namespace, true, desired)
			found.Failure = told(err)
			r.written(found.objectRef, made, err)
		}
		return found, nil
	}
	if err != nil {
		return nil, err
	}
	live := read.(*unstructured.Unstructured)
	r.client.noteObject(found.objectRef, live)
	if optedOut(live) || optedOut(desired) {
		return nil, nil
	}
	text, err := json.Marshal(desired)
	if err != nil {
		return nil, err
	}
	force := true
	helper.DryRun(true)
	applied, err := helper.Patch(info.Namespace, info.Name, types.ApplyPatchType, text, &metav1.PatchOptions{Force: &force})
	if err != nil {
		return nil, err
	}
	patch, err := difference(live, applied.(*unstructured.Unstructured), r.ignored(live))
	if err != nil || patch == nil {
		return nil, err
	}
	found.Change, found.Paths = "modified", pathsOf(patch, "")
	if r.asked.Options.Correct {
		helper.DryRun(false)
		body, err := json.Marshal(patch)
		if err == nil {
			var made runtime.Object
			made, err = helper.Patch(info.Namespace, info.Name, types.MergePatchType, body, nil)
			r.written(found.objectRef, made, err)
		}
		found.Failure = told(err)
	}
	return found, nil
}

func (r *run) written(ref objectRef, made runtime.Object, err error) {
	if err == nil {
		r.client.noteObject(ref, made)
	}
}

// told leaves out what the server says about fields: it may show values.
func told(err error) string {
	if err == nil {
		return ""
	}
	if status, ok := err.(apierrors.APIStatus); ok && apierrors.IsInvalid(err) {
		return "refused as invalid: " + string(status.Status().Reason)
	}
	return err.Error()
}

// own sets what Helm sets on every object that it applies.
func own(object *unstructured.Unstructured, last *release.Release) {
	marks := object.GetLabels()
	if marks == nil {
		marks = map[string]string{}
	}
	marks["app.kubernetes.io/managed-by"] = "Helm"
	object.SetLabels(marks)
	notes := object.GetAnnotations()
	if notes == nil {
		notes = map[string]string{}
	}
	notes["meta.helm.sh/release-name"] = last.Name
	notes["meta.helm.sh/release-namespace"] = last.Namespace
	object.SetAnnotations(notes)
}

func optedOut(object *unstructured.Unstructured) bool {
	return strings.EqualFold(object.GetLabels()[driftSwitch], "disabled") ||
		strings.EqualFold(object.GetAnnotations()[driftSwitch], "disabled")
}

// difference is the merge patch from the one to the other; nil where they are equal.
func difference(live, applied *unstructured.Unstructured, ignored []string) (map[string]any, error) {
	from, err := comparable(live, ignored)
	if err != nil {
		return nil, err
	}
	to, err := comparable(applied, ignored)
	if err != nil {
		return nil, err
	}
	text, err := jsonpatch.CreateMergePatch(from, to)
	if err != nil {
		return nil, err
	}
	var patch map[string]any
	if err := json.Unmarshal(text, &patch); err != nil || len(patch) == 0 {
		return nil, err
	}
	return patch, nil
}

func comparable(object *unstructured.Unstructured, ignored []string) ([]byte, error) {
	copied := object.DeepCopy()
	unstructured.RemoveNestedField(copied.Object, "status")
	for _, field := range []string{"managedFields", "resourceVersion", "generation", "uid", "creationTimestamp"} {
		unstructured.RemoveNestedField(copied.Object, "metadata", field)
	}
	for _, pointer := range ignored {
		remove(copied.Object, strings.Split(strings.TrimPrefix(pointer, "/"), "/"))
	}
	return json.Marshal(copied)
}

var unescape = strings.NewReplacer("~1", "/", "~0", "~")

// remove takes away what a JSON pointer names.
func remove(at any, steps []string) {
	replace(at, steps, func(any) (any, bool) { return nil, false })
}

// replace puts something else where a JSON pointer leads to something, or takes it away.
func replace(at any, steps []string, other func(any) (any, bool)) {
	for len(steps) > 0 {
		step := unescape.Replace(steps[0])
		steps = steps[1:]
		switch v := at.(type) {
		case map[string]any:
			if len(steps) == 0 {
				if value, keep := other(v[step]); keep {
					v[step] = value
				} else {
					delete(v, step)
				}
				return
			}
			at = v[step]
		case []any:
			index, err := indexOf(step, len(v))
			if err != nil {
				return
			}
			if len(steps) == 0 {
				v[index], _ = other(v[index])
				return
			}
			at = v[index]
		default:
			return
		}
	}
}

func indexOf(step string, length int) (int, error) {
	var index int
	err := json.Unmarshal([]byte(step), &index)
	if err == nil && (index < 0 || index >= length) {
		err = errors.New("out of range")
	}
	return index, err
}

func pathsOf(patch map[string]any, at string) []string {
	var paths []string
	for key, value := range patch {
		path := at + "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(key)
		if inner, ok := value.(map[string]any); ok {
			paths = append(paths, pathsOf(inner, path)...)
		} else {
			paths = append(paths, path)
		}
	}
	sort.Strings(paths)
	return paths
}

// ignored lists the pointers of the rules that select the object.
func (r *run) ignored(object *unstructured.Unstructured) []string {
	var pointers []string
	for _, rule := range r.asked.Options.Ignore {
		if rule.Target == nil || rule.Target.selects(object) {
			pointers = append(pointers, rule.Paths...)
		}
	}
	return pointers
}

func (s *selector) selects(object *unstructured.Unstructured) bool {
	kind := object.GroupVersionKind()
	return matches(s.Group, kind.Group) && matches(s.Version, kind.Version) && matches(s.Kind, kind.Kind) &&
		matches(s.Name, object.GetName()) && matches(s.Namespace, object.GetNamespace()) &&
		chosen(s.LabelSelector, object.GetLabels()) && chosen(s.AnnotationSelector, object.GetAnnotations())
}

// matches tells whether the whole text fits the pattern; no pattern fits all.
func matches(pattern, text string) bool {
	if pattern == "" {
		return true
	}
	expression, err := regexp.Compile("^(?:" + pattern + ")$")
	return err == nil && expression.MatchString(text)
}

func chosen(selector string, marks map[string]string) bool {
	if selector == "" {
		return true
	}
	parsed, err := labels.Parse(selector)
	return err == nil && parsed.Matches(labels.Set(marks))
}
