package main

import (
	"sort"
	"strconv"
	"sync"

	"helm.sh/helm/v3/pkg/release"
	"helm.sh/helm/v3/pkg/storage/driver"
)

// recordingDriver is Helm's storage in Secrets, and remembers what was written.
type recordingDriver struct {
	driver.Driver
	lock    sync.Mutex
	written map[int]snapshot
	digests map[string]string
	// Of the artifact that is being released: versions that are not known yet are made of it.
	fresh string
	tests bool
}

func (d *recordingDriver) Create(key string, rls *release.Release) error {
	defer d.remember(rls)
	return d.Driver.Create(key, rls)
}

func (d *recordingDriver) Update(key string, rls *release.Release) error {
	defer d.remember(rls)
	return d.Driver.Update(key, rls)
}

func (d *recordingDriver) Delete(key string) (*release.Release, error) {
	rls, err := d.Driver.Delete(key)
	if err == nil && rls != nil {
		d.remember(rls)
	}
	return rls, err
}

func (d *recordingDriver) remember(rls *release.Release) {
	digest, known := d.digests[strconv.Itoa(rls.Version)]
	if !known {
		digest = d.fresh
	}
	seen := snapshotWith(rls, digest, d.tests)
	d.lock.Lock()
	defer d.lock.Unlock()
	d.written[rls.Version] = seen
}

// observed returns what was written, newest version first.
func (d *recordingDriver) observed() []snapshot {
	d.lock.Lock()
	defer d.lock.Unlock()
	all := make([]snapshot, 0, len(d.written))
	for _, one := range d.written {
		all = append(all, one)
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Version > all[j].Version })
	return all
}
