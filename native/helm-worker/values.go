package main

import (
	"bytes"
	"encoding/json"
	"strings"
)

// readValues reads a map of values. Numbers are floats, as those of YAML are in Helm; those that the
// pointers name are whole numbers, as those of --set are.
func readValues(text []byte, wholeNumbers []string) (map[string]any, error) {
	values := map[string]any{}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&values); err != nil {
		return nil, err
	}
	if values == nil {
		return map[string]any{}, nil
	}
	for _, pointer := range wholeNumbers {
		replace(values, strings.Split(strings.TrimPrefix(pointer, "/"), "/"), whole)
	}
	floats(values)
	return values, nil
}

func whole(value any) (any, bool) {
	if number, ok := value.(json.Number); ok {
		if exact, err := number.Int64(); err == nil {
			return exact, true
		}
	}
	return value, true
}

// floats makes every number in a tree a float that is none of Go's own yet.
func floats(value any) any {
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			v[key] = floats(inner)
		}
	case []any:
		for i, inner := range v {
			v[i] = floats(inner)
		}
	case json.Number:
		if number, err := v.Float64(); err == nil {
			return number
		}
		return v.String()
	}
	return value
}
