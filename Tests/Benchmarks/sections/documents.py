"""Session documents in bulk: JSON Lines on standard input against `jq -c .`, and many file names."""
import json
import os
import pathlib
import random
import statistics
import subprocess
import tempfile

TITLE = "Documents"
SESSIONS = 10_000
MANY = 1_000_000
ROUNDS = 10
ROWS = [("ondansetron", "push", 2), ("dexamethasone", "infusion", 20), ("famotidine", "push", 2),
        ("paclitaxel", "infusion", 165), ("carboplatin", "infusion", 50), ("sodium chloride 0.9%", "infusion", 80)]


def written(minute):
    return f"2026-03-{2 + minute // 1440:02}T{minute // 60 % 24:02}:{minute % 60:02}"


def session(number, chance):
    """A day of paclitaxel and carboplatin by port, about 1,250 bytes."""
    minute = chance.randrange(6 * 60, 14 * 60)
    rows = []
    for position, (drug, technique, minutes) in enumerate(ROWS):
        length = minutes if technique == "push" else minutes + chance.randrange(-10, 40)
        row = {"id": f"{number}-{position + 1}", "drug": drug, "technique": technique, "site": "port",
               "order": f"order-{number}-{position + 1}", "dose": f"dose-{number}-{position + 1}",
               "start": written(minute), "stop": written(minute + length)}
        if drug == "paclitaxel" and chance.random() < 0.1:
            row["pauses"] = [{"start": written(minute + 10), "stop": written(minute + 30)}]
        rows.append(row)
        minute += length + chance.choice([-10, 3, 5, 8])
    return {"format": "chairtime.session/1", "id": f"session-{number}", "setting": "facility", "payer": "medicare",
            "timeZone": "America/Chicago", "sites": [{"id": "port", "kind": "port"}], "administrations": rows}


def write_sessions(path, count):
    """Sessions as JSON Lines. Beyond 10,000 they repeat, so that writing a million takes seconds."""
    chance = random.Random(11)
    lines = "".join(json.dumps(session(number, chance), separators=(",", ":")) + "\n"
                    for number in range(min(count, SESSIONS)))
    with open(path, "w") as out:
        for _ in range(max(1, count // SESSIONS)):
            out.write(lines)


def run(words, folder, source=None):
    """Seconds of one command and its peak memory in MB; it runs in a process of its own for the peak.

    Its home is the empty folder: edit tables that a site loaded would be compared with each session."""
    script = ("import resource,subprocess,sys,time;s=time.perf_counter();"
              "subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,check=True);"
              "print(time.perf_counter()-s,resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss/1024)")
    with open(source or "/dev/null", "rb") as stream:
        output = subprocess.run(["python3", "-c", script, *words], cwd=folder, stdin=stream, capture_output=True,
                                text=True, check=True, env={**os.environ, "HOME": str(folder)}).stdout.split()
    return float(output[0]), float(output[1])


def medians(commands, folder, source):
    """The median seconds of each command, the commands interleaved."""
    times = [[] for _ in commands]
    for _ in range(ROUNDS):
        for position, words in enumerate(commands):
            times[position].append(run(words, folder, source)[0])
    return [statistics.median(seconds) for seconds in times]


def rows(bin, root):
    derive = [str(bin / "chairtime"), "derive", "--format", "json"]
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        lines = folder / "sessions.jsonl"
        write_sessions(lines, SESSIONS)
        size = lines.stat().st_size / 1e6
        one, two, jq = medians([[*derive, "--jobs", "1", "-"], [*derive, "--jobs", "2", "-"], ["jq", "-c", "."]],
                               folder, lines)
        yield {"what": f"{SESSIONS:,} sessions on standard input ({size:.1f} MB), one thread", "ours": f"{one:.2f} s",
               "peer": "jq -c .", "theirs": f"{jq:.2f} s", "ratio": f"{one / jq:.2f}", "goal": "1 or less"}
        yield {"what": "the same, two threads", "ours": f"{two:.2f} s", "peer": "one thread", "theirs": f"{one:.2f} s",
               "ratio": f"{two / one:.2f}", "goal": "0.6 or less on two idle cores"}
        _, few = run([*derive, "--jobs", "1", "-"], folder, lines)
        many = folder / "many.jsonl"
        write_sessions(many, MANY)
        for jobs in ("1", "2"):
            seconds, peak = run([*derive, "--jobs", jobs, "-"], folder, many)
            yield {"what": f"{MANY:,} sessions on standard input, --jobs {jobs}", "ours": f"{seconds:.0f} s, {peak:.0f} MB",
                   "peer": f"{SESSIONS:,} sessions", "theirs": f"{few:.0f} MB", "ratio": f"{peak / few:.2f}",
                   "goal": "flat memory (1.1 or less)"}
        many.unlink()
        names = [f"{index}.json" for index in range(SESSIONS)]
        for name, line in zip(names, lines.read_text().splitlines()):
            (folder / name).write_text(line + "\n")
        (folder / "list").write_text("\n".join(names) + "\n")
        words = [*derive, "--jobs", "1"]
        named, listed, jq = medians([[*words, *names], [*words, "--files-from", "list"], ["jq", "-c", ".", *names]],
                                    folder, None)
        yield {"what": f"{SESSIONS:,} file names on the command line", "ours": f"{named:.2f} s",
               "peer": "the same from a list", "theirs": f"{listed:.2f} s", "ratio": f"{named / listed:.2f}",
               "goal": "1.5 or less"}
        yield {"what": "the same", "ours": f"{named:.2f} s", "peer": "jq -c . of the same names",
               "theirs": f"{jq:.2f} s", "ratio": f"{named / jq:.2f}", "goal": "1 or less"}
