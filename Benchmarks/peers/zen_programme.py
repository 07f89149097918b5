"""The reference programme as a decision graph of GoRules ZEN, in decimals."""

import json

import numpy as np
import zen

from population import Population

# The figures that hold from a month on, as the graph's first table names them.
FIGURES = [
    "bands", "disability", "disregard", "relief_pct", "childcare_cap", "ref_base", "ref_adult", "ref_child",
    "tier_rates", "single_parent_pct", "large_family", "taper_start", "taper_child", "taper_bp", "minimum",
]
# What a whole number of each stands for; the others are cents.
PER = {"tier_rates": 100, "relief_pct": 100, "single_parent_pct": 100, "taper_bp": 10_000}

PERSONS = {
    "is_child": "role == 'child'",
    "age": "floor(($nodes.request.ymd - birth_ymd) / 10000)",
    "child_eligible": "$.is_child and $.age >= 0 and $.age < 18 and resident and not in_care",
    "employment_counted": "$.is_child ? 0 : max([0, employment_income - $nodes.parameters.p.disregard])",
    "self_employment_counted": "$.is_child ? 0 : max([0, self_employment_income])",
    "counted_income": "$.is_child ? 0 : $.employment_counted + $.self_employment_counted + other_income",
    "disability_supplement": "$.child_eligible and disabled ? $nodes.parameters.p.disability : 0",
}
HOUSEHOLD = {
    "nb_adults": "count(members, not #.is_child)",
    "nb_children": "count(members, #.child_eligible)",
    "is_single_parent": "$.nb_adults == 1",
    "residence_met": "some(members, not #.is_child and #.resident and #.residence_months >= 6)",
    "eligible": "$.residence_met and $.nb_children >= 1",
    "gross_income": "sum(map(members, #.counted_income))",
    "childcare_relief": "round(min([childcare_costs, p.childcare_cap * $.nb_children]) * p.relief_pct, 2)",
    "net_income": "max([0, $.gross_income - $.childcare_relief])",
    "reference_threshold": "p.ref_base + p.ref_adult * ($.nb_adults - 1) + p.ref_child * $.nb_children",
    "income_ratio": "$.net_income / $.reference_threshold",
    "base_amount": "sum(map(members, #.band_amount + #.disability_supplement))",
}
AWARD = {
    "tier_rate": "p.tier_rates[tier]",
    "tiered_amount": "round(base_amount * $.tier_rate, 2)",
    "single_parent_uplift": "is_single_parent ? round($.tiered_amount * p.single_parent_pct, 2) : 0",
    "large_family_uplift": "max([0, nb_children - 2]) * p.large_family",
    "subtotal": "$.tiered_amount + $.single_parent_uplift + $.large_family_uplift",
    "taper_reduction":
        "round(max([0, net_income - (p.taper_start + p.taper_child * nb_children)]) * p.taper_bp, 2)",
    "award_before_minimum": "max([0, $.subtotal - $.taper_reduction])",
    "award": "eligible and $.award_before_minimum >= p.minimum ? $.award_before_minimum : 0",
}


def node(name: str, kind: str, content: dict) -> dict:
    return {"id": name, "name": name, "type": kind, "position": {"x": 0, "y": 0}, "content": content}


def way(of_members: bool, keeps: bool = True) -> dict:
    """How a node takes what comes in: whole, or each member in turn."""
    members = "members" if of_members else None
    mode = "loop" if of_members else "single"
    return {"passThrough": keeps, "inputField": members, "outputPath": members, "executionMode": mode}


def table(name: str, inputs: list[str], outputs: list[str], rules: list[list[str]], of_members: bool = False) -> dict:
    names = [f"in_{at}" for at in range(len(inputs))] + [f"out_{at}" for at in range(len(outputs))]
    columns = [{"id": id, "name": field, "field": field} for id, field in zip(names, inputs + outputs)]
    rows = [{"_id": f"{name}_{at}", **dict(zip(names, cells))} for at, cells in enumerate(rules)]
    split = len(inputs)
    content = {"hitPolicy": "first", "inputs": columns[:split], "outputs": columns[split:], "rules": rows}
    return node(name, "decisionTableNode", content | way(of_members))


def expressions(name: str, formulas: dict[str, str], of_members: bool = False, keeps: bool = True) -> dict:
    lines = [{"id": f"{name}_{key}", "key": key, "value": value} for key, value in formulas.items()]
    return node(name, "expressionNode", {"expressions": lines} | way(of_members, keeps))


def graph(figures_by_year: dict) -> dict:
    def text(name, value):
        if isinstance(value, list):
            return f"[{', '.join(text(name, one) for one in value)}]"
        return str(value / PER.get(name, 100))

    years = sorted(figures_by_year)
    dated = [
        [f"< {later}01" if later else ""] + [text(name, figures_by_year[year][name]) for name in FIGURES]
        for year, later in zip(years, [*years[1:], None])
    ]
    bands = [["false", "", "0"]]
    bands += [["", age, f"$nodes.parameters.p.bands[{at}]"] for at, age in enumerate(["< 3", "< 6", "< 12", ""])]
    # The edges are the same in every year.
    edges = [f"< {edge / 10_000}" for edge in figures_by_year[years[0]]["tier_edges_bp"]] + [""]
    nodes = [
        node("request", "inputNode", {"schema": ""}),
        table("parameters", ["period"], [f"p.{name}" for name in FIGURES], dated),
        expressions("persons", PERSONS, of_members=True),
        table("bands", ["child_eligible", "age"], ["band_amount"], bands, of_members=True),
        expressions("household", HOUSEHOLD),
        table("tier", ["income_ratio"], ["tier"], [[edge, str(at)] for at, edge in enumerate(edges)]),
        expressions("award", AWARD, keeps=False),
        node("response", "outputNode", {}),
    ]
    names = [one["id"] for one in nodes]
    links = [
        {"id": f"{one}_{next}", "type": "edge", "sourceId": one, "targetId": next}
        for one, next in zip(names, names[1:])
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": links}


class Zen:
    name = "GoRules ZEN 2.1"

    def __init__(self, population: Population, figures_by_year: dict, today: int):
        content = {"programme": graph(figures_by_year)}
        self.engine = zen.ZenEngine({"loader": {"type": "static", "content": content}})
        columns = {name: column.tolist() for name, column in population.persons.items()}
        offsets = population.offsets.tolist()
        self.households = [
            {
                "period": today // 100, "ymd": today, "childcare_costs": costs / 100,
                "members": [self.member(columns, at) for at in range(start, end)],
            }
            for costs, start, end in zip(population.costs.tolist(), offsets, offsets[1:])
        ]
        self.text = json.dumps(self.households[0]).encode()

    @staticmethod
    def member(columns: dict[str, list], at: int) -> dict:
        facts = {name: columns[name][at] for name in ("resident", "in_care", "disabled", "residence_months")}
        facts["role"] = "child" if columns["is_child"][at] else "adult"
        facts["birth_ymd"] = columns["birth"][at]
        for name in ("employment_income", "self_employment_income", "other_income"):
            facts[name] = columns[name][at] / 100
        return facts

    def run(self) -> list:
        evaluate = self.engine.evaluate
        return [evaluate("programme", household)["result"]["award"] for household in self.households]

    def cents(self, result: list) -> np.ndarray:
        return np.array([round(award * 100) for award in result])

    def decide_one(self) -> None:
        self.engine.evaluate("programme", self.households[0])

    def decide_bytes(self) -> None:
        self.engine.evaluate("programme", self.text)

    def decide_traced(self) -> None:
        self.engine.evaluate("programme", self.households[0], {"trace": True})
