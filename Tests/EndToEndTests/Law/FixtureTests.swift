import Annona
import AnnonaTesting
import Foundation
import Testing

/// The fixtures that stand beside the rules.
@Suite struct FixtureTests {
  static let suites = Result { try Self.read() }

  private static func read() throws -> [FixtureSuite] {
    let files = try FixtureFolder.files(below: LawRulebook.project.path + "/Rules").map {
      FixtureFile($0)
    }
    var suites: [FixtureSuite] = []
    for id in Set(files.compactMap(\.rulebook?.text)).sorted() {
      let own = files.filter { $0.rulebook?.text == id }
      let rulebook = try FixtureFolder.rulebook(called: id, beside: own[0].source)
      suites.append(FixtureSuite(try #require(rulebook).get().program, own.map(\.source)))
    }
    return suites
  }

  @Test func areAllRead() throws {
    let suites = try Self.suites.get()
    #expect(suites.flatMap(\.diagnostics).map(\.message) == [])
    #expect(suites.reduce(0) { $0 + $1.fixtures.count } > 100)
  }

  @Test(arguments: (try? suites.get()) ?? []) func hold(_ suite: FixtureSuite) {
    let run = SuiteRun(suite)
    #expect(run.failed.isEmpty, "\(TestText().render([run]))")
  }
}

extension FixtureSuite: CustomTestStringConvertible {
  public var testDescription: String { program.id }
}
