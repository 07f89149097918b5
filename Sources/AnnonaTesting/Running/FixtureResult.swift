import AnnonaLanguage

/// What came of one fixture.
package struct FixtureResult: Sendable {
  package let fixture: Fixture
  /// Every expectation that did not come out, in the order written.
  package let failures: [Failure]

  package var passed: Bool { failures.isEmpty }
}

/// Something that came out otherwise than expected.
package struct Failure: Sendable {
  /// `household.tier`, `abono_de_familia/maria amount`
  package let name: String
  package let span: Span
  package let expected: String
  package let found: String
  /// What the result comes from, the nearest first; empty where there is nothing to tell.
  package let chain: [String]
  package let basis: Basis
  /// What would have to stand there for the case to pass, and where.
  package var recording: (text: String, at: Written)?
}
