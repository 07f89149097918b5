"""Decides a population with `annona batch` inside Apache Spark: each partition feeds one process and takes its rows.

    spark-submit population_decisions.py --annona ./annona/annona --rulebook ./annona/rulebook --today 2024-07-01 \\
      --id household_id --member-id person_id households.parquet decisions.parquet

reads Parquet, and writes a row for each decision. Of NDJSON (a path that ends with `.ndjson`) it pipes the lines
themselves, and writes the lines that `annona batch` writes.
"""

import argparse
import shlex
import subprocess
import threading

import pandas
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f
from pyspark.sql.types import ArrayType, StringType, StructField, StructType

# A row of `annona batch`: its decisions, or why it is no case.
DECISION = StructType(
    [StructField(name, StringType()) for name in ("benefit", "for", "outcome", "amount")]
    + [StructField("needs", ArrayType(StringType())), StructField("faults", ArrayType(StringType()))]
)
ROW = StructType(
    [
        StructField("id", StringType()),
        StructField("decisions", ArrayType(DECISION)),
        StructField("errors", ArrayType(StringType())),
    ]
)


def batch_command(annona: str, rulebook: str, today: str, id: str = "id", member_id: str = "id") -> list[str]:
    """What each partition runs; the paths are those of the machine it runs on."""
    return [annona, "batch", rulebook, "-", "--today", today, "--id", id, "--member-id", member_id]


def decide_lines(spark: SparkSession, command: list[str], households: str, partitions: int):
    """Lines of NDJSON to lines of decisions, in their order, by `RDD.pipe`."""
    lines = spark.sparkContext.textFile(households, partitions)
    return lines.pipe(shlex.join(command), checkCode=True)


def decide_frame(command: list[str], households: DataFrame) -> DataFrame:
    """Rows of any source, with nested members, to a row for each decision, by `mapInPandas`."""

    def decide(frames):
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        fed, problems = [], []

        # One thread feeds while the other takes, so that neither waits for a full pipe.
        def feed():
            try:
                for frame in frames:
                    process.stdin.write("".join(row + "\n" for row in frame["row"]).encode())
                    fed.append(len(frame))
                process.stdin.close()
            except Exception as problem:
                problems.append(problem)
                process.kill()

        feeder = threading.Thread(target=feed)
        feeder.start()
        taken = 0
        while lines := process.stdout.readlines(1 << 22):
            taken += len(lines)
            yield pandas.DataFrame({"row": [line.decode() for line in lines]})
        feeder.join()
        status = process.wait()
        # A task that fails is run again by Spark; rows that are missed would be missed in silence.
        if problems:
            raise problems[0]
        if status != 0 or taken != sum(fed):
            raise RuntimeError(f"annona ended with status {status} after {taken} of {sum(fed)} rows")

    # Spark writes the rows as JSON itself: amounts with all their digits, dates as 2024-07-01.
    rows = households.select(f.to_json(f.struct("*")).alias("row")).mapInPandas(decide, "row string")
    row = rows.select(f.from_json("row", ROW).alias("row")).select("row.*")
    decision = row.select("id", f.explode_outer("decisions").alias("decision"), "errors")
    amount = f.split("decision.amount", " ")
    return decision.select(
        "id", "decision.benefit", f.col("decision.for").alias("member"),
        f.coalesce("decision.outcome", f.lit("error")).alias("outcome"),
        # An amount is `182.41 EUR/month`.
        amount[0].cast("decimal(18,2)").alias("amount"), amount[1].alias("unit"),
        "decision.needs", "decision.faults", "errors",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("--annona", "--rulebook", "--today"):
        parser.add_argument(name, required=True)
    parser.add_argument("--id", default="id")
    parser.add_argument("--member-id", default="id")
    parser.add_argument("--partitions", type=int, default=8)
    parser.add_argument("households")
    parser.add_argument("decisions")
    asked = parser.parse_args()
    spark = SparkSession.builder.appName("annona").getOrCreate()
    command = batch_command(asked.annona, asked.rulebook, asked.today, asked.id, asked.member_id)
    if asked.households.endswith(".ndjson"):
        decide_lines(spark, command, asked.households, asked.partitions).saveAsTextFile(asked.decisions)
    else:
        decide_frame(command, spark.read.parquet(asked.households)).write.parquet(asked.decisions)
    spark.stop()


if __name__ == "__main__":
    main()
