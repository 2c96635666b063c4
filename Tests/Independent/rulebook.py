"""A second reading of the rulebook: another program in another language, without code of the engine.

A rule is written here from the rulebook's text, never translated from the engine.

Standard input: one JSON object a line, the first {"formulary": [...]}, each other
{"session": a document chairtime.session/1, "units": the engine's units, "96413-59": 1}.
Standard output: {"sessions": n, "differences": [{"id", "engine", "independent"}]}.

Facts are kept as sets of whole seconds, in lists of (from, to). It names decisions of the rulebook as D71. Minutes
without clock times lie beyond every time of a clock, each bag or row on an island of its own, so that they meet nothing.
"""

import json
import sys
from collections import Counter, defaultdict
from datetime import date, datetime
from math import floor
from zoneinfo import ZoneInfo

FACILITY_PLACES = set("19 21 22 23 24 26 31 34 41 42 51 52 53 56 61".split())  # D57
IV = ("infusion", "push", "pump")
BEYOND, ISLAND = 1 << 45, 1 << 27  # seconds
PRIMARIES = {
    "96361": "96360 96365 96374 96409 96413", "96366": "96365 96367",
    "96367": "96365 96374 96409 96413", "96368": "96365 96366 96413 96415 96416",
    "96375": "96365 96374 96409 96413", "96376": "96365 96374 96409 96413",
    "96411": "96409 96413", "96415": "96413 96417", "96417": "96413",
    "96370": "96369", "96371": "96369",
}
DEFAULTS = {
    "aborted_infusion": "by_time", "second_initial.requires_reason": True,
    "modifier.second_site": "59", "modifier.second_encounter": "59",
    "overlap.method": "solo_minutes", "concurrent.scope": "date", "chemo_overlap": "flag_only",
    "push.interval_from": "start", "hydration.join": "same_order",
    "repeat_dose.mode": "separate", "repeat_dose.short_infusion": "none_flag",
    "missing_stop": "compute_then_push", "dos.rule": "unit_start",
    "pump.code": "by_payer_and_owner", "pump.other_code": "by_payer",
    "complex_biologic.codes_as": "CHEMO",
}


# Sets of seconds

def union(spans):
    merged = []
    for begin, end in sorted(s for s in spans if s[0] < s[1]):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged


def without(spans, covers):
    left = union(spans)
    for a, b in union(covers):
        left = [part for x, y in left for part in ((x, min(y, a)), (max(x, b), y)) if part[0] < part[1]]
    return left


def minutes(spans):
    return sum(b - a for a, b in union(spans)) // 60


def hours(m, entry):
    return 0 if m < entry else 1 + max(0, (m - 31) // 60)


def moment_at(spans, seconds):
    """The moment at which the spans have run for so long."""
    last = None
    for a, b in union(spans):
        if seconds < b - a:
            return a + seconds
        seconds -= b - a
        last = b
    return last


def clock_minute(moment):
    return moment if moment == float("inf") else moment // 60


def fold(text):
    return " ".join(text.lower().split())


class Formulary:
    def __init__(self, entries):
        self.names = {}
        for entry in entries:
            for name in [entry["name"], entry["displayName"], *entry["brands"]]:
                self.names[fold(name)] = (fold(entry["name"]), entry["class"])

    def drug(self, text):
        """What makes two drugs the same (D68), and the class, or None."""
        return self.names.get(fold(text), (fold(text), None))


class Row:
    def __init__(self, raw, position, session):
        self.raw = raw
        self.id = raw["id"]
        self.position = position
        self.technique = raw["technique"]
        self.encounter = raw.get("encounter", "1")
        self.site = session.catheter(raw.get("site"))
        self.drug, known = session.formulary.drug(raw["drug"])
        stated = raw.get("class")
        self.drug_class = stated or known
        self.section = session.section(self.drug_class)
        if self.technique == "oral":
            self.section = None
        self.purpose = raw.get("purpose", "hydration")
        self.bag, self.dose, self.order = raw.get("bag"), raw.get("dose"), raw.get("order")
        self.planned = raw.get("plannedMinutes")
        self.pauses = [(session.time(p["start"]), session.time(p.get("stop"))) for p in raw.get("pauses", [])]
        self.running = raw.get("running", False)
        self.begin, self.end = session.time(raw.get("start")), session.time(raw.get("stop") or raw.get("lastSeenRunning"))
        self.stated = raw.get("minutes")
        self.day = date.fromisoformat(raw["day"]) if raw.get("day") else None
        self.island = position
        self.prolonged = False
        self.coded = self.site

    def settle(self, session):
        """The ends as of the moment of the statement, and the seconds in which it ran."""
        if self.stated is not None:
            begin = BEYOND + self.island * ISLAND
            self.span = union([(begin, begin + int(self.stated * 60))])
            self.at, self.documented = None, True
            return
        if self.running:
            self.end = session.as_of if self.begin is not None else None
        elif self.technique == "push":  # a push without a stop took 0 minutes (D26)
            if self.end is None:
                self.end = self.begin
            if self.begin is None:
                self.begin = self.end
        elif self.end is None and session.policy["missing_stop"] == "compute_then_push":
            self.end = self.computed_stop()
        self.span = []
        if self.begin is not None and self.end is not None:
            rests = [(a, self.end if b is None else b) for a, b in self.pauses]
            self.span = without([(self.begin, self.end)], rests)
        self.at = self.begin if self.begin is not None else self.end  # D61
        self.documented = self.begin is not None and self.end is not None

    def computed_stop(self):
        volume, rate = self.raw.get("volumeML"), self.raw.get("rateMLPerHour")
        if self.technique not in ("infusion", "sc-infusion") or self.begin is None or not volume or not rate:
            return None
        end = self.begin + floor(volume / rate * 3600)
        for a, b in sorted(self.pauses):
            if a < end:
                end += b - a
        return end


class Dose:
    def __init__(self, rows):
        self.rows = rows
        first = rows[0]
        self.technique, self.encounter = first.technique, first.encounter
        self.site = first.coded
        order = ["hydration", "drug", "chemo"]
        sections = [r.section for r in rows if r.section]
        self.section = max(sections, key=order.index) if sections else None
        self.drugs = frozenset(r.drug for r in rows if r.section == self.section or (r.section in ("drug", "chemo")))
        self.classes = {r.drug_class for r in rows if r.section == self.section}
        self.span = union([s for r in rows for s in r.span])
        self.minutes = minutes(self.span)
        times = [r.at for r in rows if r.at is not None]
        self.begin = min(times, default=None)
        ends = [t for r in rows for t in (r.end if r.end is not None else r.begin,) if t is not None]
        self.end = max(ends, default=None)
        self.id = min((r.id for r in rows), key=lambda i: i.encode())
        self.running = any(r.running for r in rows)
        self.documented = all(r.documented for r in rows)
        self.on_paper = any(r.stated is not None for r in rows)
        self.prolonged = any(r.prolonged for r in rows)
        self.kind = None
        self.how = None          # time, concurrent, once, unlisted, flagged
        self.intended = False
        self.counted = []
        self.spans = None        # of the doses whose times were added

    @property
    def key(self):
        return (self.begin if self.begin is not None else float("inf"), self.id.encode())

    @property
    def chemo(self):
        return self.section == "chemo"

    def on(self, catheter):
        return union([s for r in self.rows if r.site == catheter for s in r.span])

    @property
    def catheters(self):
        return {r.site for r in self.rows}


class Session:
    def __init__(self, document, formulary):
        self.formulary = formulary
        self.policy = {**DEFAULTS, **document.get("policy", {})}
        self.zone = ZoneInfo(document.get("timeZone", "UTC"))
        self.facility = document.get("setting", "facility") == "facility"
        self.place = document.get("placeOfService")
        self.medicare = fold(document.get("payer") or "") == "medicare"
        self.sites = document.get("sites") or [{"id": "site-1"}]
        self.parents = {s["id"]: s.get("parent") for s in self.sites}
        self.reasons = {s["id"]: s.get("secondSiteReason") for s in self.sites}
        self.positions = {s["id"]: n for n, s in enumerate(self.sites)}
        reasons = None if self.facility else document.get("reasonForVisit")
        # One reason an encounter; one id is the reason of its own encounter (D82).
        self.visits = set() if not reasons else set(reasons.values()) if isinstance(reasons, dict) else {reasons}
        rows = [Row(raw, n, self) for n, raw in enumerate(document["administrations"])]
        known = [t for r in rows for t in (r.begin, r.end, *(x for p in r.pauses for x in p)) if t is not None]
        self.as_of = max(known, default=None)  # D38
        bags = {}
        for row in rows:
            if row.stated is not None and row.bag:
                row.island = bags.setdefault((row.encounter, row.bag), row.position)
        self.islands = {}
        for row in rows:
            if row.stated is not None:
                self.islands.setdefault(row.island, row)
        for row in rows:
            row.settle(self)
        rows.sort(key=lambda r: (r.at if r.at is not None else float("inf"), r.id.encode()))
        # A drug that nothing classifies has no part in the statement (D77). Neither has a service inside another
        # procedure or of an inpatient, except that no hydration counts while it runs, and that an infusion counts
        # for the distance of a push (D76, D78, D84).
        self.dated = [r for r in rows if r.drug_class or r.technique in ("oral", "flush", "pump-disconnect")]
        self.encounters = list(dict.fromkeys(r.encounter for r in [*self.dated, *rows]))
        rows = [r for r in rows if r.drug_class or r.technique in ("oral", "flush")]
        admitted = self.time(document.get("inpatientFrom"))

        def is_inpatient(row):
            """D84. A dose that was resumed after the order began before it. A service stands at the first time that
            is recorded of it; one that has none, and no other day than the order's, is charged."""
            if admitted is None:
                return False
            mates = [row] if not row.dose else [
                r for r in rows if (r.dose, r.drug, r.technique, r.encounter)
                == (row.dose, row.drug, row.technique, row.encounter)]
            times = [r.at for r in mates if r.at is not None]
            days = [r.day for r in mates if r.at is None and r.day is not None]
            if any(t < admitted for t in times) or any(d < self.date(admitted) for d in days):
                return False
            is_open = any(r.begin is None and (r.at is not None or r.day is None) for r in mates)
            return bool(times) or not (is_open or self.date(admitted) in days)

        self.aside = [
            r for r in rows
            if (r.purpose == "integral" and (r.section in ("drug", "chemo") or r.technique == "flush"))
            or is_inpatient(r)]
        self.rows = [r for r in rows if r not in self.aside]
        for row in self.aside:
            if row.technique == "pump":
                row.prolonged = row.planned > 480 if row.planned is not None else (
                    row.section == "chemo" and minutes(row.span) > 480)
        self.lines = []

    def section(self, drug_class):
        if drug_class == "complex-biologic":
            return "chemo" if self.policy["complex_biologic.codes_as"] == "CHEMO" else "drug"
        return {"chemotherapy": "chemo", "hormonal-antineoplastic": "chemo", "therapeutic": "drug",
                "hydration": "hydration"}.get(drug_class)

    def catheter(self, site):
        site = site or self.sites[0]["id"]
        while self.parents[site]:
            site = self.parents[site]
        return site

    def time(self, text):
        if text is None:
            return None
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=self.zone)
        return int(moment.timestamp())

    def date(self, moment):
        if moment is None:
            return None
        if moment >= BEYOND:
            return self.paper_day(self.islands[(moment - BEYOND) // ISLAND])
        return datetime.fromtimestamp(moment, self.zone).date()

    def paper_day(self, row):
        """The day of minutes without clock times: recorded, or the first of the encounter, or of the session."""
        if row.day:
            return row.day
        for rows in ([r for r in self.dated if r.encounter == row.encounter], self.dated):
            days = [d for r in rows for d in (r.day or self.date(r.at),) if d is not None]
            if days:
                return min(days)
        return None

    def day(self, dose):
        """The day of a service that is not counted by time."""
        first = next(r for r in dose.rows if r.id == dose.id)
        found = self.date(dose.begin)
        return self.paper_day(first) if found is None and first.stated is not None else found

    # Units

    def units(self):
        if not self.facility and self.place in FACILITY_PLACES:
            return Counter()
        self.mark_pumps()
        self.code_sites()
        self.make_doses()
        for dose in self.doses:
            self.judge(dose)
        self.add_times()
        self.overlap()
        self.arrange()
        self.hydrate()
        by_ranking = set()
        while True:
            self.lines = []
            chosen = self.charge(by_ranking)
            illegal = chosen & self.lacking_primaries()
            if not illegal:  # D35
                break
            by_ranking |= illegal
        self.flushes()
        self.second_encounters()
        total = Counter()
        for line in self.lines:
            total["-".join([line["code"], *sorted(line["modifiers"])])] += 1
        return total

    def line(self, code, encounter, date, modifiers=(), initial=False, site_modifier=False):
        self.lines.append({
            "code": code, "encounter": encounter, "date": date, "modifiers": [m for m in modifiers if m],
            "initial": initial, "site": site_modifier})

    def mark_pumps(self):
        """R13, D25, D83: the drugs of a bag and the rows of a dose are one pump."""
        pumps = [r for r in self.rows if r.technique == "pump" and r.section]
        for _ in range(3):
            for row in pumps:
                group = [r for r in pumps if r is row or (r.encounter == row.encounter and (
                    (r.bag and r.bag == row.bag) or (r.dose and r.dose == row.dose and r.drug == row.drug)))]
                if not any(r.section in ("drug", "chemo") for r in group):
                    continue
                plans = [r.planned for r in group if r.planned is not None]
                recorded = minutes([s for r in group for s in r.span])
                chemo = any(r.section == "chemo" for r in group)
                if any(r.prolonged for r in group):
                    pass
                elif plans:
                    if max(plans) <= 480:
                        continue
                elif not chemo or recorded <= 480:
                    continue
                for r in group:
                    r.prolonged = True

    # Sites (D5)

    def uses_site(self, row):
        if row.technique == "push":
            return row.section in ("drug", "chemo")
        if row.technique in ("infusion", "pump"):
            if row.section == "hydration":
                return row.purpose == "hydration"
            return row.section is not None and not row.prolonged
        return False

    def code_sites(self):
        self.primary, self.first_use = {}, {}
        for encounter in self.encounters:
            first = {}
            for row in self.rows:
                if row.encounter == encounter and self.uses_site(row):
                    at = row.at if row.at is not None else float("inf")
                    first[row.site] = min(first.get(row.site, float("inf")), at)
            if not first:
                continue
            def service(site):
                """The highest service of the site's first minute, then the longer (D80)."""
                found = [(6, 0)]
                for row in self.rows:
                    at = row.at if row.at is not None else float("inf")
                    if row.encounter != encounter or row.site != site or not self.uses_site(row) \
                            or clock_minute(at) != clock_minute(first[site]):
                        continue
                    mates = [r for r in self.rows if r.dose and r.site == site
                             and (r.dose, r.drug, r.technique, r.encounter)
                             == (row.dose, row.drug, row.technique, row.encounter)] or [row]
                    seconds = sum(b - a for a, b in union([s for r in mates for s in r.span]))
                    long = row.technique != "push" and seconds >= 960
                    ranks = {"chemo": 1 if long else 2, "drug": 3 if long else 4, "hydration": 5}
                    found.append((ranks[row.section], -seconds))
                return min(found)

            def rank(site):
                return (clock_minute(first[site]), *service(site), self.positions[site])
            self.first_use[encounter] = {site: rank(site) for site in first}
            plain = [s for s in first if not self.reasons[s]]
            primary = min(plain or first, key=rank)
            self.primary[encounter] = primary
            for row in self.rows:
                if row.encounter == encounter and row.site in first and not self.reasons[row.site] \
                        and self.policy["second_initial.requires_reason"]:
                    row.coded = primary

    # Doses (D4, D33)

    def make_doses(self):
        bags = defaultdict(list)
        for row in self.rows:
            if row.bag and row.section:
                bags[row.encounter, row.bag].append(row)
        groups = {}
        for row in self.rows:
            mates = bags[row.encounter, row.bag] if row.bag and row.section else [row]
            drugs = [r for r in mates if r.section in ("drug", "chemo")] or mates
            infusate = frozenset(r.drug for r in drugs)
            names = sorted(r.dose for r in mates if r.dose)
            place = row.coded if row.technique in IV and not row.prolonged else row.site
            if (row.section is None and row.technique != "oral") or not (names or row.bag):
                key = ("row", row.position)
            else:
                fluid = row.section == "hydration" and not row.bag and row.purpose != "hydration"
                key = ("dose", names[0] if names else "", "" if names else row.bag, infusate,
                       row.technique, place, row.encounter, fluid, row.prolonged)
            groups.setdefault(key, []).append((row, infusate))
        self.doses = []
        for members in groups.values():
            dose = Dose([row for row, _ in members])
            dose.infusate = members[0][1]
            self.doses.append(dose)

    # Push or infusion (R1, D12, D24 to D29)

    def judge(self, dose):
        section, technique = dose.section, dose.technique
        if technique in ("flush", "pump-refill", "implanted-pump-refill", "on-body-injector"):
            if technique == "flush" or section:
                dose.kind = technique
        elif technique in ("oral", "pump-disconnect") or section is None:
            dose.kind = None
        elif technique in ("im", "sc"):
            dose.kind = "injection"
        elif technique == "push":
            dose.kind = "push" if section != "hydration" else None
        elif technique == "pump" and dose.prolonged:
            dose.kind = "prolonged" if section == "chemo" else "other-prolonged"
        elif section == "hydration" and technique in ("infusion", "pump"):
            if dose.rows[0].purpose == "hydration" and any(r.documented for r in dose.rows):
                dose.kind = "hydration"
        elif technique == "pump" and (dose.running or not dose.documented):
            dose.kind = "held"
        elif technique == "sc-infusion":
            if dose.minutes >= 16:
                dose.kind = "sc-infusion"
            elif dose.running:
                dose.kind = None
            elif dose.documented or section != "hydration":
                dose.kind = "injection"
        elif dose.minutes >= 16:
            dose.kind = "infusion"
        elif dose.running:
            dose.kind = "pending"
        elif not dose.documented:
            known = any(r.at is not None for r in dose.rows)
            dose.kind = "push" if known and self.policy["missing_stop"] != "hold" else "held"
        else:
            dose.kind = "push"
            def end(row):
                return row.end if row.end is not None else float("-inf")
            ends = max(end(r) for r in dose.rows)
            last = next((r for r in dose.rows if r.id == dose.id and end(r) == ends), None) \
                or next(r for r in dose.rows if end(r) == ends)
            aborted = last.raw.get("stopReason", "completed") != "completed"
            first = not any(
                d is not dose and d.infusate == dose.infusate and d.encounter == dose.encounter
                and d.technique in IV and not d.prolonged and d.key < dose.key for d in self.doses)
            if aborted and dose.chemo and first and self.policy["aborted_infusion"] != "by_time":
                dose.kind, dose.intended = "infusion", True

    def add_times(self):
        """D34."""
        if self.policy["repeat_dose.mode"] != "add_times":
            return
        groups = defaultdict(list)
        for dose in self.doses:
            if dose.kind == "infusion" and not dose.intended:
                groups[dose.encounter, dose.infusate, dose.site].append(dose)
        for group in groups.values():
            if len(group) < 2:
                continue
            whole = Dose([r for d in group for r in d.rows])
            whole.infusate, whole.kind, whole.site = group[0].infusate, "infusion", group[0].site
            whole.spans = [(d.begin, d.end) for d in group]
            self.doses = [d for d in self.doses if d not in group] + [whole]

    # Overlap (R6, D6 to D8, D30 to D32)

    def overlap(self):
        infusions = [d for d in self.doses if d.kind == "infusion"]
        infusions.sort(key=lambda d: (not d.chemo, -sum(b - a for a, b in d.span), *d.key))
        covers = defaultdict(list)
        for dose in infusions:
            alone = union([s for c in dose.catheters
                           for s in without(dose.on(c), covers[dose.encounter, c])])
            if dose.intended or minutes(alone) >= 16:
                dose.how = "time"
                full = dose.intended or self.policy["overlap.method"] == "full_time_each"
                dose.counted = dose.span if full else alone
            elif not dose.chemo:
                dose.how = "concurrent"
            else:
                dose.how = {"flag_only": "flagged", "96549": "unlisted"}.get(
                    self.policy["chemo_overlap"], "time")
                dose.counted = dose.span
            if dose.how == "time":
                for c in dose.catheters:
                    covers[dose.encounter, c] += dose.on(c)
        carried = set()
        for dose in sorted((d for d in infusions if d.how == "concurrent"), key=lambda d: d.key):
            scope = (dose.encounter,)
            if self.policy["concurrent.scope"] == "date":
                scope += (self.date(dose.begin),)
            if scope in carried:
                dose.how = "once"
            carried.add(scope)

    def arrange(self):
        self.courses = defaultdict(list)
        for dose in sorted(self.doses, key=lambda d: d.key):
            if dose.kind in ("infusion", "push"):
                self.courses[dose.encounter, dose.infusate].append(dose)
        self.infused = {
            key: any(d.how in ("time", "concurrent") for d in course)
            for key, course in self.courses.items()}

    # Hydration (R8, D16 to D19, D66, D74, D75)

    def hydrate(self):
        drugs = defaultdict(list)  # by encounter and catheter: (span, is an infusion)
        for dose in self.doses:
            if dose.section in ("drug", "chemo") and dose.kind in ("infusion", "push", "pending", "held") \
                    and dose.technique in IV:
                for row in dose.rows:
                    drugs[dose.encounter, row.site] += [(s, dose.kind == "infusion") for s in row.span]
        for row in self.aside:
            if row.section in ("drug", "chemo") and row.technique in IV and not row.prolonged:
                drugs[row.encounter, row.site] += [(s, row.technique != "push") for s in row.span]
        rows = [r for r in self.rows if r.section == "hydration" and r.purpose == "hydration"]
        of = {r: d for d in self.doses for r in d.rows}
        rows = [r for r in rows if r in of]
        places = {r: n for n, r in enumerate(rows)}

        def order_key(row):
            return (row.encounter, row.coded, row.order) if row.order is not None else of[row]
        order_first, dose_first = {}, {}
        for row in rows:
            order_first.setdefault(order_key(row), places[row])
            dose_first.setdefault(of[row], places[row])
        counted = [r for r in rows if of[r].kind == "hydration" and r.documented]
        counted.sort(key=lambda r: (order_first[order_key(r)], dose_first[of[r]], places[r]))

        claimed = defaultdict(list)
        pieces = []  # (row, span)
        for row in counted:
            place = (row.encounter, row.site)
            free = without(row.span, [s for s, _ in drugs[place]])
            pieces += [(row, s) for s in without(free, claimed[place])]
            claimed[place] += row.span

        join = self.policy["hydration.join"]
        leader = {of[r]: of[r] for r in counted}

        def find(dose):
            while leader[dose] is not dose:
                dose = leader[dose]
            return dose
        if join != "never":
            seen = {}
            for row in (r for r in self.rows if r in of and of[r] in leader):
                key = (row.encounter, row.coded) if join == "all" else (row.encounter, row.coded, row.order)
                if join == "same_order" and row.order is None:
                    continue
                if key in seen:
                    leader[find(of[row])] = find(seen[key])
                seen.setdefault(key, of[row])

        def before(row, span):
            return sum(1 for (a, b), infusion in drugs[row.encounter, row.site] if infusion and b <= span[0])
        blocks = defaultdict(list)
        split = set()
        if join == "never":
            counts = defaultdict(set)
            for row, span in pieces:
                counts[of[row], row.site].add(before(row, span))
            split = {place for place, found in counts.items() if len(found) > 1}
        for row, span in pieces:
            key = (find(of[row]),)
            if (of[row], row.site) in split:
                key += (row.site, before(row, span))
            blocks[key].append((row, span))
        self.blocks = []
        for block in blocks.values():
            spans = union([s for _, s in block])
            row = block[0][0]
            self.blocks.append({
                "encounter": row.encounter, "site": row.coded, "spans": spans,
                "units": hours(minutes(spans), 31), "begin": min(s[0] for s in spans) if spans else None,
                "doses": {of[r] for r, _ in block}})

    # Initials and relations

    def candidates(self):
        """For each encounter and coded site what can be its initial."""
        chemo_sites = {(d.encounter, d.site) for d in self.doses if d.chemo and d.how == "time"}
        found = []
        for key, course in self.courses.items():
            sites, pushed, earliest = set(), set(), True
            for dose in course:
                if dose.kind == "infusion":
                    if dose.how == "time" and dose.site not in sites:
                        sites.add(dose.site)
                        found.append((1 if dose.chemo else 3, dose))
                    continue
                if dose.chemo:  # D58
                    fits = earliest and (dose.encounter, dose.site) not in chemo_sites
                else:  # D11
                    fits = not self.infused[key] and dose.site not in pushed
                earliest = False
                if fits:
                    pushed.add(dose.site)
                    found.append((2 if dose.chemo else 4, dose))
        return found

    def charge(self, by_ranking):
        """Makes the lines; returns the encounters in which the reason for the visit chose the initial."""
        by_reason = []
        found = self.candidates()
        wanted = [d for d in self.doses if any(r.id in self.visits for r in d.rows) and d.encounter not in by_ranking]
        for reason in wanted:
            if reason.kind in ("infusion", "push", "pending", "held"):
                fitting = [c for c in found if c[1].encounter == reason.encounter
                           and c[1].infusate == reason.infusate and c[1].site == reason.site]
                by_reason += [min(fitting, key=lambda c: c[0])[1]] if fitting else []
        initials = {}
        for rank, dose in found:
            length = minutes(dose.counted) if dose.kind == "infusion" else dose.minutes
            value = (not any(dose is d for d in by_reason), rank, -length, *dose.key)
            place = (dose.encounter, dose.site)
            if place not in initials or value < initials[place][0]:
                initials[place] = (value, rank, dose)
        ordered = defaultdict(list)  # by encounter: (rank, place in the order of sites, initial)
        for (encounter, site), (_, rank, dose) in initials.items():
            ordered[encounter].append((rank, site, dose))
        drug_encounters = set(ordered)
        firsts = {}
        for block in self.blocks:
            place = (block["encounter"], block["site"])
            if block["units"] and block["encounter"] not in drug_encounters:
                value = (not block["doses"] & set(wanted), block["begin"])
                if place not in firsts or value < firsts[place][0]:
                    firsts[place] = (value, block)
        for (encounter, site), (_, block) in firsts.items():
            ordered[encounter].append((5, site, block))
        self.initials, modified = {}, {}
        for encounter, list_ in ordered.items():
            first = self.first_use[encounter]
            list_.sort(key=lambda i: (i[0], i[1] != self.primary[encounter], first[i[1]]))
            for number, (_, site, what) in enumerate(list_):
                self.initials[id(what)] = what
                modified[id(what)] = [self.policy["modifier.second_site"]] if number else []
        self.modified = modified
        for key, course in self.courses.items():
            self.relate(course, self.infused[key])
        for block in self.blocks:
            for k in range(block["units"]):
                initial = k == 0 and id(block) in self.initials
                self.timed("96360" if initial else "96361", block["encounter"], block["spans"],
                           block["begin"], k, block if initial else None)
        self.others(set(ordered))
        return {d.encounter for d in by_reason}

    def timed(self, code, encounter, spans, begin, k, initial=None, extra=()):
        rule = self.policy["dos.rule"]
        total = sum(b - a for a, b in spans)
        if rule == "unit_start":
            at = moment_at(spans, 3600 * k)
        elif rule == "unit_completion":
            done = min(total, 3600 * (k + 1))
            at, left = None, done
            for a, b in spans:
                if left <= b - a:
                    at = a + left
                    break
                left -= b - a
        else:
            at = begin
        if at is None:
            at = begin
        day = self.date(at) if at is not None or not isinstance(initial, Dose) else self.day(initial)
        site = self.modified.get(id(initial), []) if initial is not None else []
        self.line(code, encounter, day, [*site, *extra], initial is not None, bool(site and site[0]))

    def push_line(self, code, dose):
        initial = id(dose) in self.initials
        site = self.modified.get(id(dose), []) if initial else []
        self.line(code, dose.encounter, self.day(dose), site, initial, bool(site and site[0]))

    def relate(self, course, infused):
        timed = [d for d in course if d.how == "time"]
        has_block = any(id(d) in self.initials for d in timed)
        for dose in timed:
            initial = id(dose) in self.initials
            first = initial or (not has_block and dose is timed[0])
            hour = "96415" if dose.chemo else "96366"
            m = minutes(dose.counted)
            if first:  # D9, D10, D71
                code = ("96413" if initial else "96417") if dose.chemo else ("96365" if initial else "96367")
                extra = ["53"] if dose.intended and self.policy["aborted_infusion"] == "intended_96413_53" else []
                self.timed(code, dose.encounter, dose.counted, dose.begin, 0, dose if initial else None, extra)
                for k in range(1, 1 if dose.intended else hours(m, 16)):
                    self.timed(hour, dose.encounter, dose.counted, dose.begin, k)
            elif m >= 31:  # D23
                for k in range(hours(m, 31)):
                    self.timed(hour, dose.encounter, dose.counted, dose.begin, k)
            elif self.policy["repeat_dose.short_infusion"] == "96366":
                self.timed(hour, dose.encounter, dose.counted, dose.begin, 0)
            elif self.policy["repeat_dose.short_infusion"] == "96376" and self.facility and not dose.chemo:
                self.push_line("96376", dose)
        for dose in course:
            if dose.how == "concurrent":
                self.push_line("96368", dose)
            elif dose.how == "unlisted":
                self.push_line("96549", dose)
        pushes = [d for d in course if d.kind == "push"]
        if pushes and pushes[0].chemo:  # D58: only the earliest
            first = pushes[0]
            self.push_line("96409" if id(first) in self.initials else "96411", first)
            return
        reported = [d for d in pushes if id(d) in self.initials]
        for dose in reported:
            self.push_line("96374", dose)
        for dose in pushes:
            if id(dose) in self.initials:
                continue
            if not infused and not reported:
                self.push_line("96375", dose)
                reported.append(dose)
            elif self.facility and self.far_enough(dose, reported):
                self.push_line("96376", dose)
                reported.append(dose)

    def far_enough(self, push, reported):
        """D11, D15, D72, D73, D76: more than 30 whole minutes to every reported push of the drug, and to every
        recorded infusion whose bag holds it."""
        if push.begin is None:
            return False
        for other in reported:
            if other.begin is None:
                return False
            early, late = sorted((push, other), key=lambda d: d.key)
            from_ = early.begin if self.policy["push.interval_from"] == "start" else early.end
            if (late.begin - from_) // 60 <= 30:
                return False
        for other in self.doses:
            if other.encounter != push.encounter or other.kind not in ("infusion", "pending", "held") \
                    or other.technique not in IV or not (other.infusate & push.infusate) \
                    or other.section == "hydration":
                continue
            if other.on_paper:
                return False
            if other.begin is None:
                continue
            if any(self.near(push, *span) for span in other.spans or [(other.begin, other.end)]):
                return False
        aside = defaultdict(list)  # the rows of a dose together
        for row in self.aside:
            if row.encounter == push.encounter and row.technique in ("infusion", "pump") and not row.prolonged \
                    and row.drug in push.infusate and row.documented and row.stated is None:
                aside[(row.dose, row.technique) if row.dose else row.id].append(row)
        return not any(
            sum(b - a for a, b in union([s for r in rows for s in r.span])) >= 960
            and self.near(push, min(r.begin for r in rows), max(r.end for r in rows))
            for rows in aside.values())

    @staticmethod
    def near(push, begin, end):
        gap = push.begin - end if begin <= push.begin else begin - push.end
        return gap // 60 <= 30

    # What is not on the intravenous clock

    def others(self, iv_encounters):
        injected = {"chemotherapy": "96401", "complex-biologic": "96401", "hormonal-antineoplastic": "96402"}
        given = set()
        for dose in self.doses:
            at = self.day(dose)
            if dose.kind == "injection":
                code = "96372"
                if dose.chemo:
                    order = ["chemotherapy", "complex-biologic", "hormonal-antineoplastic"]
                    code = injected[min(dose.classes & set(order), key=order.index)]
                # Each further one of a code and date (D79).
                further = [self.policy.get("modifier.further_injection")] if (code, at) in given else []
                given.add((code, at))
                self.line(code, dose.encounter, at, further)
            elif dose.kind == "on-body-injector":
                self.line("96377", dose.encounter, at)
            elif dose.kind == "pump-refill":
                self.line("96521", dose.encounter, at)
            elif dose.kind == "implanted-pump-refill":
                self.line("96522", dose.encounter, at)
            elif dose.kind == "prolonged":
                owned = any(r.raw.get("pumpOwner") == "practice" and r.raw.get("goesHome") for r in dose.rows)
                g_code = owned and self.medicare and self.policy["pump.code"] == "by_payer_and_owner"
                self.line("G0498" if g_code else "96416", dose.encounter, at)
            elif dose.kind == "other-prolonged":
                choice = self.policy["pump.other_code"]
                if self.facility and (choice == "C8957" or (choice == "by_payer" and self.medicare)):
                    self.line("C8957", dose.encounter, at)
        for encounter in self.encounters:
            found = sorted((d for d in self.doses if d.kind == "sc-infusion" and d.encounter == encounter),
                           key=lambda d: d.key)
            if not found:
                continue
            beside = encounter in iv_encounters
            drugs = defaultdict(list)
            for dose in found:
                drugs[dose.infusate].append(dose)
            for number, doses in enumerate(drugs.values()):
                spans = union([s for d in doses for s in d.span])
                if number == 0:
                    site = [self.policy["modifier.second_site"]] if beside else []
                    self.modified[id(doses[0])] = site
                    self.timed("96369", encounter, spans, doses[0].begin, 0, doses[0])
                for k in range(1, hours(minutes(spans), 16)):
                    self.timed("96370", encounter, spans, doses[0].begin, k)
            if len({r.site for d in found for r in d.rows}) > 1:
                self.line("96371", encounter, self.day(found[0]))

    def flushes(self):
        """D36: only where no other charge falls on the date, at most one a date."""
        taken = {line["date"] for line in self.lines}
        for dose in sorted((d for d in self.doses if d.kind == "flush"), key=lambda d: d.key):
            day = self.day(dose)
            if day is None and not dose.on_paper:
                continue
            if day not in taken:
                taken.add(day)
                self.line("96523", dose.encounter, day)

    def second_encounters(self):
        """D40, D64."""
        modifier = self.policy["modifier.second_encounter"]
        number = {e: n for n, e in enumerate(self.encounters)}
        initials = [l for l in self.lines if l["code"] in ("96413", "96409", "96365", "96374", "96360", "96369")]
        for line in initials:
            earlier = any(o["date"] == line["date"] and number[o["encounter"]] < number[line["encounter"]]
                          for o in initials)
            if modifier and earlier and not line["site"] and line["date"] is not None:
                line["modifiers"].append(modifier)

    def lacking_primaries(self):
        present = defaultdict(set)
        for line in self.lines:
            present[line["encounter"]].add(line["code"])
        return {line["encounter"] for line in self.lines if line["code"] in PRIMARIES
                and not present[line["encounter"]] & set(PRIMARIES[line["code"]].split())}


def main():
    formulary, count, differences = Formulary([]), 0, []
    for text in sys.stdin:
        entry = json.loads(text)
        if "formulary" in entry:
            formulary = Formulary(entry["formulary"])
            continue
        count += 1
        found = {code: n for code, n in Session(entry["session"], formulary).units().items() if n}
        if found != entry["units"]:
            differences.append({"id": entry["session"]["id"], "engine": entry["units"], "independent": found})
    json.dump({"sessions": count, "differences": differences}, sys.stdout)


if __name__ == "__main__":
    main()
