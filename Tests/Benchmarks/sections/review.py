"""The supervisor's day out of an extreme year: the review screen, the command, the exports.

The store is that of the section `store` (CHAIRTIME_BENCHMARK_FOLDER, CHAIRTIME_BENCHMARK_DAYS). The screen
is timed in a pty from outside: from the key to the first byte, and to the last byte before a silence.
"""
import importlib.util
import os
import pathlib
import statistics
import subprocess
import tempfile
import time

TITLE = "Review"
HERE = pathlib.Path(__file__).resolve().parent
DAYS = int(os.environ.get("CHAIRTIME_BENCHMARK_DAYS", "365"))
FORMATS = ["csv", "json", "fhir", "hl7", "text"]
# Tuesday to Thursday of the last whole week of the made-up year.
REVIEWED = ["2026-06-23", "2026-06-24", "2026-06-25"]


def section(name):
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def painted(terminal, text, quiet=0.15, longest=4.0):
    """Milliseconds from a key to the first byte and to the last before a silence, and the bytes."""
    import select
    begin = time.perf_counter()
    os.write(terminal.fd, text)
    first, last, size = None, None, 0
    while time.perf_counter() - begin < longest:
        ready, _, _ = select.select([terminal.fd], [], [], quiet if last else longest)
        if not ready:
            break
        size += len(os.read(terminal.fd, 65536))
        last = time.perf_counter()
        first = first or last
    return ((first or begin) - begin) * 1000, ((last or begin) - begin) * 1000, size


def settle(terminal, seconds=2.5):
    """Reads what comes while nobody presses a key: the neighbouring days are read ahead."""
    import select
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        ready, _, _ = select.select([terminal.fd], [], [], 0.1)
        if ready:
            os.read(terminal.fd, 65536)


def screen(program, store, folder, terminals):
    environment = {"LANG": "C.UTF-8", "HOME": str(folder), "CHAIRTIME_ZONE": "America/Chicago"}
    cold, whole, ahead, moves, finds, memory = [], [], [], [], [], 0
    for _ in range(10):
        terminal = terminals.Terminal([program, "board", "--store", str(store), "--chairs", "150"], environment)
        terminal.first()
        terminal.key(b"d")
        terminal.key(b"g")
        terminal.key(REVIEWED[1].encode())
        first, last, _ = painted(terminal, b"\r")
        cold.append(first)
        whole.append(last)
        settle(terminal)
        for key in (b"\x1b[D", b"\x1b[C"):
            ahead.append(painted(terminal, key)[1])
            settle(terminal, 1.5)
        for key in [b"j"] * 12 + [b"k"] * 4 + [b"G", b"\x1b[H"]:
            moves.append(painted(terminal, key, quiet=0.08)[1])
        terminal.key(b"/")
        for key in (b"t", b"e", b"s", b"t"):
            finds.append(painted(terminal, key, quiet=0.08)[1])
        memory = max(memory, terminal.memory())
        terminal.end()
    at = terminals.at
    yield {"what": "review of 500 sessions, key to painted screen, read ahead: median",
           "ours": f"{at(ahead, .5):.1f} ms", "goal": "under 50 ms"}
    yield {"what": "the same, the slowest of 20", "ours": f"{max(ahead):.1f} ms", "goal": "under 50 ms"}
    yield {"what": "a day nobody could foresee: key to the first rows, median", "ours": f"{at(cold, .5):.1f} ms",
           "goal": "under 50 ms"}
    yield {"what": "the same, to the whole day, median", "ours": f"{at(whole, .5):.1f} ms"}
    yield {"what": "a move in the review, 99th percentile", "ours": f"{at(moves, .99):.1f} ms", "goal": "under 50 ms"}
    yield {"what": "a letter of a filter, 99th percentile", "ours": f"{at(finds, .99):.1f} ms", "goal": "under 50 ms"}
    yield {"what": "resident memory of the screens with three days read", "ours": f"{memory:.0f} MB"}


def rows(bin, root):
    store_section, terminals = section("store"), section("screens")
    ms, median_of, peak = store_section.ms, store_section.median_of, store_section.peak
    program = str(bin / "chairtime")
    kept = os.environ.get("CHAIRTIME_BENCHMARK_FOLDER")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        os.chmod(folder, 0o700)
        store = (pathlib.Path(kept) if kept else folder) / "year" / "s.store"
        if not store.exists():
            subprocess.run([program, "demo", "--size", "extreme", "--days", str(DAYS), "--until", "2026-06-30",
                            "--zone", "America/Chicago", "--store", str(store)], check=True,
                           stdout=subprocess.DEVNULL)
        yield from screen(program, store, folder, terminals)

        env = dict(os.environ, CHAIRTIME_ZONE="America/Chicago", HOME=str(folder),
                   TIMEWARRIORDB=str(store_section.timewarrior(folder, 1_000_000)))
        five = store_section.five_years(program, store.parent.parent)
        stores = [(five, "five years"), (store, "an extreme year")]
        review = {one: [program, "review", "--date", REVIEWED[1], "--store", str(one)] for one, _ in stores}
        query = {one: ["sqlite3", "-readonly", str(one), store_section.DAY_QUERY] for one, _ in stores}
        *measured, clock = median_of(
            [lambda run, words=words: words for one, _ in stores for words in (review[one], query[one])]
            + [lambda run: store_section.timew_day()], 12, env)
        for (one, whole), ours, theirs in zip(stores, measured[::2], measured[1::2]):
            # What deriving alone takes, by the engine's own benchmark of single sessions.
            derive = store_section.ask(one, f"SELECT count(*) FROM session WHERE day = {store_section.DAY_NUMBER}") * 8e-6
            yield {"what": f"`chairtime review`, whole command, {store_section.described(one, whole)}", "ours": ms(ours),
                   "peer": "sqlite3 shell, the same rows, and the derivation",
                   "theirs": f"{ms(theirs)} + {ms(derive)}", "ratio": f"{ours / (theirs + derive):.2f}", "goal": "4 or less"}
            yield {"what": "the same", "ours": ms(ours),
                   "peer": "timew summary of a day, 1,000,000 intervals in five years", "theirs": ms(clock),
                   "ratio": f"1 : {clock / ours:.0f}", "goal": "50 times faster" if one == five else None}

        def export(name, last=None):
            days = ["--date", "2025-07-01" if last else REVIEWED[1]] + (["--to", last] if last else [])
            return [program, "export", *days, "--format", name, "--store", str(store)]

        for name, spent in zip(FORMATS, median_of([lambda run, name=name: export(name) for name in FORMATS], 7, env)):
            yield {"what": f"that day of the extreme year exported as {name}, whole command", "ours": ms(spent), "goal": "under 500 ms"}
        os.environ.update(CHAIRTIME_ZONE="America/Chicago", HOME=str(folder))
        for name in ("csv", "fhir"):
            day, _, _ = peak(export(name))
            year, _, spent = peak(export(name, last="2026-06-30"))
            yield {"what": f"memory over a year's export as {name} ({spent:.0f} s)", "ours": f"{year:.0f} MB",
                   "peer": "the same of one day", "theirs": f"{day:.0f} MB", "ratio": f"{year / day:.2f}",
                   "goal": "flat"}
