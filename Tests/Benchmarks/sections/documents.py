"""Session documents in bulk: many on standard input, many file names on the command line."""
import pathlib
import subprocess
import tempfile

TITLE = "Documents"
SESSION = ('{"format":"chairtime.session/1","id":"one","timeZone":"America/Chicago","administrations":['
           '{"id":"a1","drug":"ceftriaxone","technique":"infusion","start":"2026-03-02T09:00",'
           '"stop":"2026-03-02T10:31"}]}\n')


def derived(program, arguments, folder, input=None):
    """Seconds, and the peak memory in MB, of one `derive`; each runs in a process of its own for the peak."""
    words = [program, "derive", "--format", "json", *arguments]
    script = ("import resource,subprocess,sys,time;s=time.perf_counter();"
              "subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,check=True);"
              "print(time.perf_counter()-s,resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss/1024)")
    source = open(input, "rb") if input else subprocess.DEVNULL
    output = subprocess.run(["python3", "-c", script, *words], cwd=folder, stdin=source, capture_output=True,
                            text=True, check=True).stdout.split()
    return float(output[0]), float(output[1])


def rows(bin, root):
    program = str(bin / "chairtime")
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        peaks = {}
        for count in (1_000, 100_000):
            lines = folder / f"{count}.jsonl"
            lines.write_text(SESSION * count)
            seconds, peaks[count] = derived(program, ["-"], folder, lines)
        yield {"what": "100,000 documents on standard input (JSON Lines)",
               "ours": f"{seconds:.1f} s, {peaks[100_000]:.0f} MB", "peer": "1,000 documents",
               "theirs": f"{peaks[1_000]:.0f} MB", "ratio": f"{peaks[100_000] / peaks[1_000]:.2f}",
               "goal": "flat memory (1.1 or less)"}
        names = [f"{index}.json" for index in range(10_000)]
        for name in names:
            (folder / name).write_text(SESSION)
        seconds, _ = derived(program, names, folder)
        (folder / "list").write_text("\n".join(names) + "\n")
        listed, _ = derived(program, ["--files-from", "list"], folder)
        yield {"what": "10,000 file names on the command line", "ours": f"{seconds:.2f} s",
               "peer": "the same from a list", "theirs": f"{listed:.2f} s", "ratio": f"{seconds / listed:.2f}",
               "goal": "1.5 or less"}
