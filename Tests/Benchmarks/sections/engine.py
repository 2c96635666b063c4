"""The engine on one core, and the union of minutes beside `bedtools merge`."""
import pathlib
import random
import statistics
import subprocess
import tempfile
import time

TITLE = "Engine"
INTERVALS = 1_000_000


def figures(program, *arguments):
    output = subprocess.run([program, *arguments], capture_output=True, text=True, check=True).stdout
    return [line.split("\t") for line in output.splitlines()]


def write_intervals(path):
    chance = random.Random(11)
    rows = []
    for session in range(INTERVALS // 10):
        moment = session * 100_000
        for _ in range(10):
            moment += chance.randrange(-900, 1800)
            moment = max(moment, session * 100_000)
            rows.append((moment, moment + chance.randrange(60, 10_800)))
    rows.sort()
    with open(path, "w") as out:
        out.writelines(f"chr1\t{start}\t{stop}\n" for start, stop in rows)


def timed(command):
    start = time.perf_counter()
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return time.perf_counter() - start, output


def rows(bin, root):
    program = str(bin / "engine-benchmark")
    goals = {"derive": "1 M/s or more", "one session, 99th percentile": "under 50 µs"}
    for name, value, unit in figures(program, "derive"):
        yield {"what": name, "ours": f"{value} {unit}", "goal": goals.get(name)}
    growth = figures(program, "growth")
    for name, value, unit in growth:
        yield {"what": name, "ours": f"{value} {unit}"}
    ratio = float(growth[-1][1]) / float(growth[0][1])
    yield {"what": "an administration in 10,000 against in 10", "ratio": f"{ratio:.2f}",
           "goal": "no worse than n log n (4)"}

    drugs = {"lines of drugs on top of the units": "30 % or less", "one scan, 99th percentile": "under 5 ms"}
    for name, value, unit in figures(program, "drugs"):
        yield {"what": name, "ours": f"{value} {unit}", "goal": drugs.get(name)}

    with tempfile.TemporaryDirectory() as folder:
        bed = str(pathlib.Path(folder) / "intervals.bed")
        write_intervals(bed)
        ours, theirs = [], []
        for _ in range(10):
            seconds, mine = timed([program, "union", bed])
            ours.append(seconds)
            seconds, merged = timed(["bedtools", "merge", "-i", bed])
            theirs.append(seconds)
        count = len(merged.splitlines())
        length = sum(int(stop) - int(start) for _, start, stop in (line.split() for line in merged.splitlines()))
        assert mine.split() == [str(count), str(length)], "the two unions differ"
        a, b = statistics.median(ours), statistics.median(theirs)
        yield {"what": f"union of {INTERVALS:,} intervals, whole command", "ours": f"{a * 1e3:.0f} ms",
               "peer": "bedtools merge", "theirs": f"{b * 1e3:.0f} ms", "ratio": f"{a / b:.2f}",
               "goal": "faster (below 1)"}
