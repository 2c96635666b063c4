"""Validates a FHIR bundle on standard input with fhir.resources and tells what is in it, as JSON."""

import collections
import json
import sys

from fhir.resources.R4B.bundle import Bundle


def references(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "reference":
                yield inner
            else:
                yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


text = sys.stdin.buffer.read()
bundle = Bundle.model_validate_json(text)
plain = json.loads(text)
urls = [entry.fullUrl for entry in bundle.entry or []]
json.dump(
    {
        "types": collections.Counter(e.resource.__resource_type__ for e in bundle.entry or []),
        "dangling": sorted(set(references(plain)) - set(urls)),
        "twice": [url for url, count in collections.Counter(urls).items() if count > 1],
        "wrongID": [e.fullUrl for e in bundle.entry or [] if e.fullUrl != "urn:uuid:" + e.resource.id],
        "resources": [entry["resource"] for entry in plain.get("entry", [])],
    },
    sys.stdout,
)
