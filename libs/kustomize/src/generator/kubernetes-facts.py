#!/usr/bin/env python3
"""Writes the facts about Kubernetes' types that strategic merge needs, from an OpenAPI v2 document.

Usage: kubernetes-facts.py OPENAPI.json VERSION > kubernetes-VERSION.txt
The document is what an API server gives at /openapi/v2, or any JSON (also gzipped) with the same "definitions" and either "paths" or a list
"resources" of {apiVersion, kind, scope}. Facts only: which fields there are, where they lead, how lists merge, which kinds have a namespace.
README.md beside the result says how to read it.
"""
import gzip
import json
import sys

PREFIX = "#/definitions/"
# Kinds that are younger than the document and of which only the scope is known.
LATER = {
    ("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy"): False,
    ("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding"): False,
}
KINDS = "x-kubernetes-group-version-kind"


def load(path):
    with open(path, "rb") as file:
        data = file.read()
    return json.loads(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)


def type_of(schema, numbers):
    """The code of a field's type: where it leads and, for lists, how they merge."""
    if "$ref" in schema:
        return ">%d" % numbers[schema["$ref"][len(PREFIX):]]
    if schema.get("type") == "array":
        merge = ""
        if "x-kubernetes-patch-strategy" in schema:
            keys = schema.get("x-kubernetes-list-map-keys") or [schema.get("x-kubernetes-patch-merge-key")]
            merge = "!%s/%s!" % (schema["x-kubernetes-patch-strategy"].replace(",", "+"), "+".join(key for key in keys if key))
        return "[" + merge + type_of(schema.get("items", {}), numbers)
    if isinstance(schema.get("additionalProperties"), dict):
        return "{" + type_of(schema["additionalProperties"], numbers)
    return "-"


def api_version(kind):
    return kind["group"] + "/" + kind["version"] if kind.get("group") else kind["version"]


def scopes(document):
    if "resources" in document:
        return {(r["apiVersion"], r["kind"]): r["scope"] == "Namespaced" for r in document["resources"] if r.get("scope")}
    found = {}
    for path, operations in document.get("paths", {}).items():
        kind = operations.get("get", {}).get(KINDS)
        if kind:
            key = (api_version(kind), kind["kind"])
            found[key] = found.get(key, False) or "namespaces/{namespace}" in path
    return found


def main():
    document, version = load(sys.argv[1]), sys.argv[2]
    definitions = document["definitions"]
    numbers = {name: number for number, name in enumerate(sorted(definitions))}
    print("# Kubernetes %s: made by kubernetes-facts.py; README.md says how to read it." % version)
    kinds = {}
    for name in sorted(definitions):
        fields = sorted(definitions[name].get("properties", {}).items())
        print(" ".join([name] + ["%s:%s" % (field, type_of(schema, numbers)) for field, schema in fields]))
        for kind in definitions[name].get(KINDS, []):
            kinds[(api_version(kind), kind["kind"])] = numbers[name]
    scope = scopes(document) | LATER
    for key in sorted(set(kinds) | set(scope)):
        print("@ %s %s %s %s" % (*key, kinds.get(key, "-"), {True: "namespaced", False: "cluster"}.get(scope.get(key), "-")))


main()
