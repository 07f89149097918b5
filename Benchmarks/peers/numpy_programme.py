"""The reference programme by hand, in NumPy over whole cents."""

import numpy as np

from population import Population

# So many households that a chunk's columns stay near.
CHUNK = 4_096


def awards(population: Population, figures: dict, today: int) -> np.ndarray:
    """The award of each household in cents, as of the date YYYYMMDD."""
    persons, starts = population.persons, population.offsets[:-1]

    def total(column: np.ndarray) -> np.ndarray:
        return np.add.reduceat(column, starts)

    adult = ~persons["is_child"]
    age = (today - persons["birth"]) // 10_000
    eligible_child = persons["is_child"] & (age >= 0) & (age < 18) & persons["resident"] & ~persons["in_care"]
    band = np.array(figures["bands"], np.int64)[np.searchsorted([3, 6, 12], age, side="right")]
    child_amount = np.where(eligible_child, band + np.where(persons["disabled"], figures["disability"], 0), 0)
    employment = np.maximum(0, persons["employment_income"].astype(np.int64) - figures["disregard"])
    self_employment = np.maximum(0, persons["self_employment_income"].astype(np.int64))
    counted = np.where(adult, employment + self_employment + persons["other_income"], 0)

    adults, children = total(adult.astype(np.int64)), total(eligible_child.astype(np.int64))
    residence_met = np.logical_or.reduceat(adult & persons["resident"] & (persons["residence_months"] >= 6), starts)
    costs = np.minimum(population.costs, figures["childcare_cap"] * children)
    net = np.maximum(0, total(counted) - (costs * figures["relief_pct"] + 50) // 100)
    threshold = figures["ref_base"] + figures["ref_adult"] * (adults - 1) + figures["ref_child"] * children
    tier = np.searchsorted(figures["tier_edges_bp"], net * 10_000 // threshold, side="right")
    tiered = (total(child_amount) * np.array(figures["tier_rates"])[tier] + 50) // 100
    single = np.where(adults == 1, (tiered * figures["single_parent_pct"] + 50) // 100, 0)
    large = np.maximum(0, children - 2) * figures["large_family"]
    excess = np.maximum(0, net - (figures["taper_start"] + figures["taper_child"] * children))
    award = np.maximum(0, tiered + single + large - (excess * figures["taper_bp"] + 5_000) // 10_000)
    return np.where(residence_met & (children >= 1) & (award >= figures["minimum"]), award, 0)


class Numpy:
    name = "NumPy by hand, in chunks"

    def __init__(self, population: Population, figures: dict, today: int):
        self.figures, self.today = figures, today
        self.chunks = [self.part(population, start) for start in range(0, population.size, CHUNK)]
        self.one = self.part(population.first(1), 0)

    @staticmethod
    def part(population: Population, start: int) -> Population:
        offsets = population.offsets[start : start + CHUNK + 1]
        first, last = offsets[0], offsets[-1]
        persons = {name: column[first:last] for name, column in population.persons.items()}
        return Population(population.costs[start : start + CHUNK], offsets - first, persons)

    def run(self) -> list[np.ndarray]:
        return [awards(chunk, self.figures, self.today) for chunk in self.chunks]

    def cents(self, result: list[np.ndarray]) -> np.ndarray:
        return np.concatenate(result)

    def decide_one(self) -> None:
        awards(self.one, self.figures, self.today)
