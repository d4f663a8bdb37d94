package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/Masterminds/semver/v3"
	"helm.sh/helm/v3/pkg/action"
	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/kube"
	"helm.sh/helm/v3/pkg/release"
	"helm.sh/helm/v3/pkg/storage"
	"helm.sh/helm/v3/pkg/storage/driver"
)

const logLines = 10

// run is one request under way.
type run struct {
	worker  *worker
	ctx     context.Context
	asked   request
	config  *action.Configuration
	client  *client
	driver  *recordingDriver
	chart   *chart.Chart
	values  map[string]any
	made    []objectRef
	logLock sync.Mutex
	log     []*logLine
}

func (w *worker) act(ctx context.Context, asked request) response {
	r := &run{worker: w, ctx: ctx, asked: asked}
	r.configure()
	answer := response{}
	if fault := r.load(&answer); fault != nil {
		answer.Error = fault
		return answer
	}
	err := r.do(&answer)
	if err != nil {
		answer.Error = &failure{kindOf(err), strings.TrimSpace(err.Error())}
		answer.Log = r.logged()
	}
	answer.Observed = r.driver.observed()
	return answer
}

func (r *run) configure() {
	c := r.worker.cluster
	r.client = &client{
		Client:  &kube.Client{Factory: c.factory(r.asked.Namespace), Log: r.note, Namespace: r.asked.Namespace},
		changes: map[objectRef]string{},
		patched: map[string]bool{},
		worker:  r.worker,
		request: r.asked.ID,
		ctx:     r.ctx,
		legacy:  r.asked.Options.LegacyWait,
	}
	secrets := driver.NewSecrets(c.client.CoreV1().Secrets(r.asked.StorageNamespace))
	secrets.Log = func(string, ...any) {}
	r.driver = &recordingDriver{
		Driver: secrets, written: map[int]snapshot{}, digests: r.asked.OCIDigests, tests: r.asked.Action == "test",
	}
	if r.asked.Chart != nil {
		r.driver.fresh = r.asked.Chart.Digest
	}
	records := storage.Init(r.driver)
	records.Log = func(string, ...any) {}
	records.MaxHistory = r.asked.Options.MaxHistory
	r.config = &action.Configuration{
		RESTClientGetter: &getter{c, r.asked.Namespace},
		Releases:         records,
		KubeClient:       r.client,
		Log:              r.note,
	}
}

// logLine is what Helm logged, once or several times in a row.
type logLine struct {
	first, last time.Time
	text        string
	again       int
}

func (l *logLine) String() string {
	told := l.first.Format(time.RFC3339Nano) + ": " + l.text
	if l.again > 0 {
		told += "\n" + l.last.Format(time.RFC3339Nano) + ": " + l.text
	}
	if l.again == 2 {
		told += " (1 duplicate line omitted)"
	} else if l.again > 2 {
		told += fmt.Sprintf(" (%d duplicate lines omitted)", l.again-1)
	}
	return told
}

// note keeps the last lines that Helm logs; they name objects, never values.
func (r *run) note(format string, args ...any) {
	r.client.heed(format, args)
	text, now := fmt.Sprintf(format, args...), time.Now().UTC()
	r.logLock.Lock()
	defer r.logLock.Unlock()
	if len(r.log) > 0 && r.log[len(r.log)-1].text == text {
		last := r.log[len(r.log)-1]
		last.again, last.last = last.again+1, now
		return
	}
	r.log = append(r.log, &logLine{first: now, last: now, text: text})
	if len(r.log) > logLines {
		r.log = r.log[1:]
	}
}

// logged is the end of the log as an Event shows it.
func (r *run) logged() []string {
	r.logLock.Lock()
	defer r.logLock.Unlock()
	lines := make([]string, 0, len(r.log))
	for _, line := range r.log {
		lines = append(lines, line.String())
	}
	return lines
}

// load reads the chart and the values of the request.
func (r *run) load(answer *response) *failure {
	r.values = map[string]any{}
	if r.asked.Values != nil {
		values, err := readValues(r.asked.Values, r.asked.WholeNumbers)
		if err != nil {
			return &failure{"action", "the values are no map"}
		}
		r.values = values
	}
	answer.ConfigDigest = valuesDigest(r.values)
	ref := r.asked.Chart
	if ref == nil {
		return nil
	}
	loaded, err := loader.LoadArchive(bytes.NewReader(ref.Archive))
	if err != nil {
		return &failure{"chart", err.Error()}
	}
	if err := mutate(loaded.Metadata, ref); err != nil {
		return &failure{"chart-mutation", err.Error()}
	}
	r.chart = loaded
	m := loaded.Metadata
	answer.Chart = &chartInfo{m.Name, m.Version, m.AppVersion}
	return nil
}

// mutate gives the chart's version the build metadata of the artifact that it came in.
func mutate(m *chart.Metadata, ref *chartRef) error {
	if ref.BuildMetadata == "" {
		return nil
	}
	version, err := semver.StrictNewVersion(m.Version)
	if err != nil {
		return err
	}
	if tag, err := semver.NewVersion(ref.Tag); err == nil && ref.Tag != "" && !tag.Equal(version) {
		return fmt.Errorf("artifact revision %s does not match chart version %s", ref.Tag, m.Version)
	}
	mutated, err := version.SetMetadata(ref.BuildMetadata)
	if err != nil {
		return err
	}
	m.Version = mutated.String()
	return nil
}

func (r *run) do(answer *response) error {
	switch r.asked.Action {
	case "state":
		return r.state(answer)
	case "render":
		return r.render()
	case "install":
		return r.withObjects(answer, r.install)
	case "upgrade":
		return r.withObjects(answer, r.upgrade)
	case "rollback":
		return r.withObjects(answer, r.rollback)
	case "test":
		return r.test()
	case "uninstall":
		return r.uninstall()
	case "unlock":
		return r.unlock(answer)
	case "drift":
		return r.drift(answer)
	case "correct":
		return r.correct(answer)
	default:
		return fmt.Errorf("no such action: %q", r.asked.Action)
	}
}

// state tells the newest record, and the one that is asked for by version.
func (r *run) state(answer *response) error {
	last, err := r.config.Releases.Last(r.asked.Release)
	if errors.Is(err, driver.ErrReleaseNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	told := snapshotOf(last, r.asked.OCIDigests, false)
	answer.Last = &told
	if r.asked.Version > 0 {
		named, err := r.config.Releases.Get(r.asked.Release, r.asked.Version)
		if errors.Is(err, driver.ErrReleaseNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		told := snapshotOf(named, r.asked.OCIDigests, false)
		answer.Named = &told
	}
	return nil
}

func (r *run) withObjects(answer *response, act func() (*release.Release, error)) error {
	rls, err := act()
	if err == nil && rls != nil {
		answer.Objects = append(r.objectsOf(rls.Manifest), r.made...)
		answer.Changes = r.client.done(answer.Objects)
	}
	return err
}

// objectsOf lists a manifest's objects; those of a kind that is not served are left out.
func (r *run) objectsOf(manifest string) []objectRef {
	list, err := r.client.Client.Build(strings.NewReader(manifest), false)
	if err != nil {
		r.note("the objects of the release cannot be listed: %s", err)
	}
	objects := make([]objectRef, 0, len(list))
	for _, info := range list {
		objects = append(objects, r.client.told(refOf(info.Mapping.GroupVersionKind, info.Namespace, info.Name)))
	}
	return objects
}

func (r *run) install() (*release.Release, error) {
	o := r.asked.Options
	if err := r.applyDefinitions(); err != nil {
		return nil, err
	}
	if err := r.capabilities(); err != nil {
		return nil, err
	}
	a := action.NewInstall(r.config)
	a.ReleaseName, a.Namespace, a.Timeout = r.asked.Release, r.asked.Namespace, r.timeout()
	a.TakeOwnership, a.Wait, a.WaitForJobs = o.TakeOwnership, o.Wait, o.WaitForJobs
	a.DisableHooks, a.DisableOpenAPIValidation = o.DisableHooks, o.DisableOpenAPIValidation
	a.SkipSchemaValidation, a.Replace, a.CreateNamespace = o.DisableSchemaValidation, o.Replace, o.CreateNamespace
	a.Devel, a.SkipCRDs, a.PostRenderer = true, true, r
	return a.Run(r.chart, r.values)
}

func (r *run) upgrade() (*release.Release, error) {
	o := r.asked.Options
	if err := r.applyDefinitions(); err != nil {
		return nil, err
	}
	if err := r.capabilities(); err != nil {
		return nil, err
	}
	a := action.NewUpgrade(r.config)
	a.Namespace, a.Timeout, a.MaxHistory = r.asked.Namespace, r.timeout(), o.MaxHistory
	a.ResetValues, a.ReuseValues = !o.PreserveValues, o.PreserveValues
	a.TakeOwnership, a.Wait, a.WaitForJobs = o.TakeOwnership, o.Wait, o.WaitForJobs
	a.DisableHooks, a.DisableOpenAPIValidation = o.DisableHooks, o.DisableOpenAPIValidation
	a.SkipSchemaValidation, a.Force, a.CleanupOnFail = o.DisableSchemaValidation, o.Force, o.CleanupOnFail
	a.Devel, a.SkipCRDs, a.PostRenderer = true, true, r
	return a.Run(r.asked.Release, r.chart, r.values)
}

// render renders with all that the release would see, and writes nothing.
func (r *run) render() error {
	a := action.NewInstall(r.config)
	if r.asked.Options.Offline {
		a.ClientOnly, a.IncludeCRDs = true, r.asked.Options.CRDs != "Skip"
	} else if err := r.capabilities(); err != nil {
		return err
	}
	a.ReleaseName, a.Namespace = r.asked.Release, r.asked.Namespace
	a.DryRun, a.DryRunOption, a.Replace, a.Devel, a.SkipCRDs = true, "server", true, true, true
	if r.asked.Options.Offline {
		a.DryRunOption = "client"
	}
	a.IsUpgrade = r.asked.Options.Upgrade
	a.SkipSchemaValidation, a.DisableOpenAPIValidation = r.asked.Options.DisableSchemaValidation, true
	a.TakeOwnership, a.PostRenderer = true, r
	_, err := a.Run(r.chart, r.values)
	return err
}

func (r *run) rollback() (*release.Release, error) {
	o := r.asked.Options
	a := action.NewRollback(r.config)
	a.Version, a.Timeout, a.MaxHistory = r.asked.Version, r.timeout(), o.MaxHistory
	a.Wait, a.WaitForJobs, a.DisableHooks = o.Wait, o.WaitForJobs, o.DisableHooks
	a.Force, a.CleanupOnFail, a.Recreate = o.Force, o.CleanupOnFail, o.Recreate
	if err := a.Run(r.asked.Release); err != nil {
		return nil, err
	}
	return r.config.Releases.Last(r.asked.Release)
}

func (r *run) test() error {
	a := action.NewReleaseTesting(r.config)
	a.Namespace, a.Timeout, a.Filters = r.asked.Namespace, r.timeout(), map[string][]string{}
	for _, filter := range r.asked.Options.Filters {
		key := action.IncludeNameFilter
		if filter.Exclude {
			key = action.ExcludeNameFilter
		}
		a.Filters[key] = append(a.Filters[key], filter.Name)
	}
	_, err := a.Run(r.asked.Release)
	return err
}

func (r *run) uninstall() error {
	o := r.asked.Options
	a := action.NewUninstall(r.config)
	a.Timeout, a.DisableHooks, a.KeepHistory = r.timeout(), o.DisableHooks, o.KeepHistory
	a.Wait, a.DeletionPropagation = o.Wait, o.DeletionPropagation
	_, err := a.Run(r.asked.Release)
	return err
}

// unlock marks the newest record as failed where a process that died left it pending.
func (r *run) unlock(answer *response) error {
	last, err := r.config.Releases.Last(r.asked.Release)
	if errors.Is(err, driver.ErrReleaseNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if status := last.Info.Status; status.IsPending() {
		last.SetStatus(release.StatusFailed, fmt.Sprintf("Release unlocked from stale '%s' state", status))
		if err := r.config.Releases.Update(last); err != nil {
			return err
		}
	}
	told := snapshotOf(last, r.asked.OCIDigests, false)
	answer.Last = &told
	return nil
}

func (r *run) capabilities() error {
	caps, err := r.worker.cluster.capabilities()
	r.config.Capabilities = caps
	return err
}

func (r *run) timeout() time.Duration {
	return time.Duration(r.asked.Options.TimeoutSeconds * float64(time.Second))
}

// Run is Helm's post-renderer: the other side of the pipe has the Kustomize engine.
func (r *run) Run(rendered *bytes.Buffer) (*bytes.Buffer, error) {
	answer, err := r.worker.ask(r.ctx, question{Request: r.asked.ID, Ask: "postRender", Manifest: rendered.String()})
	if err != nil {
		return nil, err
	}
	return bytes.NewBufferString(answer.Manifest), nil
}
