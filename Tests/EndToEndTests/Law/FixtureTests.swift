import Annona
import AnnonaEngine
import AnnonaLanguage
import Testing

/// The fixtures that stand beside the rules.
@Suite struct FixtureTests {
  static let programs = Result {
    try Dictionary(
      uniqueKeysWithValues: RulebooksCheckTests.ids.map {
        ($0, try LawRulebook.load($0).get().program)
      })
  }
  static let fixtures = Result { try Fixture.all() }

  @Test func areAllRead() throws { #expect(try Self.fixtures.get().count > 56) }

  @Test(arguments: (try? fixtures.get()) ?? []) func holds(_ fixture: Fixture) throws {
    let program = try #require(try Self.programs.get()[fixture.rulebook])
    #expect(try fixture.mismatches(program) == [])
  }
}
