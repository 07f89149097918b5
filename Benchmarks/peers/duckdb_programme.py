"""The reference programme as SQL, over tables in memory."""

import duckdb
import numpy as np

from population import Population

PERSONS = """household_id INTEGER, is_child BOOLEAN, birth INTEGER, resident BOOLEAN, in_care BOOLEAN,
  disabled BOOLEAN, residence_months INTEGER, employment_income INTEGER, self_employment_income INTEGER,
  other_income INTEGER"""

QUERY = """
WITH q AS (SELECT * FROM figures WHERE valid_from <= {today} ORDER BY valid_from DESC LIMIT 1),
p1 AS (
  SELECT household_id, is_child, resident, in_care, disabled, residence_months,
    ({today} - birth) // 10000 - CASE WHEN birth > {today} THEN 1 ELSE 0 END AS age,
    CASE WHEN is_child THEN 0 ELSE greatest(0, employment_income - disregard) END AS employment,
    CASE WHEN is_child THEN 0 ELSE greatest(0, self_employment_income) END AS self_employment,
    CASE WHEN is_child THEN 0 ELSE other_income END AS other
  FROM persons, q),
p2 AS (SELECT *, is_child AND age >= 0 AND age < 18 AND resident AND NOT in_care AS child_eligible FROM p1),
p3 AS (
  SELECT *,
    CASE WHEN NOT child_eligible THEN 0 WHEN age < 3 THEN bands_0 WHEN age < 6 THEN bands_1
      WHEN age < 12 THEN bands_2 ELSE bands_3 END AS band,
    CASE WHEN child_eligible AND disabled THEN disability ELSE 0 END AS supplement
  FROM p2, q),
h1 AS (
  SELECT household_id, count(*) FILTER (NOT is_child) AS adults, count(*) FILTER (child_eligible) AS children,
    bool_or(NOT is_child AND resident AND residence_months >= 6) AS residence_met,
    sum(employment + self_employment + other)::BIGINT AS gross, sum(band + supplement)::BIGINT AS base
  FROM p3 GROUP BY household_id),
h2 AS (
  SELECT h1.*,
    greatest(0, gross - (least(costs, childcare_cap * children) * relief_pct + 50) // 100) AS net,
    ref_base + ref_adult * (adults - 1) + ref_child * children AS threshold
  FROM h1 JOIN households USING (household_id), q),
h3 AS (SELECT *, net * 10000 // threshold AS ratio FROM h2),
h4 AS (
  SELECT h3.*,
    CASE WHEN ratio < tier_edges_bp_0 THEN tier_rates_0 WHEN ratio < tier_edges_bp_1 THEN tier_rates_1
      WHEN ratio < tier_edges_bp_2 THEN tier_rates_2 WHEN ratio < tier_edges_bp_3 THEN tier_rates_3
      ELSE tier_rates_4 END AS rate
  FROM h3, q),
h5 AS (SELECT *, (base * rate + 50) // 100 AS tiered FROM h4),
h6 AS (
  SELECT h5.*, greatest(0, tiered
    + CASE WHEN adults = 1 THEN (tiered * single_parent_pct + 50) // 100 ELSE 0 END
    + greatest(0, children - 2) * large_family
    - (greatest(0, net - (taper_start + taper_child * children)) * taper_bp + 5000) // 10000) AS award
  FROM h5, q)
SELECT household_id,
  CASE WHEN residence_met AND children >= 1 AND award >= minimum THEN award ELSE 0 END AS award
FROM h6, q
"""

ROWS = """
CREATE OR REPLACE TABLE households AS
  SELECT household_id::INTEGER AS household_id, round(childcare_costs * 100)::INTEGER AS costs, members
  FROM read_json('{path}', format = 'newline_delimited', columns = {{household_id: 'INTEGER',
    childcare_costs: 'DECIMAL(18,2)', members: 'STRUCT(role VARCHAR, birth_date DATE, resident BOOLEAN,
      in_care BOOLEAN, disabled BOOLEAN, residence_months INTEGER, employment_income DECIMAL(18,2),
      self_employment_income DECIMAL(18,2), other_income DECIMAL(18,2))[]'}});
CREATE OR REPLACE TABLE persons AS
  SELECT household_id, m.role = 'child' AS is_child, strftime(m.birth_date, '%Y%m%d')::INTEGER AS birth, m.resident,
    m.in_care, m.disabled, m.residence_months, (m.employment_income * 100)::INTEGER AS employment_income,
    (m.self_employment_income * 100)::INTEGER AS self_employment_income, (m.other_income * 100)::INTEGER AS other_income
  FROM (SELECT household_id, unnest(members) AS m FROM households)
"""


class DuckDB:
    name = "DuckDB, as SQL"

    def __init__(self, population: Population, figures_by_year: dict, today: int):
        self.query = QUERY.format(today=today)
        self.figures_by_year = figures_by_year
        self.tables = self.connect()
        household = np.repeat(np.arange(population.size, dtype=np.int32) + 1, np.diff(population.offsets))
        self.fill(self.tables, np.arange(population.size, dtype=np.int32) + 1, population.costs, household,
                  population.persons)
        one, count = population.first(1), int(population.offsets[1])
        self.one = self.connect()
        self.fill(self.one, np.ones(1, np.int32), one.costs, np.ones(count, np.int32), one.persons)
        self.one.execute("PREPARE decision AS " + self.query)

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A database in memory that knows the figures and uses one thread."""
        connection = duckdb.connect()
        connection.execute("SET threads = 1")
        for year, figures in self.figures_by_year.items():
            row = {"valid_from": int(year) * 10_000 + 101}
            for name, value in figures.items():
                row |= {f"{name}_{at}": one for at, one in enumerate(value)} if isinstance(value, list) else {name: value}
            connection.execute(f"CREATE TABLE IF NOT EXISTS figures ({', '.join(f'{name} BIGINT' for name in row)})")
            connection.execute(f"INSERT INTO figures VALUES ({', '.join(map(str, row.values()))})")
        return connection

    @staticmethod
    def fill(connection, households, costs, of_household, persons) -> None:
        rows = {"household_id": households, "costs": costs}
        connection.register("given_households", rows)
        connection.execute("CREATE TABLE households AS SELECT * FROM given_households")
        members = {"household_id": of_household, **persons}
        connection.register("given_persons", members)
        connection.execute(f"CREATE TABLE persons ({PERSONS})")
        connection.execute("INSERT INTO persons SELECT * FROM given_persons")

    def run(self):
        return self.tables.execute(self.query).fetchnumpy()

    def cents(self, result) -> np.ndarray:
        awards = np.zeros(len(result["award"]), np.int64)
        awards[np.asarray(result["household_id"]) - 1] = result["award"]
        return awards

    def decide_one(self) -> None:
        self.one.execute("EXECUTE decision").fetchall()

    def run_file(self, path: str):
        """From a file of rows to awards."""
        connection = self.connect()
        for statement in ROWS.format(path=path).split(";"):
            connection.execute(statement)
        return connection.execute(self.query).fetchnumpy()
