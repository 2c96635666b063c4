"""Reads the recorded facts of a store from its file, for comparison with exports. Not translated from
Swift: written from docs/store.md."""

import datetime
import json
import sqlite3
import uuid
import zoneinfo

BASES = {1: "observed", 2: "reported-by-colleague", 3: "pump-log", 4: "computed-from-rate-and-volume",
         5: "last-seen-running", 6: "late-entry"}
OPENED, STARTED, PAUSED, RESUMED, STOPPED, RATE, BAG, PUSH, INJECTION, PUMP, OFF, FLUSH, SITE = range(1, 14)
SITE_CLOSED, NOTE, CHECK, HANDED, SUPERSEDED, CLOSED, REOPENED, REVIEWED, REACTION, ALLERGIES, ACCOUNT = range(14, 25)
MOVED, WORDS_READ = 25, 26
KINDS = dict(zip(
    ["sessionOpened", "drugStarted", "drugPaused", "drugResumed", "drugStopped", "rateChanged",
     "bagChanged", "pushGiven", "injectionGiven", "pumpConnected", "pumpDisconnected", "deviceFlushed",
     "siteOpened", "siteClosed", "noteAdded", "doubleCheckRecorded", "handedOff", "eventSuperseded",
     "sessionClosed", "sessionReopened", "sessionReviewed", "reactionRecorded", "allergiesRecorded",
     "drugAccounted"],
    range(1, 25)), movedToChair=MOVED, wordsRead=WORDS_READ)
BEGINNINGS = {STARTED, PUSH, INJECTION, PUMP, OFF, FLUSH}
# Facts that are no entry of their own.
AT_NO_CHAIR = {NOTE, HANDED, CLOSED, REOPENED, REVIEWED, ALLERGIES, ACCOUNT, MOVED, WORDS_READ}


class Entry:
    """A fact as it stands after its corrections; `kind` is None if it was withdrawn."""

    def __init__(self, kind, body, minute, basis, actor, recorded, reason):
        self.kind = self.first_kind = kind
        self.body = self.first_body = body
        self.minute, self.basis = minute, basis
        self.first_minute = minute
        self.author = actor
        self.recorded, self.reason = recorded, reason
        # (actor, reason, recorded, whether it withdraws)
        self.corrections = []

    @property
    def administration(self):
        return self.body.get("adm") if self.kind else self.first_body.get("adm")


class Administration:
    def __init__(self, name, entries):
        self.name = name
        self.entries = entries
        begun = min((e for e in entries if e.kind in BEGINNINGS), key=lambda e: e.minute)
        self.begun, self.facts = begun, begun.body
        self.start, self.start_basis = begun.minute, BASES[begun.basis]
        self.is_paper = bool(self.facts.get("paper"))
        self.stop = self.stop_basis = self.found_ended = None
        self.why = "completed"
        self.rates = []
        self.volume = self.facts.get("vol")
        self.is_running = False
        if begun.kind in (STARTED, PUMP):
            self.is_running = True
        else:
            self.stop, self.stop_basis = begun.minute, self.start_basis
            if begun.kind == PUSH and not self.is_paper:
                self.stop += int(self.facts.get("min", 0))
        order = sorted(
            (e for e in entries if e.kind and e is not begun and e.minute >= self.start),
            key=lambda e: (e.minute, e.kind in (STOPPED, OFF)))
        for entry in order:
            if not self.is_running:
                break
            if entry.kind == RATE:
                self.rates.append((entry.minute, entry.body["rate"]))
            elif entry.kind == BAG:
                add = entry.body.get("vol")
                self.volume = None if add is None or self.volume is None else self.volume + add
            elif entry.kind in (STOPPED, OFF):
                self.is_running = False
                self.stop_basis = BASES[entry.basis]
                self.why = entry.body.get("why", "completed") if entry.kind == STOPPED else "completed"
                if entry.kind == STOPPED and entry.body.get("vol") is not None:
                    self.volume = entry.body["vol"]
                if entry.body.get("unseen"):
                    self.found_ended = entry.minute
                else:
                    self.stop = entry.minute

    @property
    def is_moment(self):
        """One time was charted and no end: an injection, a flush, a push without its minutes."""
        if self.begun.kind in (STARTED, PUMP):
            return False
        return self.begun.kind != PUSH or "min" not in self.facts

    @property
    def technique(self):
        return {OFF: "pump-disconnect", FLUSH: "flush"}.get(self.begun.kind) or self.facts["tech"]

    @property
    def drug(self):
        return "flush" if self.begun.kind == FLUSH else self.facts["drug"]

    def people(self):
        found = []
        for entry in self.entries:
            found += [entry.author] + [c[0] for c in entry.corrections]
        return found

    def charters(self):
        return [e.author for e in self.entries if e.first_kind not in (NOTE, REACTION)]

    @property
    def is_corrected(self):
        return any(e.corrections for e in self.entries)

    def reasons(self):
        return [c[1] for e in self.entries for c in e.corrections if c[1]]


class Session:
    def __init__(self, name, entries):
        self.name = name
        self.entries = entries
        self.opening = next(e for e in entries if e.kind == OPENED)
        self.patient = self.opening.body
        self.zone = zoneinfo.ZoneInfo(self.patient["zone"])
        self.sites = {e.body["site"]: e.body["kind"] for e in entries if e.kind == SITE}
        grouped = {}
        for entry in entries:
            name = entry.administration
            if name is not None:
                grouped.setdefault(name, []).append(entry)
        self.administrations, self.withdrawn = {}, {}
        for name, of_one in grouped.items():
            if any(e.kind in BEGINNINGS for e in of_one):
                self.administrations[name] = Administration(name, of_one)
            else:
                for entry in of_one:
                    if entry.kind is None and entry.first_kind in BEGINNINGS - {OFF, FLUSH}:
                        self.withdrawn[name] = entry
        self.review = None
        for entry in entries:
            if entry.kind == REVIEWED:
                self.review = entry
        closings = [e.minute for e in entries if e.kind == CLOSED]
        last = max((e.minute for e in entries if e.kind and e.kind not in AT_NO_CHAIR), default=0)
        self.ended = min((m for m in closings if m >= last), default=max(closings, default=None))
        self.closed = None
        self.holder = self.patient["nurse"]
        for entry in entries:
            if entry.kind == CLOSED:
                self.closed = entry.minute
            elif entry.kind == REOPENED:
                self.closed = None
            elif entry.kind == HANDED:
                self.holder = entry.body["to"]

    def local(self, minute):
        return datetime.datetime.fromtimestamp(minute * 60, self.zone)

    def written(self, minute, seconds=False):
        """`2026-11-23T08:00-06:00`, as exports write times."""
        if minute is None:
            return None
        local = self.local(minute)
        offset = local.strftime("%z")
        return local.strftime("%Y-%m-%dT%H:%M" + (":%S" if seconds else "")) + (
            "Z" if offset == "+0000" else offset[:3] + ":" + offset[3:])

    def reactions(self, ids):
        """The reactions ascribed to these administrations or to none, as the table has them."""
        found = []
        for e in self.entries:
            if e.kind != REACTION or e.body.get("adm", ids[0]) not in ids:
                continue
            b = e.body
            word = ["mild", "moderate", "severe", "life-threatening", "death"][b["grade"] - 1]
            signs = [s.replace("-", " ") for s in b.get("signs", [])] + ([b["other"]] if "other" in b else [])
            parts = [f"grade {b['grade']} ({word}): " + (", ".join(signs) or "signs not recorded")]
            if "action" in b:
                parts.append({"watched": "ran on, watched"}.get(b["action"], b["action"]))
            if "given" in b:
                parts.append("given: " + b["given"])
            vitals = [f"BP {b['sys']}/{b['dia']} mmHg"] * ("sys" in b)
            vitals += [f"HR {b['heart']}/min"] * ("heart" in b)
            vitals += [f"SpO2 {b['oxygen']} %"] * ("oxygen" in b)
            vitals += [f"{b.get('temp')} °{b.get('degrees')}"] * ("temp" in b)
            vitals += [f"{b.get('breaths')} breaths/min"] * ("breaths" in b)
            parts += [", ".join(vitals)] * bool(vitals)
            found.append((e.minute, f"{self.written(e.minute)} " + "; ".join(parts)))
        return "; ".join(text for _, text in sorted(found, key=lambda one: one[0]))

    def day(self, minute):
        return self.local(minute).date().isoformat()


def sessions(store, day):
    """The sessions of a day, by name."""
    base = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    number = (datetime.date.fromisoformat(day) - datetime.date(1970, 1, 1)).days
    rows = base.execute(
        "SELECT session.id, fact.id, fact.kind, minute, basis, actor.text, reason, body, recorded"
        " FROM fact JOIN session ON session.number = fact.session"
        " JOIN name AS actor ON actor.number = fact.actor WHERE session.day = ? ORDER BY fact.rowid",
        (number,))
    entries, roots = {}, {}
    for name, id_, kind, minute, basis, actor, reason, body, recorded in rows:
        body, id_ = json.loads(body), uuid.UUID(bytes=id_)
        if kind != SUPERSEDED:
            entry = Entry(kind, body, minute, basis, actor, recorded, reason)
            entry.id = id_
            entries.setdefault(name, []).append(entry)
            roots[id_] = entry
            continue
        entry = roots[uuid.UUID(body["event"])]
        roots[id_] = entry
        entry.corrections.append((actor, reason, recorded, "kind" not in body))
        if "kind" in body:
            entry.kind, entry.body = KINDS[body["kind"]], body["fact"]
            entry.minute, entry.basis = minute, basis
        else:
            entry.kind = None
    return {name: Session(name, found) for name, found in entries.items()}
