"""The reference programme by exact fractions and calendar dates: slow, and what every other is held to."""

import math
from datetime import date
from fractions import Fraction

from population import Population


def cents(amount: Fraction) -> int:
    """Half a cent goes up."""
    return math.floor(amount * 100 + Fraction(1, 2))


def awards(population: Population, figures: dict, today: date) -> list[int]:
    """The award of each household in cents."""
    columns = {name: column.tolist() for name, column in population.persons.items()}
    offsets = population.offsets.tolist()
    return [
        award(costs, [{name: columns[name][at] for name in columns} for at in range(start, end)], figures, today)
        for costs, start, end in zip(population.costs.tolist(), offsets, offsets[1:])
    ]


def award(costs: int, members: list[dict], figures: dict, today: date) -> int:
    def euros(name_or_cents) -> Fraction:
        return Fraction(figures[name_or_cents] if isinstance(name_or_cents, str) else name_or_cents, 100)

    adults = children = 0
    base = gross = Fraction(0)
    residence_met = False
    for member in members:
        birth = date(member["birth"] // 10_000, member["birth"] // 100 % 100, member["birth"] % 100)
        age = today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
        if not member["is_child"]:
            adults += 1
            gross += max(Fraction(0), euros(member["employment_income"]) - euros("disregard"))
            gross += max(Fraction(0), euros(member["self_employment_income"])) + euros(member["other_income"])
            residence_met |= member["resident"] and member["residence_months"] >= 6
        elif 0 <= age < 18 and member["resident"] and not member["in_care"]:
            children += 1
            base += euros(figures["bands"][0 if age < 3 else 1 if age < 6 else 2 if age < 12 else 3])
            base += euros("disability") if member["disabled"] else 0
    relief = euros(cents(Fraction(figures["relief_pct"], 100) * min(euros(costs), children * euros("childcare_cap"))))
    net = max(Fraction(0), gross - relief)
    threshold = euros("ref_base") + euros("ref_adult") * (adults - 1) + euros("ref_child") * children
    tier = sum(net / threshold >= Fraction(edge, 10_000) for edge in figures["tier_edges_bp"])
    tiered = euros(cents(base * figures["tier_rates"][tier] / 100))
    single = euros(cents(tiered * Fraction(figures["single_parent_pct"], 100))) if adults == 1 else 0
    large = max(0, children - 2) * euros("large_family")
    excess = max(Fraction(0), net - euros("taper_start") - children * euros("taper_child"))
    amount = max(Fraction(0), tiered + single + large - euros(cents(excess * Fraction(figures["taper_bp"], 10_000))))
    return int(amount * 100) if residence_met and children >= 1 and amount >= euros("minimum") else 0
