"""The record beside the sqlite3 shell, timewarrior and one append with fdatasync.

CHAIRTIME_BENCHMARK_DAYS sets how many days of the extreme suite are recorded first (365 is the year of
5.5 million facts). A day is read out of that year, and out of five years of a community suite: its days
have some hundred drugs, as timewarrior's, where 1,000,000 intervals lie in five years, have some hundred
intervals. The stores are kept in CHAIRTIME_BENCHMARK_FOLDER, where it is set, for the next run.
"""
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import tempfile
import time

TITLE = "Store"
DAYS = int(os.environ.get("CHAIRTIME_BENCHMARK_DAYS", "365"))
FIVE_YEARS = 1826
# A Wednesday, a week before the last day of both.
DAY, DAY_NUMBER = "2026-06-24", 20628
DAY_QUERY = ("SELECT session.id, fact.number, kind, minute, body FROM session JOIN fact ON fact.session ="
             f" session.number WHERE day = {DAY_NUMBER} ORDER BY session.number, fact.number")
PATIENT = "family: Tester\ngiven: Amara\nborn: 04-Feb-1961\nsex: f\nmrn: 90000417\nvisit: V1\n"
APPEND = r"""
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
int main(int argc, char **argv) {
  int file = open(argv[1], O_CREAT | O_WRONLY | O_APPEND, 0600);
  char block[4096] = {1};
  for (int round = 0; round < 300; round++) {
    struct timespec a, b;
    clock_gettime(CLOCK_MONOTONIC, &a);
    if (write(file, block, sizeof block) < 0 || fdatasync(file)) return 1;
    clock_gettime(CLOCK_MONOTONIC, &b);
    printf("%ld\n", (b.tv_sec - a.tv_sec) * 1000000 + (b.tv_nsec - a.tv_nsec) / 1000);
  }
}
"""


def median_of(commands, runs=25, env=None):
    """The median seconds of each command; a command is made anew for each run.

    They take turns in an order drawn for each run, so that none always follows one that fills the caches.
    """
    times, order = [[] for _ in commands], list(range(len(commands)))
    for run in range(runs + 2):
        random.Random(run).shuffle(order)
        for index in order:
            words = commands[index](run)
            start = time.perf_counter()
            subprocess.run(words, check=True, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            if run >= 2:
                times[index].append(time.perf_counter() - start)
    return [statistics.median(each) for each in times]


def ms(seconds):
    return f"{seconds * 1e3:.1f} ms"


def peak(words):
    """The most memory a command had, in MB, and its seconds of processor time."""
    result = subprocess.run(["/usr/bin/env", "bash", "-c", 'exec "$@"', "bash", *words], stdout=subprocess.DEVNULL)
    del result
    output = subprocess.run(["python3", "-c", (
        "import resource,subprocess,sys,time;s=time.perf_counter();subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL);"
        "u=resource.getrusage(resource.RUSAGE_CHILDREN);print(u.ru_maxrss,u.ru_utime+u.ru_stime,time.perf_counter()-s)"),
        *words], capture_output=True, text=True, check=True).stdout.split()
    return int(output[0]) / 1024, float(output[1]), float(output[2])


def timewarrior(folder, count):
    """A timewarrior database in use: `count` intervals in five years, the last of them today."""
    home = pathlib.Path(folder) / f"timew-{count}"
    data = home / "data"
    data.mkdir(parents=True)
    (home / "timewarrior.cfg").write_text("confirmation = no\n")
    lines = {}
    every = FIVE_YEARS * 86_400 // count
    begin = int(time.time()) - 10_800 - count * every
    for index in range(count):
        at = time.gmtime(begin + index * every)
        stop = time.gmtime(begin + index * every + 60)
        lines.setdefault(time.strftime("%Y-%m", at), []).append(
            time.strftime("inc %Y%m%dT%H%M%SZ - ", at) + time.strftime("%Y%m%dT%H%M%SZ", stop) + " # a\n")
    for month, rows in lines.items():
        (data / f"{month}.data").write_text("".join(rows))
    return home


def five_years(program, place):
    """Five years of a community suite, made where they are not there yet."""
    store = pathlib.Path(place) / "five" / "s.store"
    if not store.exists():
        subprocess.run([program, "demo", "--size", "community", "--days", str(FIVE_YEARS), "--until", "2026-06-30",
                        "--zone", "America/Chicago", "--store", str(store)], check=True, stdout=subprocess.DEVNULL)
    return store


def ask(store, query):
    return int(subprocess.run(["sqlite3", "-readonly", str(store), query], capture_output=True, text=True,
                              check=True).stdout)


def described(store, whole):
    """What a day out of a store is, in words."""
    sessions = ask(store, f"SELECT count(*) FROM session WHERE day = {DAY_NUMBER}")
    facts, all_facts = ask(store, f"SELECT count(*) FROM ({DAY_QUERY})"), ask(store, "SELECT max(rowid) FROM fact")
    return f"a day of {sessions} sessions ({facts:,} facts) out of {whole} ({all_facts:,})"


def timew_day():
    """The command that sums up the day in the middle of such a database: it reads back to there."""
    half = FIVE_YEARS // 2
    first, last = (time.strftime("%Y-%m-%d", time.localtime(time.time() - days * 86_400)) for days in (half, half - 1))
    return ["timew", "summary", first, "-", last]


def rows(bin, root):
    program = str(bin / "chairtime")
    kept = os.environ.get("CHAIRTIME_BENCHMARK_FOLDER")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        place = pathlib.Path(kept) if kept else folder
        big, small = place / "year" / "s.store", folder / "empty" / "s.store"
        (folder / "patient.txt").write_text(PATIENT)

        if not big.exists():
            start = time.perf_counter()
            subprocess.run([program, "demo", "--size", "extreme", "--days", str(DAYS), "--until", "2026-06-30",
                            "--zone", "America/Chicago", "--store", str(big)], check=True, stdout=subprocess.DEVNULL)
            seconds = time.perf_counter() - start
        else:
            seconds = None
        facts = ask(big, "SELECT max(rowid) FROM fact")
        size = big.stat().st_size
        yield {"what": f"an extreme year made up and recorded, {facts:,} facts",
               "ours": (f"{seconds:.0f} s, " if seconds else "") + f"{size / facts:.0f} bytes a fact"}

        def opened(store, name):
            common = ["--store", str(store)]
            subprocess.run([program, "session", "open", "--chair", "1", "--patient", str(folder / "patient.txt"),
                            "--id", name, "--anyway", "--reason", "benchmark", *common], check=True, stdout=subprocess.DEVNULL)

        mark = f"bench-{random.randrange(10**9)}"
        runs = 30
        for run in range(runs + 2):
            opened(big, f"{mark}-{run}")
            opened(small, f"{mark}-{run}")
        shell = folder / "shell.db"
        subprocess.run(["sqlite3", str(shell), (
            "PRAGMA journal_mode=WAL; CREATE TABLE fact (position INTEGER PRIMARY KEY, session INTEGER, number INTEGER,"
            " id BLOB UNIQUE, minute INTEGER, body TEXT, seal BLOB, UNIQUE (session, number)) STRICT;")],
            check=True, stdout=subprocess.DEVNULL)
        insert = ("PRAGMA synchronous=FULL; INSERT INTO fact (session, number, id, minute, body, seal) VALUES (1,"
                  " abs(random()), randomblob(16), 29000000, '{\"adm\":\"a1\"}', randomblob(32));")
        timew = timewarrior(folder, 1_000_000)
        env = dict(os.environ, TIMEWARRIORDB=str(timew))

        # The first interval of a month makes files; a run is timed as one of any day, so those are there.
        first = time.time_ns() - 20_000_000
        began, ended = (time.strftime("%Y-%m-%dT%H:%M:%S", time.localtime(time.time() - ago)) for ago in (7200, 3600))
        subprocess.run(["timew", "track", began, "-", ended, "earlier", ":yes"], env=env, check=True,
                       stdout=subprocess.DEVNULL)
        there = set((timew / "data").iterdir())
        kept_files = {file: file.read_bytes() for file in there if file.stat().st_mtime_ns >= first}

        def begin_timew(run):
            # It refuses a second start in one second, so each run begins with nothing under way.
            for file in set((timew / "data").iterdir()) - there:
                file.unlink()
            for file, content in kept_files.items():
                file.write_bytes(content)
            return ["timew", "start", f"drug{run}", ":yes"]

        def begin(store):
            return lambda run: [program, "session", "start", f"{mark}-{run}", "pembrolizumab", "--store", str(store)]

        ours, empty, theirs, clock = median_of([
            begin(big), begin(small), lambda run: ["sqlite3", str(shell), insert],
            begin_timew], runs, env)
        what = f"one `session start`, whole command, on {facts:,} facts"
        yield {"what": what, "ours": ms(ours), "peer": "sqlite3 shell, one insert, same sync", "theirs": ms(theirs),
               "ratio": f"{ours / theirs:.2f}", "goal": "3 or less"}
        yield {"what": what, "ours": ms(ours), "peer": "timew start on 1,000,000 intervals, no sync",
               "theirs": ms(clock), "ratio": f"{ours / clock:.2f}", "goal": "1 or less"}
        yield {"what": "the same, against a store with nothing else in it", "ours": ms(ours), "peer": "empty store",
               "theirs": ms(empty), "ratio": f"{ours / empty:.2f}", "goal": "1.1 or less"}

        source = folder / "append.c"
        source.write_text(APPEND)
        subprocess.run(["gcc", "-O2", "-o", str(folder / "append"), str(source)], check=True)
        floor, commits = [], []
        for _ in range(3):
            floor += [int(line) for line in subprocess.run(
                [str(folder / "append"), str(folder / "floor")], capture_output=True, text=True, check=True
            ).stdout.split()]
            (folder / "floor").unlink()
            commits += [int(line) for line in subprocess.run(
                [str(bin / "store-benchmark"), "commits", str(big), "300"], capture_output=True, text=True, check=True
            ).stdout.split()]
        a, b = statistics.median(commits), statistics.median(floor)
        yield {"what": f"the commit alone, on {facts:,} facts", "ours": f"{a:.0f} µs",
               "peer": "append 4 KiB + fdatasync", "theirs": f"{b:.0f} µs", "ratio": f"{a / b:.2f}",
               "goal": "1.5 or less"}

        five = five_years(program, place)
        stores = [(five, "five years"), (big, "an extreme year")]
        listing = {store: [program, "session", "list", "--date", DAY, "--store", str(store)] for store, _ in stores}
        query = {store: ["sqlite3", "-readonly", str(store), DAY_QUERY] for store, _ in stores}
        *measured, clock = median_of(
            [lambda run, words=words: words for store, _ in stores for words in (listing[store], query[store])]
            + [lambda run: timew_day()], 12, env)
        for (store, whole), ours, theirs in zip(stores, measured[::2], measured[1::2]):
            yield {"what": f"{described(store, whole)}, whole command", "ours": ms(ours),
                   "peer": "sqlite3 shell, the same rows", "theirs": ms(theirs), "ratio": f"{ours / theirs:.2f}",
                   "goal": "4 or less"}
            yield {"what": "the same", "ours": ms(ours),
                   "peer": "timew summary of a day, 1,000,000 intervals in five years", "theirs": ms(clock),
                   "ratio": f"1 : {clock / ours:.0f}", "goal": "50 times faster" if store == five else None}

        memory, _, _ = peak(listing[big])
        yield {"what": "memory for that day", "ours": f"{memory:.0f} MB", "goal": "under 60 MB"}
        verify, a, wall = peak([program, "verify", "--store", str(big)])
        replay, b, _ = peak([program, "replay", "--store", str(big)])
        yield {"what": f"{facts:,} facts verified", "ours": f"{a:.0f} s of processor, {verify:.0f} MB"}
        yield {"what": "the same re-derived, every review checked", "ours": f"{b:.0f} s of processor, {replay:.0f} MB"}
        yield {"what": "verified and re-derived together", "ours": f"{a + b:.0f} s", "goal": "under 60 s on one core"}
        if not kept:
            shutil.rmtree(place / "year", ignore_errors=True)
