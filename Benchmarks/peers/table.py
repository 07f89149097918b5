"""Decides one generated population with Annona and its peers, holds every award to the exact one, and prints what each takes.

    python table.py HOUSEHOLDS FOLDER BINARIES [FILE]

BINARIES holds `annona`, `PlanBench` and `by_hand`. Everything but the row for two cores runs on one, and is measured in
the processor's time, in rounds of one run each; the table gives the middle of the rounds. FILE, if it is named, gets the
table between its two lines of `MARK`.
"""

import gc
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import numpy as np

import exact_programme
import population
from duckdb_programme import DuckDB
from numpy_programme import Numpy
from openfisca_programme import OpenFisca
from zen_programme import Zen

ROUNDS = 5
TODAY = 20240701
# So many are held to exact fractions, and all others to NumPy, which is held to the same.
EXACT = 3_000
# ZEN takes so long that fewer are enough.
ZEN_HOUSEHOLDS = 5_000
PROGRAMME = "Benchmarks/programme"
MARK = "<!-- the table of `make bench` -->"


# Runs a command from a process so small that the memory reported is the command's.
LAUNCH = """
import json, resource, subprocess, sys, time
start = time.monotonic()
done = subprocess.run(sys.argv[1:], stderr=subprocess.PIPE)
passed = time.monotonic() - start
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"status": done.returncode, "report": done.stderr.decode(), "passed": passed,
  "taken": usage.ru_utime + usage.ru_stime, "memory": usage.ru_maxrss}))
"""


class Table:
    def __init__(self, count: int, folder: Path, binaries: Path):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.binaries = folder, binaries
        self.rows = folder / f"households_{count}.ndjson"
        self.columns = folder / f"columns_{count}.bin"
        self.households = population.generate(count)
        if not self.rows.exists() or not self.columns.exists():
            population.write_columns(self.households, self.columns)
            population.write_rows(self.households, self.rows)
        self.figures = json.loads(Path(__file__).with_name("parameters.json").read_text())
        self.times: dict[str, list[float]] = {}
        self.notes: dict[str, str] = {}

    def run(self) -> str:
        cores = sorted(os.sched_getaffinity(0))
        # What passes while others use the machine says nothing of two cores.
        self.is_quiet = os.getloadavg()[0] < 1.5 and len(cores) > 1
        os.sched_setaffinity(0, cores[-1:])
        peers = self.prepare()
        for peer in peers:
            self.hold(peer.name, peer.cents(peer.run()))
        self.hold("annona batch", self.batch_cents())
        for at in range(ROUNDS):
            print(f"round {at + 1} of {ROUNDS}", file=sys.stderr)
            for peer in peers:
                self.measure(peer.name, peer.run, self.size(peer))
            for peer in peers:
                self.measure_one(peer)
            self.measure("DuckDB from file", lambda: peers[1].run_file(str(self.rows)), self.households.size)
            self.batch("annona batch", cores[-1:])
            if self.is_quiet:
                self.batch("annona batch, two jobs", cores[-2:], "--jobs", "2")
            self.swift("by_hand", str(self.columns))
            self.swift("PlanBench", str(self.rows), "columns", "baseline", "one", "bytes")
            if self.is_quiet:
                os.sched_setaffinity(0, cores)
                self.swift("PlanBench", str(self.rows), "two_cores")
            os.sched_setaffinity(0, cores[-1:])
        return self.text(peers)

    # Awards

    def prepare(self) -> list:
        households, figures = self.households, self.figures[str(TODAY // 10_000)]
        numpy = Numpy(households, figures, TODAY)
        self.awards = numpy.cents(numpy.run())
        first = households.first(min(EXACT, households.size))
        exact = exact_programme.awards(first, figures, date(TODAY // 10_000, TODAY // 100 % 100, TODAY % 100))
        assert self.awards[: first.size].tolist() == exact, "NumPy's awards are not exact"
        with (Path(PROGRAMME) / "awards.csv").open() as file:
            lines = [line.strip().split(",") for line in file]
        column = lines[0].index("2024-07-01")
        known = [int(line[column]) for line in lines[1:]]
        assert self.awards[: len(known)].tolist() == known[: households.size], "the awards of the programme differ"
        self.awards.astype("<i4").tofile(self.folder / "awards.bin")
        return [
            numpy,
            DuckDB(households, self.figures, TODAY),
            OpenFisca(households, self.figures, TODAY),
            Zen(households.first(min(ZEN_HOUSEHOLDS, households.size)), self.figures, TODAY),
        ]

    def hold(self, name: str, awards: np.ndarray) -> None:
        wrong = int((awards != self.awards[: len(awards)]).sum())
        assert wrong == 0, f"{name}: {wrong} of {len(awards)} awards differ"
        print(f"{name}: {len(awards)} awards, all exact", file=sys.stderr)

    def size(self, peer) -> int:
        return min(ZEN_HOUSEHOLDS, self.households.size) if isinstance(peer, Zen) else self.households.size

    # Times

    def note(self, name: str, value: float) -> None:
        self.times.setdefault(name, []).append(value)

    def middle(self, name: str) -> float:
        return statistics.median(self.times[name])

    def measure(self, name: str, body, households: int) -> None:
        """Households in a second of the processor's time."""
        gc.collect()
        gc.disable()
        start = time.process_time()
        body()
        self.note(name, households / (time.process_time() - start))
        gc.enable()

    def measure_one(self, peer) -> None:
        """Microseconds for one household, warm."""
        for name in ["decide_one", "decide_traced", "decide_bytes"]:
            body = getattr(peer, name, None)
            if body is None:
                continue
            times = []
            for _ in range(60):
                start = time.perf_counter()
                body()
                times.append(time.perf_counter() - start)
            self.note(f"{peer.name} {name}", statistics.median(times[10:]) * 1_000_000)

    def swift(self, program: str, path: str, *names: str) -> None:
        command = [str(self.binaries / program), path, str(self.folder / "awards.bin"), *names]
        answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        for line in answer.splitlines():
            name, value = line.split()
            self.note(name, float(value))

    def command(self, *options: str) -> list[str]:
        keys = ["--id", "household_id", "--member-id", "person_id"]
        return [str(self.binaries / "annona"), "batch", PROGRAMME, str(self.rows), "--today", "2024-07-01", *keys, *options]

    def batch(self, name: str, cores: list[int], *options: str) -> None:
        """A whole process, from a file of rows to a file of awards."""
        os.sched_setaffinity(0, cores)
        out = str(self.folder / "decisions.ndjson")
        command = [sys.executable, "-I", "-S", "-c", LAUNCH, *self.command("--stages", "--out", out, *options)]
        answer = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        assert answer["status"] == 0, answer["report"]
        self.note(name, self.households.size / (answer["taken"] if len(cores) == 1 else answer["passed"]))
        report = answer["report"].splitlines()
        self.notes[name] = f"{answer['memory'] // 1024} MB of memory; {report[-1]}"

    def batch_cents(self) -> np.ndarray:
        answer = subprocess.run(self.command(), check=True, capture_output=True).stdout
        cents = []
        for line in answer.splitlines():
            amount = json.loads(line)["decisions"][0].get("amount")
            cents.append(round(float(amount.split()[0]) * 100) if amount else 0)
        return np.array(cents)

    # The table

    def text(self, peers: list) -> str:
        def many(name: str) -> str:
            value = self.middle(name) / 1_000_000
            return f"{value:.0f} M" if value >= 10 else f"{value:.1f} M" if value >= 1 else f"{value:.3f} M"

        def one(name: str) -> str:
            value = self.middle(name)
            return f"{value:,.0f} µs".replace(",", " ") if value >= 10 else f"{value:.2f} µs"

        for name in ("one", "bytes"):
            self.times[name] = [value / 1_000 for value in self.times[name]]
        own = self.middle("columns")
        lines = [
            ("Swift by hand, household by household", "by_hand", ""),
            ("**Annona**, columns, AVX2", "columns", ""),
            ("**Annona**, columns, AVX2, two cores", "two_cores", ""),
            ("**Annona**, columns, any x86-64", "baseline", ""),
            ("**Annona**, one household, all rules' values kept", "", one("one")),
            ("**Annona**, one household, from JSON", "", one("bytes")),
        ]
        for peer in peers:
            lines.append((peer.name, peer.name, one(f"{peer.name} decide_one")))
            for name, text in [("decide_traced", "with its trace"), ("decide_bytes", "from JSON")]:
                if f"{peer.name} {name}" in self.times:
                    lines.append((f"{peer.name}, {text}", "", one(f"{peer.name} {name}")))
        size = f"{self.households.size:,}".replace(",", " ")
        table = [
            f"{date.today()}, {processor()}, {size} households, every award equal:",
            "",
            "| in memory, one core unless said | households/s | of Annona's | one household, warm |",
            "|---|--:|--:|--:|",
        ]
        for text, name, single in lines:
            if name and name not in self.times:
                continue
            share = ""
            if name:
                part = self.middle(name) / own * 100
                share = f"{part:.0f} %" if part >= 10 else f"{part:.1f} %"
            table.append(f"| {text} | {many(name) if name else ''} | {share} | {single} |")
        table += [
            "",
            "| from a file of rows to awards | households/s |",
            "|---|--:|",
            f"| **`annona batch`**, one core | {many('annona batch')} |",
            *([f"| **`annona batch`**, two cores | {many('annona batch, two jobs')} |"] if self.is_quiet else []),
            f"| {peers[1].name}, one core | {many('DuckDB from file')} |",
            "",
            f"`annona batch` on one core: {self.notes['annona batch']}.",
        ]
        if not self.is_quiet:
            table.append("Others used the machine: two cores were not measured.")
        return "\n".join(table)


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


if __name__ == "__main__":
    table = Table(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])).run()
    print(table)
    if len(sys.argv) > 4:
        file = Path(sys.argv[4])
        before, _, behind = file.read_text().split(MARK)
        file.write_text(f"{before}{MARK}\n{table}\n{MARK}{behind}")
