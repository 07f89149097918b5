import AnnonaEngine
import AnnonaLanguage
import Testing

/// Parameters drawn as a grid: where each row comes from, and why a cell is open.
@Suite struct GridTests {
  static let law = Result {
    try Law(
      """
      sources: { act: { title: Act }, order: { title: Order } }
      parameters:
        rates:
          type: EUR/week
          cites: act s 1
          until_further_notice: true
          title: Rates
          columns: { other: Rate of other children }
          values: |
            from       | eldest | other | cites
            2020-01-01 | 20     | 13    | order cl. 2
            2021-01-01 | 21     | unverified: The order was not seen. |
            2022-01-01 | 22     | unverified |
            2023-01-01 | 23     | unverified between 13.50 and 14: Two sources differ. |
      entities:
        household: { facts: { poor: boolean } }
      rules:
        household.both: rates.eldest + rates.other
        household.poor_enough: poor
      benefits:
        grant: { entitled: household.poor_enough, amount: household.both }
      """)
  }

  @Test func theColumnOfSourcesIsNoFigure() throws {
    let law = try Self.law.get()
    #expect(law.program.parameters.map(\.name) == ["rates.eldest", "rates.other"])
    #expect(try law.value(of: "household.both", "{}", today: "2020-06-01") == "33 EUR/week")
  }

  @Test func aRowCitesItsOwnSource() throws {
    let entries = try Self.law.get().program.parameters[0].entries
    #expect(entries.map { $0.citations.map(\.text) } == [["order cl. 2"], [], [], []])
  }

  @Test func aColumnHasItsOwnTitleOrThatOfTheGrid() throws {
    let titles = try Self.law.get().program.parameters.map { $0.title.text(in: "en", else: "en") }
    #expect(titles == ["Rates", "Rate of other children"])
  }

  @Test func anOpenCellHasTheBoundsThatAreCertain() throws {
    let law = try Self.law.get()
    let both = try law.value(of: "household.both", "{}", today: "2023-06-01")
    #expect(both == "36.5 to 37 EUR/week; needs rates.other")
  }

  @Test(arguments: [
    ("2021-06-01", "The order was not seen."), ("2022-06-01", nil),
    ("2023-06-01", "Two sources differ."),
  ])
  func anOpenCellSaysWhy(_ today: String, _ why: String?) throws {
    let (decision, _) = try Self.law.get().decide("{ household: { poor: true } }", today: today)
    #expect(decision.benefits[0].outcome == .refer)
    guard case .unverified(let found)? = decision.benefits[0].referrals.first?.cause else {
      Issue.record("not referred for a figure")
      return
    }
    #expect(found.text(in: "en", else: "en") == why)
  }
}
