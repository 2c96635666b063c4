"""Sums the units by code of a day exported in every format, each read by a library that is not ours.

Arguments: the files day.csv, day.json, day.fhir, day.hl7. Prints, as JSON, for each the units of
every code, and of those that may be posted."""

import collections
import csv
import json
import sys

import hl7
from fhir.resources.R4B.bundle import Bundle

table, lines, bundle, batch = sys.argv[1:]
sums = {name: (collections.Counter(), collections.Counter()) for name in ("csv", "json", "fhir", "hl7")}


def add(name, code, units, postable):
    sums[name][0][code] += units
    if postable:
        sums[name][1][code] += units


with open(table, newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file, strict=True):
        if row["code"]:
            add("csv", row["code"], int(row["units"]), row["status"] == "reviewed")
        else:
            assert row["units"] == "0"

with open(lines, encoding="utf-8") as file:
    for line in file:
        session = json.loads(line)
        postable = {unit["id"]: unit["postable"] for unit in session["units"]}
        for charge, unit in zip(session["statement"]["charges"], session["units"], strict=True):
            assert charge["units"] == unit["units"] and charge["code"] == unit["code"]
            add("json", charge["code"], charge["units"], postable[unit["id"]])

with open(bundle, "rb") as file:
    for entry in Bundle.model_validate_json(file.read()).entry:
        item = entry.resource
        if item.__resource_type__ == "ChargeItem" and item.status != "not-billable":
            units = int(item.quantity.value)
            add("fhir", item.code.coding[0].code, units, item.status == "billable")

with open(batch, newline="", encoding="utf-8") as file:
    text = file.read()
# A segment begins after a carriage return; an id may hold the same letters anywhere.
body = text[text.index("\rMSH|") : text.index("\rBTS|") + 1]
for message in body.split("\rMSH|")[1:]:
    parsed = hl7.parse("MSH|" + message.rstrip("\r") + "\r")
    if "\rFT1|" in message:
        for segment in parsed.segments("FT1"):
            sign = {"CG": 1, "CD": -1}[str(segment[6])]
            add("hl7", str(segment[7][0][0]), sign * int(str(segment[10])), True)

json.dump({name: {"units": all_, "postable": posted} for name, (all_, posted) in sums.items()}, sys.stdout)
