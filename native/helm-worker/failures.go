package main

import (
	"errors"
	"strings"

	"helm.sh/helm/v3/pkg/storage/driver"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

// kindOf sorts a failure for the other side, which decides by it.
func kindOf(err error) string {
	switch {
	case errors.Is(err, errOtherRecord):
		return "other-record"
	case errors.Is(err, errBusy):
		return "busy"
	case errors.Is(err, driver.ErrReleaseNotFound):
		return "not-found"
	case strings.Contains(err.Error(), "is already deleted"):
		return "already-deleted"
	case apierrors.IsForbidden(err), apierrors.IsUnauthorized(err):
		return "access"
	default:
		return "action"
	}
}
