"""Compares each field of a day's exports with the recorded facts, read from the store's file.

Arguments: the store, the day, the formulary, day.csv, day.json, day.fhir, day.hl7. The statement (codes,
units, reasons) is the one of the JSON file; all else is the record's. Prints, as JSON, how many fields were
compared in each file, and the first differences."""

import csv
import datetime
import json
import os
import re
import sys

import hl7

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from recorded_facts import PUMP, sessions  # noqa: E402

store, day, formulary, table, lines, bundle, batch = sys.argv[1:]
record = sessions(store, day)
counts, differences = {}, []

names, fluids = {}, set()
with open(formulary, newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        names[row["name"].lower()] = row["display_name"] or row["name"]
        if row["class"] == "hydration":
            fluids.add(row["name"].lower())


def same(export, where, found, expected):
    counts[export] = counts.get(export, 0) + 1
    if found != expected and len(differences) < 40:
        differences.append(f"{export} {where}: {found!r}, recorded {expected!r}")


def unique(values):
    return list(dict.fromkeys(v for v in values if v))


def display(name):
    return names.get(name.lower(), name)


def number(value):
    return int(value) if float(value).is_integer() else value


# The statement, by session.
statements, units = {}, {}
with open(lines, encoding="utf-8") as file:
    for line in file:
        document = json.loads(line)
        name = document["session"]["id"]
        session, patient = record[name], record[name].patient
        statements[name], units[name] = document["statement"], document["units"]
        told = document["record"]
        same("json", f"{name} patient", told["patient"], {
            key: value for key, value in {
                "family": patient["family"], "given": patient["given"],
                "dateOfBirth": patient.get("born"), "sex": patient["sex"], "mrn": patient["mrn"],
                "visitNumber": patient["visit"]}.items() if value is not None})
        same("json", f"{name} chair", told["chair"], patient["chair"])
        same("json", f"{name} nurse", told["nurse"], session.holder)
        same("json", f"{name} opened", told["opened"], session.written(session.opening.minute))
        same("json", f"{name} closed", told.get("closed"), session.written(session.closed))
        if session.review:
            same("json", f"{name} reviewer", told["review"]["reviewer"], session.review.body["by"])
            same("json", f"{name} hash", told["review"]["statementHash"], session.review.body["statement"])
        same("json", f"{name} zone", document["session"]["timeZone"], patient["zone"])
        same("json", f"{name} payer", document["session"].get("payer"), patient.get("payer"))
        same("json", f"{name} sites",
             {s["id"]: s["kind"] for s in document["session"].get("sites", [])}, session.sites)
        rows = {row["id"]: row for row in document["session"]["administrations"]}
        same("json", f"{name} administrations", sorted(rows), sorted(session.administrations))
        for id_, row in rows.items():
            given = session.administrations[id_]
            where = f"{name} {id_}"
            same("json", where + " drug", row["drug"].lower(), given.drug.lower())
            same("json", where + " technique", row["technique"], given.technique)
            same("json", where + " site", row.get("site"), given.facts.get("site"))
            same("json", where + " order", row.get("order"), given.facts.get("order"))
            is_seen = given.stop_basis != "last-seen-running"
            if given.is_paper:
                same("json", where + " minutes", row["minutes"], given.facts.get("min"))
                continue
            same("json", where + " start", row["start"], session.written(given.start))
            same("json", where + " stop", row["stop"],
                 session.written(given.stop) if is_seen and not given.is_moment else None)
            # A rate that was changed is no one rate.
            same("json", where + " rate", row.get("rateMLPerHour"),
                 None if given.rates else given.facts.get("rate"))
same("json", "sessions", sorted(statements), sorted(record))


def explained(charge):
    return " ".join(because["text"] for because in charge["because"])


def span(session, ids):
    """Start, its basis, stop, its basis of administrations together; paper records have no times."""
    timed = [a for a in (session.administrations[i] for i in ids) if not a.is_paper]
    if not timed:
        return None, "", None, ""
    first = min(timed, key=lambda a: a.start)
    if any(a.stop is None for a in timed):
        basis = any(a.stop_basis for a in timed if a.stop is None)
        return first.start, first.start_basis, None, "not-observed" if basis else ""
    ended = [a for a in timed if not a.is_moment]
    if not ended:
        return first.start, first.start_basis, None, ""
    last = max(ended, key=lambda a: a.stop)
    return first.start, first.start_basis, last.stop, last.stop_basis


# CSV
with open(table, newline="", encoding="utf-8") as file:
    rows = {}
    for row in csv.DictReader(file, strict=True):
        rows.setdefault(row["session_id"], []).append(row)
for name, session in record.items():
    statement = statements[name]
    expected = [(c, c["administrations"]) for c in statement["charges"]] + [
        (u, [u["administration"]]) for u in statement["uncharged"]]
    found = rows.get(name, [])
    same("csv", f"{name} lines", len(found), len(expected))
    for index, (row, (line, ids)) in enumerate(zip(found, expected)):
        given = [session.administrations[i] for i in ids]
        start, start_basis, stop, stop_basis = span(session, ids)
        is_charge = "code" in line
        whole = {
            "session_id": name, "visit_no": session.patient["visit"], "mrn": session.patient["mrn"],
            "service_date": line["serviceDate"] if is_charge else session.day(given[0].start),
            "administration_id": "; ".join(ids),
            "drug": "; ".join(unique(display(a.drug) for a in given)),
            "route": "; ".join(unique(a.technique for a in given)),
            "site": (line["site"] or "") if is_charge else given[0].facts.get("site", ""),
            "start": session.written(start) or "", "start_basis": start_basis,
            "stop": session.written(stop) or "", "stop_basis": stop_basis,
            "minutes": str(line["minutes"]), "code": line.get("code", ""),
            "units": str(line.get("units", 0)), "modifiers": "; ".join(line.get("modifiers", [])),
            "rule": line["because"][0]["rule"] if is_charge else line["rule"],
            "rulebook": statement["rulebook"],
            "explanation": explained(line) if is_charge else line["text"],
            "reviewed_by": session.review.body["by"] if session.review else "",
            "corrected": "yes" if any(a.is_corrected for a in given) else "no",
            "reactions": session.reactions(ids),
        }
        for column, value in whole.items():
            text = row[column]
            # A text that a spreadsheet would calculate has an apostrophe before it.
            text = text[1:] if text.startswith("'") and not value.startswith("'") else text
            same("csv", f"{name} {index} {column}", text, value)
        same("csv", f"{name} {index} recorded_by", sorted(row["recorded_by"].split("; ")),
             sorted(set(p for a in given for p in a.people())))
        same("csv", f"{name} {index} reason", sorted(filter(None, row["reason"].split("; "))),
             sorted(set(r for a in given for r in a.reasons())))
        if is_charge and line["status"] in ("held", "provisional"):
            same("csv", f"{name} {index} status", row["status"], line["status"])
        elif is_charge:
            same("csv", f"{name} {index} status", row["status"], "reviewed")
        else:
            same("csv", f"{name} {index} status", row["status"], "uncharged")

# FHIR
AMOUNTS = {"mg": "mg", "g": "g", "kg": "kg", "mcg": "ug", "ml": "mL", "l": "L", "mmol": "mmol", "meq": "meq"}


def dose(text):
    head, _, unit = text.partition(" ")
    if not re.fullmatch(r"[\d.]+|[1-9]\d{0,2}(,\d{3})+(\.\d+)?", head):
        return None
    try:
        return float(head.replace(",", "")), AMOUNTS[unit.strip().lower()]
    except (ValueError, KeyError):
        return None


def plain(value):
    return f"{number(value):,}".replace(",", "") if isinstance(number(value), int) else str(value)


def quantity(value, unit):
    return {"value": number(value), "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}


def request(order):
    return {"type": "MedicationRequest", "identifier": {
        "system": "urn:oid:2.16.840.1.113883.19.7", "value": order}}


def medication(session, given):
    """The resource of an administration, as the record has it; references are left to `resolved`."""
    facts = given.facts
    wanted = {
        "resourceType": "MedicationAdministration",
        "identifier": [{"system": "urn:chairtime:administration", "value": f"{session.name}/{given.name}"}],
        "medicationCodeableConcept": {"text": display(given.drug)},
        "subject": "Patient " + session.patient["mrn"], "context": "Encounter " + session.name,
        "performer": [
            {"function": {"text": "charted it"}, "actor": {"display": p}} for p in unique(given.charters())],
    }
    is_cut = given.why != "completed"
    has_end = given.stop is not None or given.found_ended is not None or given.is_paper
    # A pump that went home runs on after its session was closed. Of anything else the end is not known.
    runs_on = given.is_running and (given.begun.kind == PUMP or session.closed is None)
    wanted["status"] = (
        "in-progress" if runs_on else "stopped" if is_cut else "completed" if has_end else "unknown")
    if is_cut:
        wanted["statusReason"] = [{"text": given.why}]
    is_last_seen = given.stop_basis == "last-seen-running"
    if given.is_paper:
        wanted["effectiveDateTime"] = session.day(given.start)
    elif given.stop == given.start and not is_last_seen:
        wanted["effectiveDateTime"] = session.written(given.start, seconds=True)
    else:
        wanted["effectivePeriod"] = {"start": session.written(given.start, seconds=True)}
        if given.stop is not None and not is_last_seen:
            wanted["effectivePeriod"]["end"] = session.written(given.stop, seconds=True)
    if facts.get("order"):
        wanted["request"] = request(facts["order"])
    site = facts.get("site")
    notes = [given.technique + (f", access site {site} ({session.sites[site]})" if site else "")]
    amount = facts.get("amount")
    charted = dose(amount) if amount else None
    if amount:
        notes.append(f"dose as charted: {amount}")
    is_fluid = given.drug.lower() in fluids
    if given.volume is not None and (charted or not is_fluid):
        notes.append(f"volume as charted: {plain(given.volume)} mL")
    if given.rates:
        first = [f"{plain(facts['rate'])} mL/h"] if facts.get("rate") is not None else []
        notes.append("rate as charted: " + ", ".join(
            first + [f"{plain(rate)} mL/h from {session.written(at)}" for at, rate in given.rates]))
    if given.is_paper:
        notes.append(f"{given.facts['min']} min stated, no clock times ({given.start_basis.replace('-', ' ')})")
    elif given.found_ended is not None:
        notes.append(f"found ended {session.written(given.found_ended)}; its end was not observed")
    elif is_last_seen:
        notes.append(f"last seen running {session.written(given.stop)}; its end was not observed")
    elif given.stop_basis == "computed-from-rate-and-volume":
        notes.append("its end was computed from rate and volume")
    wanted["note"] = [{"text": text} for text in notes]
    if charted is None and is_fluid and given.volume is not None:
        charted = (given.volume, "mL")
    rate = facts.get("rate") if not given.rates else None
    if charted or rate is not None:
        wanted["dosage"] = {"method": {"text": given.technique}}
        route = {"im": "intramuscular", "intramuscular": "intramuscular", "oral": "oral"}.get(given.technique)
        if given.technique.startswith(("sub", "sc", "on-body", "onBody")):
            route = "subcutaneous"
        if route:
            wanted["dosage"]["route"] = {"text": route}
        if charted:
            wanted["dosage"]["dose"] = quantity(*charted)
        if rate is not None:
            wanted["dosage"]["rateQuantity"] = quantity(rate, "mL/h")
    return wanted


def served(session, ids, date):
    """Start and stop behind a charge; hours of a later date begin at its midnight."""
    start, _, stop, _ = span(session, ids)
    begin = session.written(start, seconds=True)
    if date and start is not None and session.day(start) < date:
        begin = date + "T00:00:00" + begin[19:]
    return begin, session.written(stop, seconds=True)


def charge_item(session, charge, unit):
    code = charge["code"]
    wanted = {
        "resourceType": "ChargeItem", "definitionCanonical": ["urn:chairtime:rulebook|" + statements[session.name]["rulebook"]],
        "status": "billable" if unit["postable"] else "planned",
        "subject": "Patient " + session.patient["mrn"], "context": "Encounter " + session.name,
        "quantity": {"value": charge["units"]},
        "service": [f"MedicationAdministration {session.name}/{i}" for i in charge["administrations"]],
        "note": [{"text": explained(charge)}], "code": code,
        "system": "http://www.ama-assn.org/go/cpt" if code.isdigit()
        else "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
        "unit": unit["id"],
    }
    if charge["modifiers"]:
        wanted["extension"] = [{"url": "urn:chairtime:modifier", "valueCode": m} for m in charge["modifiers"]]
    begin, end = served(session, charge["administrations"], charge["serviceDate"])
    if begin and all(session.administrations[i].is_moment for i in charge["administrations"]):
        wanted["occurrenceDateTime"] = begin
    elif begin:
        wanted["occurrencePeriod"] = {"start": begin} | ({"end": end} if end else {})
    elif charge["serviceDate"]:
        wanted["occurrenceDateTime"] = charge["serviceDate"]
    return wanted


with open(bundle, encoding="utf-8") as file:
    entries = json.load(file).get("entry", [])
named = {}
for entry in entries:
    resource = entry["resource"]
    identifiers = resource.get("identifier", [])
    named[entry["fullUrl"]] = f"{resource['resourceType']} {identifiers[0]['value'] if identifiers else ''}"


def resolved(value):
    """A resource with the names of what it refers to in place of ids."""
    if isinstance(value, dict):
        if set(value) == {"reference"}:
            return named[value["reference"]]
        return {key: resolved(inner) for key, inner in value.items() if key != "id"}
    return [resolved(inner) for inner in value] if isinstance(value, list) else value


kept = {}
labels = {}
for entry in entries:
    resource = resolved(entry["resource"])
    kept.setdefault(resource["resourceType"], []).append(resource)


def fields(where, found, expected):
    for key in sorted(set(found) | set(expected)):
        same("fhir", f"{where} {key}", found.get(key), expected.get(key))


people = {s.patient["mrn"]: s.patient for s in record.values()}
same("fhir", "patients", sorted(r["identifier"][0]["value"] for r in kept["Patient"]), sorted(people))
for resource in kept["Patient"]:
    patient = people[resource["identifier"][0]["value"]]
    wanted = {
        "resourceType": "Patient",
        "identifier": [{
            "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]},
            "system": "urn:oid:2.16.840.1.113883.19.5", "value": patient["mrn"],
            "assigner": {"display": "HOSPITAL"}}],
        "name": [{"use": "official", "family": patient["family"], "given": [patient["given"]]}],
        "gender": patient["sex"]}
    if patient.get("born"):
        wanted["birthDate"] = patient["born"]
    fields(f"Patient {patient['mrn']}", resource, wanted)
same("fhir", "encounters", sorted(r["identifier"][0]["value"] for r in kept["Encounter"]), sorted(record))
for resource in kept["Encounter"]:
    session = record[resource["identifier"][0]["value"]]
    wanted = {
        "resourceType": "Encounter",
        "identifier": [{"system": "urn:chairtime:session", "value": session.name}],
        "status": "finished" if session.closed is not None else "in-progress",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB", "display": "ambulatory"},
        "subject": "Patient " + session.patient["mrn"],
        "period": {"start": session.written(session.opening.minute, seconds=True)},
        "location": [{"location": {"display": "chair " + session.patient["chair"]}}]}
    if session.patient["visit"]:
        wanted["identifier"].append({"system": "urn:oid:2.16.840.1.113883.19.6", "value": session.patient["visit"]})
    if session.closed is not None:
        wanted["period"]["end"] = session.written(session.ended, seconds=True)
    fields(f"Encounter {session.name}", resource, wanted)
given_names = []
for resource in kept.get("MedicationAdministration", []):
    value = resource["identifier"][0]["value"]
    given_names.append(value)
    name, id_ = value.split("/")
    session = record[name]
    if id_ in session.withdrawn:
        entry = session.withdrawn[id_]
        wanted = {
            "resourceType": "MedicationAdministration", "identifier": resource["identifier"],
            "status": "entered-in-error", "medicationCodeableConcept": {"text": display(entry.first_body["drug"])},
            "subject": "Patient " + session.patient["mrn"], "context": "Encounter " + name,
            "effectiveDateTime": session.day(entry.first_minute) if entry.first_body.get("paper")
            else session.written(entry.first_minute, seconds=True),
            "performer": [{"function": {"text": "charted it"}, "actor": {"display": entry.author}}]}
        if entry.first_body.get("order"):
            wanted["request"] = request(entry.first_body["order"])
        fields(f"withdrawn {value}", resource, wanted)
    else:
        fields(f"MedicationAdministration {value}", resource, medication(session, session.administrations[id_]))
same("fhir", "administrations", sorted(given_names), sorted(
    f"{s.name}/{i}" for s in record.values() for i in [*s.administrations, *s.withdrawn]))
items = {}
uncharged = {}
for resource in kept.get("ChargeItem", []):
    name = resource["context"].split(" ", 1)[1]
    (items if resource["status"] != "not-billable" else uncharged).setdefault(name, []).append(resource)
for name, session in record.items():
    charges = statements[name]["charges"]
    found = items.get(name, [])
    same("fhir", f"{name} charges", len(found), len(charges))
    for resource, charge, unit in zip(found, charges, units[name]):
        wanted = charge_item(session, charge, unit)
        concept = resource.pop("code")
        identifiers = {i["system"]: i["value"] for i in resource.pop("identifier")}
        labels[charge["code"]] = concept["text"]
        same("fhir", f"{name} code", concept["coding"], [{"system": wanted.pop("system"), "code": wanted.pop("code")}])
        same("fhir", f"{name} unit", identifiers["urn:chairtime:unit"], wanted.pop("unit"))
        fields(f"{name} {charge['code']}", resource, wanted)
    parts = statements[name]["uncharged"]
    same("fhir", f"{name} uncharged", len(uncharged.get(name, [])), len(parts))
    for resource, part in zip(uncharged.get(name, []), parts):
        fields(f"{name} uncharged", resource, {
            "resourceType": "ChargeItem", "status": "not-billable",
            "definitionCanonical": ["urn:chairtime:rulebook|" + statements[name]["rulebook"]],
            "code": {"coding": [{"system": "urn:chairtime:uncharged", "code": part["rule"]}], "text": part["rule"]},
            "subject": "Patient " + session.patient["mrn"], "context": "Encounter " + name,
            "quantity": quantity(part["minutes"], "min"),
            "service": [f"MedicationAdministration {name}/{part['administration']}"],
            "note": [{"text": part["text"]}]})
corrections = [c for s in record.values() for e in s.entries for c in e.corrections]
same("fhir", "corrections", sorted(r["agent"][0]["who"]["display"] for r in kept.get("Provenance", [])),
     sorted(c[0] for c in corrections))
same("fhir", "reasons", sorted(r["reason"][0]["text"] for r in kept.get("Provenance", []) if "reason" in r),
     sorted(c[1] for c in corrections if c[1]))
same("fhir", "withdrawals", sorted(r["activity"]["coding"][0]["code"] for r in kept.get("Provenance", [])),
     sorted("NULLIFY" if c[3] else "UPDATE" for c in corrections))

# HL7
with open(batch, newline="", encoding="utf-8") as file:
    text = file.read()
by_unit = {unit["id"]: (name, charge) for name in record
           for unit, charge in zip(units[name], statements[name]["charges"])}
seen = []
SEXES = {"female": "F", "male": "M", "other": "O", "unknown": "U"}


def bare(written):
    return written and written[:19].translate({45: None, 58: None, 84: None})[:12] + (
        "+0000" if written[19:] == "Z" else written[19:].replace(":", ""))


def places(message, segment):
    """Every filled place of a segment: {"7.1.2": "…"}, escapes undone."""
    found = {}
    for index in range(1, len(segment)):
        for repetition, part in enumerate(segment[index], 1) if not isinstance(segment[index], str) else []:
            components = [part] if isinstance(part, str) else part
            for place, value in enumerate(components, 1):
                if str(value):
                    found[f"{index}.{repetition}.{place}"] = message.unescape(str(value))
    return found


def segment_fields(where, found, expected):
    expected = {key: value for key, value in expected.items() if value}
    for key in sorted(set(found) | set(expected)):
        same("hl7", f"{where} {key}", found.get(key), expected.get(key))


PARTIES = {"3.1.1": "CHAIRTIME", "4.1.1": "FACILITY", "5.1.1": "BILLING", "6.1.1": "HOSPITAL"}


def head_fields(where, segment, further):
    """MSH, FHS or BHS: delimiters, parties and the moment of writing, which is returned."""
    fields = segment.split("|")
    found = {f"{number}.1.1": value for number, value in enumerate(fields[2:], 3) if value}
    moment = datetime.datetime.strptime(found.pop("7.1.1"), "%Y%m%d%H%M%S%z")
    same("hl7", f"{where} delimiters", fields[1], "^~\\&")
    segment_fields(where, found, PARTIES | further)
    return moment


body = text[text.index("\rMSH|") : text.index("\rBTS|") + 1]
parts = body.split("\rMSH|")[1:]
lines = text.rstrip("\r").split("\r")
heads = {}
for name in ("FHS", "BHS"):
    line = next(line for line in lines if line.startswith(name + "|"))
    heads[name] = line.split("|")[10]
    made = head_fields(name, line, {"9.1.1": day, "11.1.1": heads[name]})
    same("hl7", f"{name} id", bool(re.fullmatch("[0-9A-Z]{12}", heads[name])), True)
same("hl7", "ids of file and batch differ", heads["FHS"] != heads["BHS"], True)
same("hl7", "foot", lines[-2:], [f"BTS|{len(parts)}", "FTS|1"])
controls = []
for part in parts:
    message = hl7.parse("MSH|" + part.rstrip("\r") + "\r")
    segments = [line for line in ("MSH|" + part).split("\r") if line]
    controls.append(segments[0].split("|")[9])
    same("hl7", f"{controls[-1]} id", bool(re.fullmatch("[0-9A-Z]{20}", controls[-1])), True)
    sent = head_fields(f"{controls[-1]} MSH", segments[0], {
        "9.1.1": "DFT^P03^DFT_P03", "10.1.1": controls[-1], "11.1.1": "P", "12.1.1": "2.5.1",
        "15.1.1": "AL", "16.1.1": "NE", "18.1.1": "UNICODE UTF-8"})
    same("hl7", f"{controls[-1]} made", sent, made)
    same("hl7", f"{controls[-1]} EVN", segments[1], "EVN|P03|" + segments[0].split("|")[6])
    charges = list(message.segments("FT1"))
    notes = list(message.segments("NTE"))
    name = by_unit[str(charges[0][2])][0]
    session, patient = record[name], record[name].patient
    segment_fields(f"{name} PID", places(message, message.segment("PID")), {
        "1.1.1": "1", "3.1.1": patient["mrn"], "3.1.4": "HOSPITAL", "3.1.5": "MR",
        "5.1.1": patient["family"], "5.1.2": patient["given"], "5.1.7": "L",
        "7.1.1": patient.get("born", "").replace("-", ""), "8.1.1": SEXES[patient["sex"]],
        "18.1.1": patient["visit"]})
    segment_fields(f"{name} PV1", places(message, message.segment("PV1")), {
        "1.1.1": "1", "2.1.1": "O", "3.1.1": "INFUSION", "3.1.3": patient["chair"], "19.1.1": patient["visit"]})
    signed = session.local(session.review.recorded // 60_000)
    seconds = f"{session.review.recorded // 1000 % 60:02}"
    same("hl7", f"{name} notes", len(notes), len(charges))
    for index, (segment, note) in enumerate(zip(charges, notes), 1):
        unit = str(segment[2])
        seen.append(unit)
        charge = by_unit[unit][1]
        ids = charge["administrations"]
        begin, end = served(session, ids, charge["serviceDate"])
        system = "C4" if charge["code"].isdigit() else "HPC"
        orders = unique(session.administrations[i].facts.get("order") for i in ids)
        wanted = {
            "1.1.1": str(index), "2.1.1": unit,
            "4.1.1": bare(begin) or (charge["serviceDate"] or "").replace("-", ""), "4.1.2": bare(end),
            "5.1.1": signed.strftime("%Y%m%d%H%M") + seconds + signed.strftime("%z"),
            "6.1.1": "CG", "7.1.1": charge["code"], "7.1.2": labels[charge["code"]], "7.1.3": system,
            "10.1.1": str(charge["units"]), "16.1.1": "INFUSION", "16.1.3": patient["chair"],
            "23.1.1": orders[0] if len(orders) == 1 else "",
            "25.1.1": charge["code"], "25.1.2": labels[charge["code"]], "25.1.3": system}
        for place, modifier in enumerate(charge["modifiers"], 1):
            wanted[f"26.{place}.1"] = modifier
            wanted[f"26.{place}.3"] = "C4" if modifier.isdigit() else "HPC"
        found = places(message, segment)
        recorder = found.pop("24.1.2", None)
        charters = {p for i in ids for p in session.administrations[i].people()}
        same("hl7", f"{name} {unit} recorder", recorder in charters, True)
        segment_fields(f"{name} {unit}", found, wanted)
        words = explained(charge) + (f" Orders: {', '.join(orders)}." if len(orders) > 1 else "")
        segment_fields(f"{name} {unit} NTE", places(message, note), {"1.1.1": "1", "3.1.1": words})
same("hl7", "control ids", len(set(controls)), len(parts))
same("hl7", "units", sorted(seen), sorted(u["id"] for name in record for u in units[name] if u["postable"]))

json.dump({"fields": counts, "differences": differences}, sys.stdout)
