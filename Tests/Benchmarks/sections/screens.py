"""The screens in a pty: first board, keys, ticks and idle, beside a bare C program and known tools."""
import fcntl
import os
import pathlib
import pty
import random
import select
import shutil
import signal
import statistics
import struct
import subprocess
import tempfile
import termios
import time

TITLE = "Screens"
STARTS = 40
RUNS = 12


class Terminal:
    """A program in a pty of 80 by 24, timed from outside."""

    def __init__(self, command, environment=None, rows=24, columns=80):
        self.start = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update({"TERM": "xterm-256color", **(environment or {})})
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execvp(command[0], command)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def drain(self, begin, quiet=0.08, longest=3.0):
        """Milliseconds from `begin` to the last byte before a silence, and the bytes."""
        last, size = None, 0
        while time.perf_counter() - begin < longest:
            ready, _, _ = select.select([self.fd], [], [], quiet if last else longest)
            if not ready:
                break
            try:
                size += len(os.read(self.fd, 65536))
            except OSError:
                break
            last = time.perf_counter()
        return ((last or begin) - begin) * 1000, size

    def first(self):
        return self.drain(self.start, quiet=0.15)

    def key(self, text):
        begin = time.perf_counter()
        os.write(self.fd, text)
        return self.drain(begin)

    def memory(self):
        for line in pathlib.Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
        return 0

    def wakeups(self):
        total = 0
        for task in pathlib.Path(f"/proc/{self.pid}/task").iterdir():
            for line in (task / "status").read_text().splitlines():
                if line.startswith("voluntary_ctxt_switches"):
                    total += int(line.split()[1])
        return total

    def end(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def at(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * part))]


def rows(bin, root):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        os.chmod(folder, 0o700)
        store = folder / "bench.store"
        floor = folder / "floor"
        subprocess.run(
            ["gcc", "-O2", str(root / "Tests/Benchmarks/Screens/floor.c"), "-o", str(floor), "-lncursesw"],
            check=True)
        facts = int(subprocess.run([str(bin / "screens-benchmark"), str(store), "150", "365", "500"], check=True,
                                   capture_output=True, text=True).stdout)
        # A board is opened on a disk at rest, not beside the writing of 260 MB.
        os.sync()
        programs = {
            "Chairtime": [str(bin / "chairtime"), "--store", str(store), "--chairs", "150"],
            "floor": [str(floor)],
        }
        for name, command in (("htop", ["htop"]), ("mc", ["mc"]), ("tig", ["tig", "-C", str(root)])):
            if shutil.which(name):
                programs[name] = command
        environment = {"LANG": "C.UTF-8", "HOME": str(folder)}
        first = {name: [] for name in programs}
        keys = {name: [] for name in ("Chairtime", "floor")}
        sizes = {name: [] for name in ("Chairtime", "floor")}
        for _ in range(STARTS):
            # A start after a program that reads much is slower: nobody has a fixed place.
            for name in random.sample(list(programs), len(programs)):
                terminal = Terminal(programs[name], environment)
                first[name].append(terminal.first()[0])
                terminal.end()
        for _ in range(RUNS):
            for name in ("Chairtime", "floor"):
                terminal = Terminal(programs[name], environment)
                terminal.first()
                for key in [b"j"] * 30 + [b"k"] * 10:
                    spent, size = terminal.key(key)
                    keys[name].append(spent)
                    sizes[name].append(size)
                if name == "Chairtime":
                    memory = terminal.memory()
                terminal.end()

        middle = {name: statistics.median(values) for name, values in first.items()}
        for peer in [name for name in programs if name != "Chairtime"]:
            yield {"what": f"start to the whole board, 150 chairs, {facts:,} facts",
                   "ours": f"{middle['Chairtime']:.1f} ms", "peer": "bare C program" if peer == "floor" else peer,
                   "theirs": f"{middle[peer]:.1f} ms", "ratio": f"{middle['Chairtime'] / middle[peer]:.2f}",
                   "goal": "4.5 times the bare program" if peer == "floor" else None}
        ours, theirs = statistics.median(keys["Chairtime"]), statistics.median(keys["floor"])
        yield {"what": "key to painted screen, median", "ours": f"{ours:.2f} ms", "peer": "bare C program",
               "theirs": f"{theirs:.2f} ms", "ratio": f"{ours / theirs:.2f}", "goal": "2 times the bare program"}
        yield {"what": "key to painted screen, 99th percentile", "ours": f"{at(keys['Chairtime'], .99):.2f} ms",
               "peer": "bare C program", "theirs": f"{at(keys['floor'], .99):.2f} ms", "goal": "2 ms"}
        yield {"what": "bytes a move of the selection, median", "ours": str(int(statistics.median(sizes["Chairtime"]))),
               "peer": "bare C program", "theirs": str(int(statistics.median(sizes["floor"]))), "goal": "200"}
        yield {"what": "resident memory", "ours": f"{memory:.0f} MB", "goal": "under 40 MB"}
        yield from recording(programs["Chairtime"], environment)
        yield from idle(programs["Chairtime"], environment)


def recording(command, environment):
    """From the confirming key to the recorded fact on the screen, durable."""
    terminal = Terminal(command, environment)
    terminal.first()
    terminal.key(b"g")
    terminal.key(b"\r")
    spent = []
    for number in range(100):
        terminal.key(b"t")
        terminal.key(f"note {number}".encode())
        spent.append(terminal.key(b"\r")[0])
    terminal.end()
    yield {"what": "confirming key to recorded fact on screen, median", "ours": f"{at(spent, .5):.2f} ms"}
    yield {"what": "confirming key to recorded fact on screen, 99th percentile",
           "ours": f"{at(spent, .99):.2f} ms", "goal": "5 ms"}


def idle(command, environment):
    """Two minutes untouched, once the days of the review are read ahead: what is written, how often it wakes."""
    terminal = Terminal(command, environment)
    terminal.first()
    terminal.drain(time.perf_counter(), quiet=5, longest=5)
    seconds, begin, size, before = 130, time.perf_counter(), 0, terminal.wakeups()
    while time.perf_counter() - begin < seconds:
        ready, _, _ = select.select([terminal.fd], [], [], 1)
        if ready:
            size += len(os.read(terminal.fd, 65536))
    wakeups = terminal.wakeups() - before
    terminal.end()
    yield {"what": "idle output, two minute ticks included", "ours": f"{size / seconds:.1f} bytes/s",
           "goal": "10 bytes/s"}
    yield {"what": "idle wake-ups", "ours": f"{wakeups / seconds:.1f} a second", "goal": "1 a second"}
