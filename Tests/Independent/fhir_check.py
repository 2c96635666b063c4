"""Validates a FHIR bundle on standard input with fhir.resources (R4B) and fhirkit (R4, 4.0.1), and tells
what is in it, as JSON. `r4` lists what R4 does not allow."""

import collections
import json
import sys

import fhirkit
from fhir.resources.R4B.bundle import Bundle

# The value sets with a required binding (FHIR R4, 4.0.1), which neither library checks.
CODES = {
    ("Bundle", "type"): "document message transaction transaction-response batch batch-response history "
    "searchset collection",
    ("Patient", "gender"): "male female other unknown",
    ("Encounter", "status"): "planned arrived triaged in-progress onleave finished cancelled "
    "entered-in-error unknown",
    ("MedicationAdministration", "status"): "in-progress not-done on-hold completed entered-in-error "
    "stopped unknown",
    ("ChargeItem", "status"): "planned billable not-billable aborted billed entered-in-error unknown",
    ("AdverseEvent", "actuality"): "actual potential",
    ("Observation", "status"): "registered preliminary final amended corrected cancelled entered-in-error "
    "unknown",
    ("Flag", "status"): "active inactive entered-in-error",
    ("name", "use"): "usual official temp nickname anonymous old maiden",
    ("identifier", "use"): "usual official temp secondary old",
    ("entity", "role"): "derivation revision quotation source removal",
}


def unbound(value, name):
    """The codes in a resource or element that their required value set lacks."""
    if isinstance(value, list):
        for inner in value:
            yield from unbound(inner, name)
    if not isinstance(value, dict):
        return
    name = value.get("resourceType", name)
    for key, inner in value.items():
        codes = CODES.get((name, key))
        if codes and inner not in codes.split():
            yield f"{name}.{key}: {inner} is no code of its value set"
        yield from unbound(inner, key)


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
        "r4": [str(issue) for issue in fhirkit.validate(text)] + list(unbound(plain, "")),
        "resources": [entry["resource"] for entry in plain.get("entry", [])],
    },
    sys.stdout,
)
