import Annona
import AnnonaEngine
import AnnonaLanguage
import Testing

/// An event that brings several members at once: twins, or the counties of a disaster.
@Suite struct EventMembersTests {
  static let rulebook = Result { try LawRulebook.load("us.fema_ihp").get() }

  /// The ids of the counties, or the problems.
  private func counties(_ payload: String) throws -> [String] {
    let rulebook = try Self.rulebook.get()
    let report = SourceFile(
      path: "declaration.yaml",
      text: """
        event: disaster.declared
        id: DR-1
        on: 2024-10-11
        payload:
          number: DR-1
          declared_on: 2024-10-11
          registration_closes: 2024-12-10
          serious_needs_days: 30
          lodging_rate: 128
          designated_counties: \(payload)
        """)
    let household = SourceFile(path: "household.yaml", text: "today: 2024-11-04\nhousehold: {}")
    do {
      let facts = try rulebook.readCase(household, after: report, today: nil)
      let program = rulebook.program
      return facts.instances.filter { program.entities[$0.entity].name == "designated_county" }
        .map(\.id)
    } catch {
      return error.diagnostics.map(\.message)
    }
  }

  @Test(arguments: [
    ("{ fips: a, county: A }", ["a"]),
    ("[ { fips: a, county: A } ]", ["a"]),
    ("[ { fips: a, county: A }, { fips: b, county: B } ]", ["a", "b"]),
    ("[]", []),
    (
      "[ { fips: a, county: A }, { fips: b } ]",
      ["the event lacks `designated_counties.county`, which `disaster.declared` is to bring"]
    ),
  ])
  func eachIsBrought(_ payload: String, _ ids: [String]) throws {
    #expect(try counties(payload) == ids)
  }
}
