"""A second reading of the drug chapter (DU1 to DU30): another program in another language, without code of the engine.

A rule is written here from the chapter's text, never translated from the engine. Amounts are fractions.

Standard input: one JSON object a line. The first is {"codes": rows of the table of codes, "packages": rows of the table of
packages, "formulary": [{"name", "brands", "hcpcs", "class"}]}, each other {"session": a document chairtime.session/1,
"lines": the engine's units, "J1745-JW": 5, "findings": the engine's findings}.
Standard output: {"sessions": n, "lines": n, "differences": [{"id", "engine", "independent"}]}.
"""

import json
import sys
from collections import Counter
from fractions import Fraction
from itertools import product as combinations_of
from math import ceil, floor

MASS = {"mcg": Fraction(1), "mg": Fraction(1000), "g": Fraction(1000000)}
COUNTED_ALIKE = ({"units", "IU"},)
ROUTES = {
    "infusion": "iv", "push": "iv", "pump": "iv", "pump-refill": "iv", "sc": "sc",
    "sc-infusion": "sc", "on-body-injector": "sc", "im": "im",
}
UNLISTED = {"chemotherapy": "J9999", "hormonal-antineoplastic": "J9999", "complex-biologic": "J3590"}
DEFAULTS = {
    "drug.lines": "recorded", "drug.round_per": "day", "drug.line_per_ndc": False,
    "jwjz.applies": "by_setting", "jwjz.from": "2023-07-01", "minimum_waste": "warn",
    "stopped_dose": "given_plus_jw", "discard.must_be_recorded": True, "noc.units": "one",
    "modifier.340b": "none", "zero_cost_line": "on",
}


def words(name):
    """A name without case and joining words."""
    for sign in "-,/":
        name = name.replace(sign, " ")
    return [word for word in name.lower().split() if word != "and"]


def convert(value, unit, wanted):
    """The value in another unit, or None."""
    if unit == wanted or any({unit, wanted} <= pair for pair in COUNTED_ALIKE):
        return value
    if unit in MASS and wanted in MASS:
        return value * MASS[unit] / MASS[wanted]
    return None


class Tables:
    def __init__(self, head):
        self.codes = head["codes"]
        self.packages = head["packages"]
        self.formulary = head["formulary"]
        self.families = {}

    def entry(self, text):
        folded = " ".join(text.lower().split())
        for entry in self.formulary:
            if folded in [entry["name"].lower()] + [brand.lower() for brand in entry["brands"]]:
                return entry
        return None

    def family(self, codes):
        """The rows of the codes and of all that they replaced or were replaced by."""
        key = frozenset(codes)
        if key not in self.families:
            found = self.closure(codes)
            self.families[key] = [row for row in self.codes if row["code"] in found]
        return self.families[key]

    def named(self, name):
        if name not in self.families:
            self.families[name] = {row["code"] for row in self.codes if words(row["drug"]) == words(name)}
        return self.families[name]

    def closure(self, codes):
        found = set(codes)
        while True:
            more = {row["code"] for row in self.codes if found & set(row["replaced_by"])}
            more |= {code for row in self.codes if row["code"] in found for code in row["replaced_by"]}
            if more <= found:
                return found
            found |= more

    def status(self, row):
        if row["status"]:
            return row["status"]
        later = [r["status"] for c in row["replaced_by"] for r in self.codes if r["code"] == c]
        return next((status for status in later if status), "")


def is_for(row, brand):
    brand = words(brand)
    return any(brand[:len(words(p))] == words(p) for p in row["products"])


class Dose:
    def __init__(self, row, session):
        self.id = row["id"]
        self.row = row
        self.text = row["drug"]
        self.given = Fraction(row["given"]["value"])
        self.unit = row["given"]["unit"]
        self.date = row["start"][:10]
        self.route = ROUTES.get(row["technique"], "other")
        self.encounter = row.get("encounter", "1")
        self.dose = row.get("dose") or row["id"]
        self.supply = row.get("supply", "stock")
        self.shared = row.get("sharedContainer", False)
        self.stopped = row.get("stopReason", "completed") != "completed" and not row.get("running")
        self.brand = row.get("product", {}).get("brand")
        self.containers = row.get("containers", [])
        self.discarded = row.get("discarded")


class Session:
    def __init__(self, document, tables):
        self.tables = tables
        self.policy = {**DEFAULTS, **document.get("policy", {})}
        self.office = document.get("setting", "facility") == "professional"
        self.lines = Counter()
        self.findings = Counter()
        rows = sorted(document["administrations"], key=lambda row: (row["start"], row["id"]))
        if self.policy["drug.lines"] == "off":
            return
        doses = [d for row in rows if "given" in row for d in [Dose(row, self)]]
        for row in rows:
            touched = bool(row.get("containers")) or "discarded" in row
            if "given" not in row and not row.get("running"):
                stopped = row.get("stopReason", "completed") != "completed"
                if touched or self.policy["drug.lines"] == "required":
                    self.find("amount-given-missing" if stopped and touched else "dose-missing")
        lines = {}
        for dose in doses:
            if dose.given == 0:  # DU14
                if dose.containers or dose.discarded:
                    self.find("prepared-not-given")
                continue
            if not self.choose(dose) or not self.measure(dose):
                continue
            if dose.supply != "stock":  # DU23
                self.find("zero-cost-drug")
                if self.policy["zero_cost_line"] == "off":
                    continue
            key = (dose.code["code"], dose.date, dose.encounter, dose.supply)  # DU28
            if self.policy["drug.round_per"] == "administration":  # DU3
                key += (dose.dose,)
            lines.setdefault(key, []).append(dose)
        for group in lines.values():
            self.count(group)
        self.check_limits(lines)

    def find(self, what):
        self.findings[what] += 1

    # DU19, DU25, DU17

    def choose(self, dose):
        entry = self.tables.entry(dose.text)
        if entry and dose.text.lower() in [b.lower() for b in entry["brands"]] and not dose.brand:
            dose.brand = dose.text
        name = entry["name"] if entry else dose.text
        listed = set(entry["hcpcs"] if entry else [])
        family = self.tables.family(listed | self.tables.named(name))
        now = [r for r in family if r["from"] <= dose.date and (not r["until"] or dose.date <= r["until"])]
        codes = {row["code"] for row in now}
        rows = [
            r for r in now if r["kind"] in ("drug", "imaging", "blood") and not codes & set(r["replaced_by"])
            and r["route"] in ("", dose.route)
        ]
        dose.held = False
        dose.review = False
        if not rows:
            self.find("no-code-on-date")
            return self.unlisted(dose)
        own = [row for row in rows if dose.brand and is_for(row, dose.brand)]
        plain = [row for row in rows if not row["products"]]
        if own:
            rows = own
        elif dose.brand and plain:
            rows = plain
        not_c = [row for row in rows if row["code"][0] != "C"]
        if self.office or not_c:
            rows = not_c
        if not rows:
            return self.unlisted(dose)
        plain = [row for row in rows if not row["products"]]
        named = [row for row in plain if words(row["drug"]) == words(name)]
        if len(plain) > 1 and len(named) == 1:
            plain = named
        if len(rows) == 1:
            dose.code = rows[0]
        elif len(plain) == 1:
            dose.code = plain[0]
            if not dose.brand:
                self.find("product-unknown")
        else:
            return False  # The random days have no such drug.
        return True

    def unlisted(self, dose):
        entry = self.tables.entry(dose.text)
        kind = dose.row.get("class") or (entry and entry["class"]) or ""
        code = UNLISTED.get(kind, "J3490")
        dose.code = next(row for row in self.tables.codes if row["code"] == code)
        dose.review = True
        self.find("noc-code")
        return True

    # DU1, DU2: all amounts in the unit of the code

    def measure(self, dose):
        code = dose.code
        dose.opened = []
        for c in dose.containers:
            value = Fraction(c["amount"]) if "amount" in c else None
            dose.opened.append({"kind": c.get("type"), "value": value, "unit": c.get("unit"), "count": c.get("count", 1)})
        if code["unit"] == "vial":
            number = sum(c["count"] for c in dose.opened)
            if number == 0:
                self.find("container-missing")
                dose.held = True
                number = 1
            dose.u, dose.g, dose.w = Fraction(1), Fraction(number), Fraction(0)
            for c in dose.opened:
                c["value"] = Fraction(1)
            kinds = {c["kind"] for c in dose.opened}
            for c in dose.opened:
                c["kind"] = c["kind"] if len(kinds) == 1 else None
            return True
        unit = code["unit"] or dose.unit
        dose.u = Fraction(code["amount"]) if code["amount"] else Fraction(1)
        dose.g = convert(dose.given, dose.unit, unit)
        if dose.g is None:
            self.find("unit-mismatch")
            return False
        for c in dose.opened:
            if c["value"] is not None:
                c["value"] = convert(c["value"], c["unit"], unit)
                if c["value"] is None and code["unit"]:
                    self.find("unit-mismatch")
        dose.w = None
        if dose.discarded:
            dose.w = convert(Fraction(dose.discarded["value"]), dose.discarded["unit"], unit)
            if dose.w is None and code["unit"]:
                self.find("unit-mismatch")
        return True

    # The one function of 0.2

    def count(self, group):
        code = group[0].code
        noc = code["kind"] == "unlisted"
        u = group[0].u
        g = sum(dose.g for dose in group)
        opened = [c for dose in group for c in dose.opened]
        label = sum((c["value"] or 0) * c["count"] for c in opened)
        single = sum((c["value"] or 0) * c["count"] for c in opened if c["kind"] == "single-dose")
        kinds = {c["kind"] for c in opened}
        wants = self.wants(code, group[0].supply)
        some_without = any(not dose.opened for dose in group) and label < g
        if kinds == {"multi-dose"}:
            form = "multi"
        elif not opened or some_without or None in kinds or any(c["value"] is None for c in opened):
            form = "unknown"
        else:
            form = "single" if len(kinds) == 1 else "mixed"
        if wants and form == "unknown":  # DU16
            self.find("container-missing")
        if form == "multi":  # DU11
            wants = False
        if wants and form == "mixed":  # DU29
            self.find("mixed-containers")
        if form == "single" and g > label:  # DU10
            self.find("more-than-labelled")
            g = label
        if noc:
            units = 1
            if self.policy["noc.units"] == "containers":
                units = max(1, sum(c["count"] for c in opened))
        else:
            units = ceil(g / u)
        waste, jw = Fraction(0), 0
        if wants and form in ("single", "mixed"):
            waste = self.waste(group, form, g, label, single, u, noc)
            if not noc:
                limit = self.least(group, form, code)
                billed = waste if limit is None else min(waste, limit)
                jw = max(0, min(floor(billed / u), floor(label / u) - units))
        tb = [] if self.policy["modifier.340b"] == "none" or group[0].supply != "stock" else [self.policy["modifier.340b"]]
        if wants and noc and form in ("single", "mixed") and waste > 0:
            self.find("noc-discard")
        jz = wants and form in ("single", "mixed") and jw == 0 and not (noc and waste > 0)
        jz = jz and group[0].date >= self.policy["jwjz.from"]
        split = units
        if wants and form == "mixed" and jw == 0 and not noc:
            part = min(ceil(min(single - waste, g) / u), units)
            if 0 < part < units:
                split = part
        self.add(code, split, (["JZ"] if jz else []) + tb)
        self.add(code, units - split, tb)
        self.add(code, jw, ["JW"] + tb)
        if jw and any(dose.stopped and self.policy["stopped_dose"] == "given_plus_jw" for dose in group):
            self.find("stopped-dose-discard")

    def add(self, code, units, modifiers):
        if units > 0:
            self.lines["-".join([code["code"]] + sorted(modifiers))] += units

    # DU8

    def wants(self, code, supply):
        rule = self.policy["jwjz.applies"]
        if rule == "by_setting":
            rule = "single_dose" if self.office else "by_status"
        if rule == "off" or supply != "stock":
            return False
        if rule == "all":
            return True
        if code["kind"] in ("imaging", "blood"):
            return False
        if rule == "single_dose" or code["kind"] == "unlisted":
            return True
        return self.tables.status(code)[:1] in ("", "G", "K")

    # DU13, DU15

    def waste(self, group, form, g, label, single, u, noc):
        recorded = [dose.w for dose in group if dose.w is not None]
        total = sum(recorded) if recorded else None
        if form == "mixed":
            return min(total or 0, single)
        if any(dose.shared for dose in group):  # DU12
            return min(total or 0, max(Fraction(0), label - g))
        left = label - g
        kept = [d for d in group if d.stopped and self.policy["stopped_dose"] == "given_only"]
        for dose in kept:
            left -= sum((c["value"] or 0) * c["count"] for c in dose.opened) - dose.g
        left = max(Fraction(0), left)
        if total is None:
            if left > 0 and (noc or floor(left / u) > 0) and self.policy["discard.must_be_recorded"]:
                self.find("discard-not-recorded")
            return left
        if total != left and not kept:
            self.find("discard-mismatch")
        return min(total, left)

    # DU9

    def least(self, group, form, code):
        if self.policy["minimum_waste"] == "off" or form != "single" or code["unit"] == "vial":
            return None
        parts = {}
        for dose in group:
            parts.setdefault(dose.dose, []).append(dose)
        allowed = Fraction(0)
        for doses in parts.values():
            amount = sum(dose.g for dose in doses)
            opened = [c for dose in doses for c in dose.opened]
            total = sum(c["value"] * c["count"] for c in opened)
            left = max(Fraction(0), total - amount)
            best = self.best(amount, {c["value"] for c in opened}, code)
            if any(d.shared for d in doses) or left == 0 or best is None or best >= total:
                allowed += left
                continue
            self.find("avoidable-discard")
            allowed += best - amount
        return allowed if self.policy["minimum_waste"] == "cap" else None

    def best(self, amount, opened, code):
        """The smallest total of sold containers that gives the amount."""
        sold = []
        for package in self.tables.packages:
            if package["code"] == code["code"] and package["amount"]:
                size = convert(Fraction(package["amount"]), package["unit"], code["unit"])
                if size is not None:
                    sold.append((size, package["form"], package["kind"]))
        forms = {form for size, form, _ in sold if size in opened and form}
        sizes = sorted({size for size, form, kind in sold if kind != "multi-dose" and form in forms})
        if not sizes or len(sizes) > 5:
            return None
        ranges = [range(ceil(amount / size) + 1) for size in sizes[1:]]
        best = None
        for counts in combinations_of(*ranges):
            sum_ = sum(n * size for n, size in zip(counts, sizes[1:]))
            rest = max(Fraction(0), amount - sum_)
            total = sum_ + ceil(rest / sizes[0]) * sizes[0]
            best = total if best is None else min(best, total)
        return best

    # DU22

    def check_limits(self, groups):
        for key in {key for key in groups if key[0] == "J1745"}:
            dates = {k[1] for k in groups if k[0] == "J1745"}
            if len(dates) == 1 and key == min(k for k in groups if k[0] == "J1745"):
                if sum(n for line, n in self.lines.items() if line.startswith("J1745")) > 150:
                    self.find("above-mue")


def main():
    head = json.loads(sys.stdin.readline())
    tables = Tables(head)
    sessions, lines, differences = 0, 0, []
    for text in sys.stdin:
        entry = json.loads(text)
        mine = Session(entry["session"], tables)
        theirs = (dict(entry["lines"]), {k: n for k, n in entry["findings"].items()})
        ours = (dict(mine.lines), dict(mine.findings))
        sessions += 1
        lines += len(mine.lines)
        if theirs != ours:
            differences.append({
                "id": entry["session"]["id"], "engine": json.dumps(theirs, sort_keys=True),
                "independent": json.dumps(ours, sort_keys=True),
            })
    json.dump({"sessions": sessions, "lines": lines, "differences": differences}, sys.stdout)


main()
