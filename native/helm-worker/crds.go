package main

import (
	"bytes"
	"fmt"
	"time"

	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/kube"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/cli-runtime/pkg/resource"
)

const (
	originGroup      = "helm.toolkit.fluxcd.io"
	definitionsReady = 60 * time.Second
)

// applyDefinitions makes what lies in the crds folders of the chart, by the policy of the request.
func (r *run) applyDefinitions() error {
	policy := r.asked.Options.CRDs
	if len(r.chart.CRDObjects()) == 0 {
		return nil
	}
	if policy == "Skip" {
		r.note("skipping CustomResourceDefinition apply: policy is set to %s", policy)
		return nil
	}
	if err := r.writeDefinitions(policy == "CreateReplace"); err != nil {
		return fmt.Errorf("failed to apply CustomResourceDefinitions: %w", err)
	}
	return nil
}

func (r *run) writeDefinitions(replace bool) error {
	if err := chartutil.ProcessDependenciesWithMerge(r.chart, r.values); err != nil {
		return fmt.Errorf("failed to process chart dependencies: %w", err)
	}
	var wanted kube.ResourceList
	for _, definition := range r.chart.CRDObjects() {
		list, err := r.client.Build(bytes.NewReader(definition.File.Data), false)
		if err != nil {
			return fmt.Errorf("failed to parse CustomResourceDefinitions from %s: %w", definition.Name, err)
		}
		wanted = append(wanted, list...)
	}
	if err := wanted.Visit(r.labelled); err != nil {
		return err
	}
	r.note("applying CustomResourceDefinition(s) with policy %s", r.asked.Options.CRDs)
	var written kube.ResourceList
	for _, one := range wanted {
		done, err := r.writeDefinition(one, replace)
		if err != nil {
			return err
		}
		if done {
			written = append(written, one)
		}
	}
	if len(written) == 0 {
		return nil
	}
	if err := r.client.Wait(written, definitionsReady); err != nil {
		return fmt.Errorf("failed to wait for CustomResourceDefinition(s): %w", err)
	}
	for _, one := range written {
		r.made = append(r.made, refOf(one.Mapping.GroupVersionKind, "", one.Name))
	}
	r.worker.cluster.forget()
	return nil
}

// writeDefinition tells whether it wrote.
func (r *run) writeDefinition(one *resource.Info, replace bool) (bool, error) {
	single := kube.ResourceList{one}
	_, err := r.client.Create(single)
	if err == nil {
		return true, nil
	}
	if !apierrors.IsAlreadyExists(err) {
		return false, fmt.Errorf("failed to create CustomResourceDefinition %s: %w", one.Name, err)
	}
	if !replace {
		r.note("CustomResourceDefinition %s is already present. Skipping.", one.Name)
		return false, nil
	}
	original := *one
	if err := original.Get(); err != nil {
		return false, fmt.Errorf("failed to get CustomResourceDefinition %s: %w", one.Name, err)
	}
	if _, err := r.client.UpdateThreeWayMerge(kube.ResourceList{&original}, single, true); err != nil {
		return false, fmt.Errorf("failed to update CustomResourceDefinition %s: %w", one.Name, err)
	}
	return true, nil
}

func (r *run) labelled(info *resource.Info, err error) error {
	if err != nil {
		return err
	}
	accessor := meta.NewAccessor()
	labels, err := accessor.Labels(info.Object)
	if err != nil {
		return err
	}
	if labels == nil {
		labels = map[string]string{}
	}
	labels[originGroup+"/name"] = r.asked.Origin.Name
	labels[originGroup+"/namespace"] = r.asked.Origin.Namespace
	return accessor.SetLabels(info.Object, labels)
}
