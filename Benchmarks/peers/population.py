"""The generated population: the same households for everybody, from one seed.

    python population.py HOUSEHOLDS FOLDER

writes `households_N.ndjson`, the rows that `annona batch` reads, and `columns_N.bin`, the same as columns of 32 bits.
The first households of a larger population are those of a smaller one.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

SEED = 20240701
LARGEST = 1_000_000
# The order of columns in the file, after the two counts, the offsets and the costs.
PERSON_COLUMNS = [
    "is_child", "birth", "resident", "in_care", "disabled", "residence_months",
    "employment_income", "self_employment_income", "other_income",
]


@dataclass
class Population:
    """Columns of a population: money in cents, dates as the number YYYYMMDD."""

    costs: np.ndarray
    """What each household pays for childcare."""
    offsets: np.ndarray
    """Where each household's members begin, and at the end how many there are."""
    persons: dict[str, np.ndarray]

    @property
    def size(self) -> int:
        return len(self.costs)

    def first(self, count: int) -> "Population":
        offsets = self.offsets[: count + 1]
        persons = {name: column[: offsets[-1]] for name, column in self.persons.items()}
        return Population(self.costs[:count], offsets, persons)


def generate(count: int) -> Population:
    """The first `count` households; all draws are made for the largest population, then cut."""
    random = np.random.default_rng(SEED)
    adults = np.where(random.random(LARGEST) < 0.35, 1, 2).astype(np.int32)
    children = random.choice(7, size=LARGEST, p=[0.20, 0.28, 0.29, 0.14, 0.06, 0.02, 0.01]).astype(np.int32)
    costs = np.where(random.random(LARGEST) < 0.6, 0, random.integers(5_000, 120_001, LARGEST)).astype(np.int32)
    costs[children == 0] = 0
    sizes = adults + children
    offsets = np.zeros(LARGEST + 1, np.int32)
    np.cumsum(sizes, out=offsets[1:])
    total = int(offsets[-1])
    household = np.repeat(np.arange(LARGEST, dtype=np.int32), sizes)
    is_child = np.arange(total, dtype=np.int32) - offsets[household] >= adults[household]

    def day(text: str) -> int:
        return np.datetime64(text, "D").astype(np.int64)

    adult_births = random.integers(day("1958-01-01"), day("2005-01-01"), total)
    child_births = random.integers(day("2005-01-01"), day("2026-01-01"), total)
    birth = np.where(is_child, child_births, adult_births).astype("datetime64[D]")
    months = birth.astype("datetime64[M]")
    year, month = np.divmod(months.astype(int), 12)
    birth = (year + 1970) * 10_000 + (month + 1) * 100 + (birth - months.astype("datetime64[D]")).astype(int) + 1
    resident = random.random(total) < 0.97
    residence_months = random.integers(0, 241, total).astype(np.int32)
    residence_months[random.random(total) < 0.06] = 3
    in_care = is_child & (random.random(total) < 0.01)
    disabled = random.random(total) < 0.06
    employment = np.minimum(np.round(np.exp(random.normal(7.75, 0.65, total)) * 100), 9_000_000).astype(np.int64)
    employment[random.random(total) < 0.2] = 0
    employment[is_child] = 0
    self_employment = random.integers(-80_000, 250_001, total)
    self_employment[random.random(total) >= 0.12] = 0
    self_employment[is_child] = 0
    other = random.integers(1_000, 90_001, total)
    other[random.random(total) >= 0.2] = 0
    other[is_child] = 0
    columns = [is_child, birth, resident, in_care, disabled, residence_months, employment, self_employment, other]
    persons = {
        name: column if column.dtype == bool else column.astype(np.int32)
        for name, column in zip(PERSON_COLUMNS, columns)
    }
    return Population(costs, offsets, persons).first(count)


def money(cents: int) -> str:
    """A JSON number with two decimals."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def write_rows(population: Population, path: Path) -> None:
    offsets = population.offsets.tolist()
    members = list(zip(*(column.tolist() for column in population.persons.values())))
    texts = ("false", "true")
    with path.open("w") as file:
        for index, costs in enumerate(population.costs.tolist()):
            parts = []
            for place, member in enumerate(members[offsets[index] : offsets[index + 1]], start=1):
                child, birth, resident, in_care, disabled, months, employment, own, other = member
                parts.append(
                    f'{{"person_id":"p{place}","role":"{"child" if child else "adult"}",'
                    f'"birth_date":"{birth // 10_000:04d}-{birth // 100 % 100:02d}-{birth % 100:02d}",'
                    f'"resident":{texts[resident]},"in_care":{texts[in_care]},"disabled":{texts[disabled]},'
                    f'"residence_months":{months},"employment_income":{money(employment)},'
                    f'"self_employment_income":{money(own)},"other_income":{money(other)}}}'
                )
            file.write(
                f'{{"household_id":{index + 1},"childcare_costs":{money(costs)},"members":[{",".join(parts)}]}}\n'
            )


def write_columns(population: Population, path: Path) -> None:
    """The counts of households and persons, the offsets, the costs, and a column for each fact of a person."""
    counts = np.array([population.size, population.offsets[-1]])
    columns = [counts, population.offsets, population.costs, *population.persons.values()]
    with path.open("wb") as file:
        for column in columns:
            column.astype("<i4").tofile(file)


if __name__ == "__main__":
    count, folder = int(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    generated = generate(count)
    write_columns(generated, folder / f"columns_{count}.bin")
    write_rows(generated, folder / f"households_{count}.ndjson")
