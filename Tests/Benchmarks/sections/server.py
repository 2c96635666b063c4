"""The record on a server beside pgbench, psql and a file.

One cluster of PostgreSQL, with a standby for a part of the rows, on this machine together with the clients. Every
connection is encrypted (verify-full) and has a password. pgbench inserts rows of the same columns with a prepared
statement. CHAIRTIME_BENCHMARK_SECONDS is how long each load lasts (5).
"""
import os
import pathlib
import pwd
import shutil
import statistics
import subprocess
import tempfile
import time

TITLE = "Server"
SECONDS = int(os.environ.get("CHAIRTIME_BENCHMARK_SECONDS", "5"))
DAY, DAY_NUMBER = "2026-06-24", 20628
BOARD_QUERY = ("SELECT session.id, fact.number, kind, minute, body FROM chairtime.session JOIN chairtime.fact"
               " ON fact.suite = session.suite AND fact.session = session.number WHERE session.suite ="
               " (SELECT number FROM chairtime.suite WHERE id = 'board') AND status = 0"
               " ORDER BY session.number, fact.number")
DAY_QUERY = BOARD_QUERY.replace("'board'", "'day'").replace("status = 0", f"day = {DAY_NUMBER}")
FLOOR = """
CREATE TABLE floor (position bigserial, session bigint, minute bigint, recorded bigint,
  received timestamptz DEFAULT clock_timestamp(), id uuid, number int, suite smallint, format smallint, kind smallint,
  basis smallint, actor text, workstation text, login name DEFAULT session_user, reason text, body text, seal bytea,
  PRIMARY KEY (suite, position), UNIQUE (suite, session, number), UNIQUE (suite, id));
GRANT ALL ON floor TO PUBLIC; GRANT ALL ON SEQUENCE floor_position_seq TO PUBLIC;
"""
INSERT = """
\\set session random(1, 1000000000)
\\set number random(1, 1000000000)
\\set suite random(1, 50)
INSERT INTO floor (session, minute, recorded, id, number, suite, format, kind, basis, actor, workstation, body, seal)
VALUES (:session, 29900000, 1795500000123, gen_random_uuid(), :number, :suite, 1, 22, 1, 'RN T. SAMPLE', 'chairside-3',
  '{"text":"benchmark"}', '\\x6d0f5a1e6d0f5a1e6d0f5a1e6d0f5a1e6d0f5a1e6d0f5a1e6d0f5a1e6d0f5a1e');
"""


class Cluster:
    """A cluster that ends with the section."""

    def __init__(self, folder, port):
        self.bin = sorted(pathlib.Path("/usr/lib/postgresql").iterdir())[-1] / "bin"
        self.folder, self.port = pathlib.Path(folder), port
        self.before = []
        self.folder.mkdir()
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            os.chown(self.folder, account.pw_uid, account.pw_gid)
            self.before = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        self.process = None

    def shell(self, script):
        subprocess.run([*self.before, "sh", "-ec", script], cwd=self.folder, check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)

    def make(self):
        self.shell(f"""
          {self.bin}/initdb -D data -U postgres -A trust -E UTF8 --no-instructions --locale=C
          openssl req -new -x509 -days 2 -nodes -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 \
            -keyout data/server.key -out data/server.crt
          chmod 600 data/server.key
          echo "local all postgres trust" >data/pg_hba.conf
          echo "local replication postgres trust" >>data/pg_hba.conf
          echo "hostssl all all 127.0.0.1/32 scram-sha-256" >>data/pg_hba.conf
          printf "%s\n" "listen_addresses = '127.0.0.1'" "port = {self.port}" "unix_socket_directories = '{self.folder}'" \
            "max_connections = 300" "shared_buffers = 128MB" "ssl = on" "log_parameter_max_length = 0" \
            "log_parameter_max_length_on_error = 0" "log_error_verbosity = terse" >>data/postgresql.conf""")
        return self

    def follow(self, other):
        self.shell(f"""
          {self.bin}/pg_basebackup -h "{other.folder}" -p {other.port} -U postgres -D data -c fast -X stream -R \
            -d application_name=standby
          printf "%s\n" "port = {self.port}" "unix_socket_directories = '{self.folder}'" >>data/postgresql.conf""")
        return self

    def start(self):
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen([*self.before, self.bin / "postgres", "-D", "data"], cwd=self.folder,
                                            stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        while subprocess.run([self.bin / "pg_isready", "-q", "-h", self.folder, "-p", str(self.port)]).returncode:
            time.sleep(0.1)

    def end(self):
        if self.process:
            self.process.terminate()
            self.process.wait()

    def sql(self, script, database="postgres"):
        return subprocess.run(["psql", "-X", "-q", "-A", "-t", "-h", self.folder, "-p", str(self.port), "-U", "postgres",
                               "-d", database, "-v", "ON_ERROR_STOP=1"], input=script, text=True, check=True,
                              capture_output=True).stdout


def ms(seconds):
    return f"{seconds * 1e3:.1f} ms"


def percentile(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def median_of(commands, runs, env):
    """The median seconds of each command, which take turns; a command may be a function of the run."""
    times = [[] for _ in commands]
    for run in range(runs + 2):
        for index, words in enumerate(commands):
            words = words(run) if callable(words) else words
            start = time.perf_counter()
            subprocess.run(words, check=True, env=env, stdout=subprocess.DEVNULL)
            if run >= 2:
                times[index].append(time.perf_counter() - start)
    return [statistics.median(each) for each in times]


def rows(bin, root):
    program, load = str(bin / "chairtime"), str(bin / "server-benchmark")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="chairtime-benchmark-"))
    os.chmod(folder, 0o755)
    clusters = []
    try:
        primary = Cluster(folder / "primary", 5471).make()
        clusters.append(primary)
        primary.start()
        yield from measured(program, load, folder, primary, clusters)
    finally:
        for cluster in reversed(clusters):
            cluster.end()
        shutil.rmtree(folder, ignore_errors=True)


def measured(program, load, folder, primary, clusters):
    home = folder / "home"
    home.mkdir(mode=0o700)
    certificate = home / "ca.pem"
    certificate.write_bytes((primary.folder / "data/server.crt").read_bytes())
    passfile = home / "passfile"
    passfile.write_text("*:*:*:*:secret\n")
    passfile.chmod(0o600)
    env = dict(os.environ, HOME=str(home), PGPASSFILE=str(passfile), XDG_DATA_HOME="")
    owner = f"postgres://postgres@{str(primary.folder).replace('/', '%2F')}:{primary.port}/record"

    def address(suite, login="terminal"):
        return (f"postgres://{login}@127.0.0.1:{primary.port}/record?suite={suite}&sslrootcert={certificate}"
                f"&passfile={passfile}")

    def run(*words, **more):
        return subprocess.run([program, *words], check=True, env=env, capture_output=True, text=True, **more).stdout

    primary.sql("CREATE DATABASE record")
    run("server", "init", "--on", owner)
    for suite in ["board", "day", "start"] + [f"s{number}" for number in range(1, 51)]:
        run("server", "add-suite", suite, "--on", owner)
        run("server", "add-terminal", "terminal", "--suite", suite, "--on", owner)
    primary.sql("ALTER ROLE terminal PASSWORD 'secret'")
    # In a database of its own: that of the record lets nobody see other tables.
    primary.sql("CREATE DATABASE floor")
    primary.sql(FLOOR, "floor")
    connection = (f"host=127.0.0.1 port={primary.port} user=terminal dbname=record sslmode=verify-full"
                  f" sslrootcert={certificate}")
    script = folder / "insert.sql"
    script.write_text(INSERT)

    def floor(clients):
        """Microseconds of each insert by pgbench, and inserts a second."""
        place = pathlib.Path(tempfile.mkdtemp(dir=folder))
        output = subprocess.run(
            ["pgbench", "-n", "-M", "prepared", "-f", str(script), "-c", str(clients), "-j", "2", "-T", str(SECONDS),
             "-l", "--log-prefix", str(place / "log"), connection.replace("=record", "=floor")],
            check=True, env=env, capture_output=True, text=True).stdout
        times = [int(line.split()[2]) for file in place.iterdir() for line in file.read_text().splitlines()]
        rate = next(float(line.split("=")[1].split()[0]) for line in output.splitlines() if line.startswith("tps"))
        return times, rate

    def appends(terminals, suites, pause=0, seconds=SECONDS):
        lines = subprocess.run([load, "load", address("s1"), str(terminals), str(suites), str(seconds), str(pause)],
                               check=True, env=env, capture_output=True, text=True).stdout.splitlines()
        failed = [line for line in lines if line.startswith("failed")]
        if failed:
            raise RuntimeError(f"{len(failed)} terminals failed: {failed[0]}")
        return [int(line) for line in lines if line]

    def pair(terminals=1, suites=1):
        """Our median and the floor's over three rounds that take turns."""
        ours, theirs = [], []
        for _ in range(3):
            theirs += floor(terminals)[0]
            ours += appends(terminals, suites)
        return statistics.median(ours), statistics.median(theirs)

    a, b = pair()
    yield {"what": "an append of one terminal, median", "ours": f"{a:.0f} µs", "peer": "pgbench, a prepared insert",
           "theirs": f"{b:.0f} µs", "ratio": f"{a / b:.2f}", "goal": "3 or less"}
    rate = floor(64)[1]
    count = len(appends(64, 50)) / SECONDS
    yield {"what": "64 terminals on 50 suites at full speed", "ours": f"{count:.0f} a second",
           "peer": "pgbench, 64 clients on the same columns", "theirs": f"{rate:.0f} a second",
           "ratio": f"{rate / count:.2f}", "goal": "2 or less"}

    # Whole commands.
    patient = "family: Tester\ngiven: Amara\nborn: 04-Feb-1961\nsex: f\nmrn: 90000417\nvisit: V1\n"
    runs = 20
    for number in range(runs + 2):
        run("session", "open", "--chair", "1", "--zone", "UTC", "--id", f"b{number}", "--anyway", "--reason", "benchmark",
            "--store", address("start"), input=patient)
    select = ["psql", "-X", "-A", "-t", connection, "-c", "select 1"]
    a, b = median_of([lambda number: [program, "session", "start", f"b{number}", "pembrolizumab", "--store",
                                      address("start")], select], runs, env)
    yield {"what": "one `session start`, whole command", "ours": ms(a), "peer": "psql -c 'select 1'", "theirs": ms(b),
           "ratio": f"{a / b:.2f}", "goal": "1 or less"}

    subprocess.run([load, "fill", address("board"), "150"], check=True, env=env)
    file = folder / "home/demo/day.store"
    run("demo", "--size", "extreme", "--days", "10", "--until", "2026-06-30", "--zone", "UTC", "--store", str(file))
    run("copy", "--to", f"{owner}?suite=day", "--store", str(file))
    primary.sql("ANALYZE", "record")
    commands = [[program, "board", "--plain", "--store", address("board")],
                ["psql", "-X", "-A", "-t", connection, "-c", BOARD_QUERY],
                [program, "session", "list", "--date", DAY, "--store", address("day")],
                ["psql", "-X", "-A", "-t", connection, "-c", DAY_QUERY]]
    board, board_peer, day, day_peer = median_of(commands, 12, env)
    yield {"what": "board of 150 sessions (4,350 facts), whole command", "ours": ms(board), "peer": "psql, the same rows",
           "theirs": ms(board_peer), "ratio": f"{board / board_peer:.2f}", "goal": "1 or less"}
    sessions, facts = (int(primary.sql(query, "record")) for query in (
        f"SELECT count(DISTINCT id) FROM ({DAY_QUERY}) AS one", f"SELECT count(*) FROM ({DAY_QUERY}) AS one"))
    yield {"what": f"a day of {sessions} sessions ({facts:,} facts), whole command", "ours": ms(day),
           "peer": "psql, the same rows", "theirs": ms(day_peer), "ratio": f"{day / day_peer:.2f}", "goal": "1.5 or less"}

    a, b = median_of([[program, "verify", "--store", address("day")], [program, "verify", "--store", str(file)]], 5, env)
    total = int(primary.sql("SELECT facts FROM chairtime.suite WHERE id = 'day'", "record"))
    yield {"what": f"{total:,} facts verified, whole command", "ours": f"{a / total * 1e6:.1f} µs a fact",
           "peer": "the same in a file", "theirs": f"{b / total * 1e6:.1f} µs a fact", "ratio": f"{a / b:.2f}",
           "goal": "1.5 or less"}

    # With a standby that each commit waits for.
    standby = Cluster(folder / "standby", 5472).follow(primary)
    clusters.append(standby)
    standby.start()
    primary.sql("ALTER SYSTEM SET synchronous_standby_names = 'standby'")
    primary.sql("SELECT pg_reload_conf()")
    while "sync" not in primary.sql("SELECT sync_state FROM pg_stat_replication"):
        time.sleep(0.1)
    a, b = pair()
    yield {"what": "an append of one terminal with a synchronous standby, median", "ours": f"{a:.0f} µs",
           "peer": "pgbench, a prepared insert", "theirs": f"{b:.0f} µs", "ratio": f"{a / b:.2f}", "goal": "2 or less"}
    times = appends(200, 1, pause=2000, seconds=4 * SECONDS)
    tail = percentile(times, 0.99)
    yield {"what": "200 terminals, a fact every 2 s each, one suite, synchronous standby: median and 99th percentile",
           "ours": f"{statistics.median(times) / 1000:.1f} and {tail / 1000:.1f} ms", "peer": "that insert's median",
           "theirs": f"{b / 1000:.2f} ms", "ratio": f"{tail / b:.0f}", "goal": "75 or less"}
