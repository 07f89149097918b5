import Testing

private let family = """
  entities:
    household:
      facts:
        p: boolean
      has:
        children: { type: list of person, max: 4 }
    person:
      facts:
        resident: boolean
        amount: { type: EUR, min: 0 }
        rank: { type: integer }

  """

@Suite("Lists and members")
struct ListTests {
  private static let two = "{ a: { amount: 100, resident: true }, b: { amount: 50 } }"

  @Test(arguments: [
    // 15, 16: elements are certain or possible.
    Reading("count(children where resident)", two, "1 to 2; needs person/b.resident"),
    Reading(
      "sum((children where resident).amount)", two, "100 to 150 EUR; needs person/b.resident"),
    Reading("max((children where resident).amount)", two, "100 EUR"),
    Reading("min((children where resident).amount)", two, "50 to 100 EUR; needs person/b.resident"),
    Reading("some c in children satisfies c.resident", two, "true"),
    Reading("every c in children satisfies c.resident", two, "unknown; needs person/b.resident"),
    Reading("count(children where 1 / rank > 0)", "{ a: { rank: 0 } }", "error: division_by_zero"),
    // 17: a list is open or closed.
    Reading("count(children)", "unknown", "0 to 4; needs household.children"),
    Reading("count(children)", "[]", "0"),
    Reading("sum(children.amount)", "unknown", "0 EUR or more; needs household.children"),
    Reading("sum(children.amount)", "[]", "0 EUR"),
    Reading("every c in children satisfies c.amount >= 0", "unknown", "true"),
    Reading("some c in children satisfies c.amount < 0", "unknown", "false"),
    Reading("max(children.amount)", "[]", "error: empty_list"),
    Reading("max(children.amount default 0)", "[]", "0 EUR"),
    Reading(
      "max(children.amount)", "unknown", "0 EUR or more or empty_list; needs household.children"),
    Reading("mean(children.amount)", "{ a: { amount: 1 }, b: { amount: 2 } }", "1.5 EUR"),
    Reading(
      "first(sort(children by rank)).amount",
      "{ a: { rank: 2, amount: 1 }, b: { rank: 1, amount: 7 } }", "7 EUR"),
    // 18: an open key leaves the order open, not the sum.
    Reading(
      "sum(sort(children by rank).amount)", "{ a: { rank: 2, amount: 1 }, b: { amount: 7 } }",
      "8 EUR"),
  ])
  func reads(_ reading: Reading) throws {
    let law = try Law(family + "rules:\n  household.it: \(reading.rule)\n")
    #expect(try law.value(of: "household.it", "{ children: \(reading.facts) }") == reading.value)
  }

  @Test func placeIsOpenWhereAKeyIs() throws {
    let law = try Law(
      family + "rules:\n  person.place: position(this, sort(household.children by rank))\n")
    let facts = "{ children: { a: { rank: 2 }, b: {} } }"
    #expect(
      try law.value(of: "person.place", facts, for: "a") == "1 to 2; needs person/b.rank")
  }

  /// 19: ties keep the order given.
  @Test func twinsKeepTheirOrder() throws {
    let law = try Law(
      family + "rules:\n  person.place: position(this, sort(household.children by rank))\n")
    let facts = "{ children: { b: { rank: 2 }, a: { rank: 2 } } }"
    #expect(try law.value(of: "person.place", facts, for: "b") == "1")
    #expect(try law.value(of: "person.place", facts, for: "a") == "2")
  }
}
