"""The reference programme for OpenFisca, in whole cents: its usual 32-bit floats are not exact."""

import datetime

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import ETERNITY, MONTH
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from population import Population

ROLES = [{"key": "adult", "plural": "adults"}, {"key": "child", "plural": "children"}]
Household = build_entity(key="household", plural="households", label="Household", roles=ROLES)
Person = build_entity(key="person", plural="persons", label="Person", is_person=True)
ADULT, CHILD = Household.ADULT, Household.CHILD
VARIABLES = []


def declare(name, kind, entity, period=MONTH, **attributes):
    attributes |= {"value_type": kind, "entity": entity, "definition_period": period, "label": name}
    VARIABLES.append(type(name, (Variable,), attributes))


def rule(kind, entity):
    """Declares a variable that is named and computed like the function."""
    return lambda formula: declare(formula.__name__, kind, entity, formula=formula)


MONTHLY = {
    "resident": bool, "in_care": bool, "disabled": bool, "residence_months": int,
    "employment_income": int, "self_employment_income": int, "other_income": int,
}
declare("birth", datetime.date, Person, ETERNITY, default_value=datetime.date(1970, 1, 1))
declare("childcare_costs", int, Household)
for fact, kind in MONTHLY.items():
    declare(fact, kind, Person)


@rule(int, Person)
def age(person, period, parameters):
    birth = person("birth", period)
    months = birth.astype("datetime64[M]")
    year, month = np.divmod(months.astype(int), 12)
    day = (birth - months + 1).astype(int)
    start = period.start
    had_birthday = (month + 1 < start.month) + (month + 1 == start.month) * (day <= start.day)
    return start.year - (year + 1970) - np.where(had_birthday, 0, 1)


@rule(bool, Person)
def child_eligible(person, period, parameters):
    years = person("age", period)
    is_at_home = person("resident", period) * np.logical_not(person("in_care", period))
    return person.has_role(CHILD) * (years >= 0) * (years < 18) * is_at_home


@rule(int, Person)
def band_amount(person, period, parameters):
    return person("child_eligible", period) * parameters(period).bands.calc(person("age", period))


@rule(int, Person)
def disability_supplement(person, period, parameters):
    return person("child_eligible", period) * person("disabled", period) * parameters(period).disability


@rule(int, Person)
def child_amount(person, period, parameters):
    return person("band_amount", period) + person("disability_supplement", period)


@rule(int, Person)
def employment_counted(person, period, parameters):
    income = person("employment_income", period) - parameters(period).disregard
    return person.has_role(ADULT) * np.maximum(0, income)


@rule(int, Person)
def self_employment_counted(person, period, parameters):
    return person.has_role(ADULT) * np.maximum(0, person("self_employment_income", period))


@rule(int, Person)
def counted_income(person, period, parameters):
    other = person.has_role(ADULT) * person("other_income", period)
    return person("employment_counted", period) + person("self_employment_counted", period) + other


@rule(int, Household)
def nb_adults(household, period, parameters):
    return household.nb_persons(ADULT)


@rule(int, Household)
def nb_children(household, period, parameters):
    return household.sum(household.members("child_eligible", period))


@rule(bool, Household)
def is_single_parent(household, period, parameters):
    return household("nb_adults", period) == 1


@rule(bool, Household)
def residence_met(household, period, parameters):
    members = household.members
    return household.any(members("resident", period) * (members("residence_months", period) >= 6), role=ADULT)


@rule(bool, Household)
def eligible(household, period, parameters):
    return household("residence_met", period) * (household("nb_children", period) >= 1)


@rule(int, Household)
def gross_income(household, period, parameters):
    return household.sum(household.members("counted_income", period))


@rule(int, Household)
def childcare_relief(household, period, parameters):
    figures = parameters(period)
    cap = figures.childcare_cap * household("nb_children", period)
    return (np.minimum(household("childcare_costs", period), cap) * figures.relief_pct + 50) // 100


@rule(int, Household)
def net_income(household, period, parameters):
    return np.maximum(0, household("gross_income", period) - household("childcare_relief", period))


@rule(int, Household)
def reference_threshold(household, period, parameters):
    figures = parameters(period)
    adults = figures.ref_base + figures.ref_adult * (household("nb_adults", period) - 1)
    return adults + figures.ref_child * household("nb_children", period)


@rule(int, Household)
def income_ratio(household, period, parameters):
    return household("net_income", period).astype(np.int64) * 10_000 // household("reference_threshold", period)


@rule(int, Household)
def tier(household, period, parameters):
    return parameters(period).tiers.calc(household("income_ratio", period))


@rule(int, Household)
def tier_rate(household, period, parameters):
    return parameters(period).tier_rates.calc(household("tier", period))


@rule(int, Household)
def base_amount(household, period, parameters):
    return household.sum(household.members("child_amount", period))


@rule(int, Household)
def tiered_amount(household, period, parameters):
    return (household("base_amount", period) * household("tier_rate", period) + 50) // 100


@rule(int, Household)
def single_parent_uplift(household, period, parameters):
    uplift = (household("tiered_amount", period) * parameters(period).single_parent_pct + 50) // 100
    return household("is_single_parent", period) * uplift


@rule(int, Household)
def large_family_uplift(household, period, parameters):
    return np.maximum(0, household("nb_children", period) - 2) * parameters(period).large_family


@rule(int, Household)
def subtotal(household, period, parameters):
    uplifts = household("single_parent_uplift", period) + household("large_family_uplift", period)
    return household("tiered_amount", period) + uplifts


@rule(int, Household)
def taper_reduction(household, period, parameters):
    figures = parameters(period)
    start = figures.taper_start + figures.taper_child * household("nb_children", period)
    excess = np.maximum(0, household("net_income", period) - start)
    return (excess.astype(np.int64) * figures.taper_bp + 5_000) // 10_000


@rule(int, Household)
def award_before_minimum(household, period, parameters):
    return np.maximum(0, household("subtotal", period) - household("taper_reduction", period))


@rule(int, Household)
def award(household, period, parameters):
    amount = household("award_before_minimum", period)
    return household("eligible", period) * np.where(amount >= parameters(period).minimum, amount, 0)


def parameter_tree(figures_by_year: dict) -> ParameterNode:
    def dated(value):
        return {f"{year}-01-01": {"value": value(figures)} for year, figures in figures_by_year.items()}

    def scale(thresholds, amounts, count):
        brackets = [
            {
                "threshold": dated(lambda figures: thresholds(figures)[at]),
                "amount": dated(lambda figures: amounts(figures)[at]),
            }
            for at in range(count)
        ]
        return {"metadata": {"type": "single_amount"}, "brackets": brackets}

    some = next(iter(figures_by_year.values()))
    tree = {
        name: {"values": dated(lambda figures: figures[name])}
        for name, value in some.items() if not isinstance(value, list)
    }
    tree["bands"] = scale(lambda figures: [0, 3, 6, 12], lambda figures: figures["bands"], 4)
    tree["tiers"] = scale(lambda figures: [0, *figures["tier_edges_bp"]], lambda figures: range(5), 5)
    tree["tier_rates"] = scale(lambda figures: range(5), lambda figures: figures["tier_rates"], 5)
    return ParameterNode("", data=tree)


class OpenFisca:
    name = "OpenFisca 46, in whole cents"

    def __init__(self, population: Population, figures_by_year: dict, today: int):
        self.period = f"{today // 10_000}-{today // 100 % 100:02d}"
        self.system = TaxBenefitSystem([Household, Person])
        for variable in VARIABLES:
            self.system.add_variable(variable)
        self.system.parameters = parameter_tree(figures_by_year)
        self.size = population.size
        persons = population.persons
        year, month_day = np.divmod(persons["birth"], 10_000)
        month, day = np.divmod(month_day, 100)
        months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
        self.birth = months.astype("datetime64[D]") + (day - 1)
        self.costs, self.persons = population.costs, persons
        self.household = np.repeat(np.arange(self.size), np.diff(population.offsets))
        self.role = persons["is_child"].astype(np.int8)
        self.situation = self.one(population.first(1))

    def one(self, population: Population) -> dict:
        """The first household as OpenFisca's own JSON."""
        persons, groups = {}, {"adults": [], "children": []}
        for at in range(int(population.offsets[1])):
            member = {name: {self.period: population.persons[name][at].item()} for name in MONTHLY}
            text = str(population.persons["birth"][at])
            member["birth"] = {"ETERNITY": f"{text[:4]}-{text[4:6]}-{text[6:]}"}
            persons[f"p{at}"] = member
            groups["children" if population.persons["is_child"][at] else "adults"].append(f"p{at}")
        costs = {"childcare_costs": {self.period: int(population.costs[0])}}
        return {"persons": persons, "households": {"h": {**groups, **costs}}}

    def run(self) -> np.ndarray:
        builder = SimulationBuilder()
        builder.create_entities(self.system)
        builder.declare_person_entity("person", np.arange(len(self.birth)))
        households = builder.declare_entity("household", np.arange(self.size))
        builder.join_with_persons(households, self.household, self.role)
        simulation = builder.build(self.system)
        simulation.set_input("birth", "ETERNITY", self.birth)
        for name in MONTHLY:
            simulation.set_input(name, self.period, self.persons[name])
        simulation.set_input("childcare_costs", self.period, self.costs)
        return simulation.calculate("award", self.period)

    def cents(self, result: np.ndarray) -> np.ndarray:
        return np.asarray(result)

    def decide_one(self) -> None:
        SimulationBuilder().build_from_entities(self.system, self.situation).calculate("award", self.period)
