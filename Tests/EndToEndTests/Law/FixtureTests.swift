import Annona
import AnnonaEngine
import AnnonaLanguage
import Testing

/// The fixtures that stand beside the rules.
@Suite struct FixtureTests {
  static let programs = Dictionary(
    uniqueKeysWithValues: RulebooksCheckTests.ids.map { id in
      (id, Result { try LawRulebook.load(id).get().program })
    })
  static let fixtures = Result { try Fixture.all() }

  @Test func areAllRead() throws { #expect(try Self.fixtures.get().count > 56) }

  @Test(arguments: (try? fixtures.get()) ?? []) func holds(_ fixture: Fixture) throws {
    let program = try #require(Self.programs[fixture.rulebook]).get()
    #expect(try fixture.mismatches(program) == [])
  }
}
