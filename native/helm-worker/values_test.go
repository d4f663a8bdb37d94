package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"helm.sh/helm/v3/pkg/release"
)

func TestNumbersAreFloatsAndThoseOfPathsAreWhole(t *testing.T) {
	values, err := readValues([]byte(`{"text": 1000000, "set": {"a/b": [12345678901234567]}}`), []string{"/set/a~1b/0"})
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(values["text"]); got != "1e+06" {
		t.Errorf("a number of a text is written %s", got)
	}
	if got := fmt.Sprint(values["set"].(map[string]any)["a/b"]); got != "[12345678901234567]" {
		t.Errorf("a number of a path is written %s", got)
	}
}

func TestWhatIsIgnoredIsNotSent(t *testing.T) {
	object := map[string]any{"spec": map[string]any{"list": []any{map[string]any{"image": "x", "name": "n"}}, "replicas": 1.0}}
	remove(object, []string{"spec", "list", "0", "image"})
	remove(object, []string{"spec", "replicas"})
	remove(object, []string{"nowhere", "at", "all"})
	if got := fmt.Sprint(object); got != "map[spec:map[list:[map[name:n]]]]" {
		t.Errorf("left: %s", got)
	}
}

func TestAReleaseThatWasTestedWithoutTestsTellsSo(t *testing.T) {
	text, err := json.Marshal(snapshotWith(&release.Release{Name: "app"}, "", true))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), `"testHooks":{}`) {
		t.Errorf("told: %s", text)
	}
}
