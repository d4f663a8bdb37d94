package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"sort"
	"strconv"
	"time"

	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/release"
	helmtime "helm.sh/helm/v3/pkg/time"
	"sigs.k8s.io/yaml/goyaml.v2"
)

// observation is the part of a record whose digest a HelmRelease's history holds: by it a change made
// by someone else is known. Names and order are those that Flux digests, so that either can take over.
type observation struct {
	Name          string         `json:"name"`
	Version       int            `json:"version"`
	Info          release.Info   `json:"info"`
	ChartMetadata chart.Metadata `json:"chartMetadata"`
	Config        map[string]any `json:"config"`
	Manifest      string         `json:"manifest"`
	Hooks         []release.Hook `json:"hooks"`
	Namespace     string         `json:"namespace"`
	OCIDigest     string         `json:"ociDigest,omitempty"`
}

func snapshotOf(rls *release.Release, digests map[string]string, tests bool) snapshot {
	return snapshotWith(rls, digests[strconv.Itoa(rls.Version)], tests)
}

func snapshotWith(rls *release.Release, ociDigest string, tests bool) snapshot {
	seen := observation{
		Name: rls.Name, Version: rls.Version, Manifest: rls.Manifest, Namespace: rls.Namespace,
		OCIDigest: ociDigest,
	}
	if rls.Info != nil {
		seen.Info = *rls.Info
	}
	if rls.Chart != nil && rls.Chart.Metadata != nil {
		seen.ChartMetadata = *rls.Chart.Metadata
	}
	if len(rls.Config) > 0 {
		seen.Config = rls.Config
	}
	for _, hook := range rls.Hooks {
		if !isTest(hook) {
			seen.Hooks = append(seen.Hooks, *hook)
		}
	}
	told := snapshot{
		Digest: digestOf(seen), Name: rls.Name, Namespace: rls.Namespace, Version: rls.Version,
		Status: seen.Info.Status.String(), ChartName: seen.ChartMetadata.Name,
		ChartVersion: seen.ChartMetadata.Version, AppVersion: seen.ChartMetadata.AppVersion,
		ConfigDigest: valuesDigest(rls.Config), FirstDeployed: stamp(seen.Info.FirstDeployed),
		LastDeployed: stamp(seen.Info.LastDeployed), Deleted: stamp(seen.Info.Deleted),
		OCIDigest: seen.OCIDigest,
	}
	if tests {
		told.TestHooks = map[string]*testHook{}
		for _, hook := range rls.Hooks {
			if isTest(hook) {
				told.TestHooks[hook.Name] = &testHook{
					Phase: string(hook.LastRun.Phase), LastStarted: stamp(hook.LastRun.StartedAt),
					LastCompleted: stamp(hook.LastRun.CompletedAt),
				}
			}
		}
	}
	return told
}

func isTest(hook *release.Hook) bool {
	for _, event := range hook.Events {
		if event == release.HookTest {
			return true
		}
	}
	return false
}

func stamp(t helmtime.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Time.UTC().Format(time.RFC3339)
}

func digestOf(value any) string {
	hash := sha256.New()
	_ = json.NewEncoder(hash).Encode(value)
	return "sha256:" + hex.EncodeToString(hash.Sum(nil))
}

// valuesDigest is that of the values as YAML with sorted keys; no values have the digest of nothing.
func valuesDigest(values map[string]any) string {
	var text bytes.Buffer
	if len(values) > 0 {
		encoder := yaml.NewEncoder(&text)
		_ = encoder.Encode(sorted(values))
		_ = encoder.Close()
	}
	sum := sha256.Sum256(text.Bytes())
	return "sha256:" + hex.EncodeToString(sum[:])
}

func sorted(value any) any {
	switch v := value.(type) {
	case map[string]any:
		keys := make([]string, 0, len(v))
		for key := range v {
			keys = append(keys, key)
		}
		sort.Strings(keys)
		items := make(yaml.MapSlice, 0, len(v))
		for _, key := range keys {
			items = append(items, yaml.MapItem{Key: key, Value: sorted(v[key])})
		}
		return items
	case []any:
		all := make([]any, len(v))
		for i, one := range v {
			all[i] = sorted(one)
		}
		return all
	default:
		return value
	}
}
