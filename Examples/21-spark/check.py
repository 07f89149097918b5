"""Decides one population by a single process and by Spark in both ways, holds the answers equal, and says what each took.

    python check.py ANNONA RULEBOOK HOUSEHOLDS.ndjson FOLDER
"""

import json
import os
import shutil
import subprocess
import sys
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
from pyspark.sql import SparkSession

from population_decisions import batch_command, decide_frame, decide_lines

TODAY = "2024-07-01"
MONEY = pa.decimal128(12, 2)
PERSON = pa.struct(
    [
        ("person_id", pa.string()), ("role", pa.string()), ("birth_date", pa.date32()), ("resident", pa.bool_()),
        ("in_care", pa.bool_()), ("disabled", pa.bool_()), ("residence_months", pa.int32()),
        ("employment_income", MONEY), ("self_employment_income", MONEY), ("other_income", MONEY),
    ]
)
HOUSEHOLD = pa.schema(
    [("household_id", pa.int64()), ("childcare_costs", MONEY), ("members", pa.list_(PERSON))]
)
FILES = 4


def write_parquet(lines: list[str], folder: Path) -> None:
    """The rows with their types: amounts as decimals, never as binary fractions."""
    folder.mkdir()
    rows = [json.loads(line, parse_float=Decimal) for line in lines]
    for row in rows:
        for member in row["members"]:
            member["birth_date"] = date.fromisoformat(member["birth_date"])
    size = -(-len(rows) // FILES)
    for at in range(FILES):
        table = pa.Table.from_pylist(rows[at * size : (at + 1) * size], schema=HOUSEHOLD)
        parquet.write_table(table, folder / f"part-{at}.parquet")


def decisions_of(lines: list[str]) -> list[tuple]:
    """What the Parquet file must hold, from the rows of a single process."""
    rows = []
    for line in lines:
        row = json.loads(line)
        for decision in row.get("decisions") or [{}]:
            amount, unit = (decision.get("amount") or " ").split(" ")
            rows.append(
                (
                    str(row["id"]), decision.get("benefit"), decision.get("for"), decision.get("outcome", "error"),
                    Decimal(amount).quantize(Decimal("0.01")) if amount else None, unit or None,
                    decision.get("needs"), decision.get("faults"), row.get("errors"),
                )
            )
    return rows


def processor_time() -> float:
    """Seconds that this process and all below it have taken the processor, which others on the machine do not lengthen."""
    processes = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            fields = Path("/proc", name, "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        # The parent, and the time of the process and of its children that have ended.
        processes[int(name)] = int(fields[1]), sum(map(int, fields[11:15]))
    below, ticks = [os.getpid()], 0
    while below:
        process = below.pop()
        ticks += processes[process][1]
        below += [child for child, (parent, _) in processes.items() if parent == process]
    return ticks / os.sysconf("SC_CLK_TCK")


def main() -> None:
    annona, rulebook, households = sys.argv[1:4]
    folder = Path(sys.argv[4])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    command = batch_command(annona, rulebook, TODAY, "household_id", "person_id")
    times = {}

    def timed(name, body):
        start, taken = time.monotonic(), processor_time()
        result = body()
        times[name] = time.monotonic() - start, processor_time() - taken
        return result

    def single():
        with open(households, "rb") as rows:
            return subprocess.run(command, stdin=rows, capture_output=True, check=True).stdout.decode()

    alone = timed("one process", single).splitlines()
    rows = Path(households).read_text().splitlines()
    assert len(alone) == len(rows), "every row has its answer"
    write_parquet(rows, folder / "households.parquet")

    def session():
        builder = SparkSession.builder.master("local[2]").appName("annona")
        # Everything stays on this machine.
        builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.ui.enabled", "false")
        return builder.config("spark.ui.showConsoleProgress", "false").getOrCreate()

    spark = timed("start of Spark", session)
    spark.sparkContext.setLogLevel("ERROR")

    def piped(name):
        decide_lines(spark, command, households, FILES).saveAsTextFile(str(folder / name))
        return folder / name

    def framed(name):
        frame = decide_frame(command, spark.read.parquet(str(folder / "households.parquet")))
        frame.write.parquet(str(folder / name))
        return folder / name

    # The first run of each starts the workers.
    piped("first.ndjson"), framed("first.parquet")
    lines = timed("RDD.pipe", lambda: piped("decisions.ndjson"))
    frame = timed("mapInPandas, Parquet to Parquet", lambda: framed("decisions.parquet"))
    # The same without annona: what moving the rows costs.
    timed("RDD.pipe around cat", lambda: decide_lines(spark, ["cat"], households, FILES).count())
    spark.stop()

    together = "".join(part.read_text() for part in sorted(lines.glob("part-*")))
    assert together.splitlines() == alone, "RDD.pipe gives the bytes of one process"
    columns = ["id", "benefit", "member", "outcome", "amount", "unit", "needs", "faults", "errors"]
    written = parquet.read_table(frame).select(columns).to_pylist()
    # Decisions of one row stay in their order.
    found = sorted((tuple(row[name] for name in columns) for row in written), key=lambda row: int(row[0] or 0))
    assert found == sorted(decisions_of(alone), key=lambda row: int(row[0])), "mapInPandas gives the same decisions"
    total = sum(row[4] or 0 for row in found)
    print(f"{len(alone)} rows, {len(found)} decisions, {total} in all: the same by one process, RDD.pipe and mapInPandas")
    for name, (passed, taken) in times.items():
        each = "" if name == "start of Spark" else f", {taken / len(rows) * 1_000_000:.1f} µs of it a row"
        print(f"  {name}: {passed:.1f} s, {taken:.1f} s of the processor{each}")


if __name__ == "__main__":
    main()
