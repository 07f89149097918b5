import Annona
import Foundation
import Support
import Testing

@Suite struct RulebookFolderTests {
  private let header = "rulebook: one\n"

  @Test func aFolderIsOneRulebookInByteOrderWithoutFixtures() throws {
    let folder = try TemporaryFolder([
      "rules/b.yaml": header, "rules/a.yaml": "rules:\n", "rules/z/c.yaml": "rules:\n",
      "rules/a.test.yaml": "tests: one\n", "rules/.hidden.yaml": "rules:\n", "rules/README.md": "",
      "rules/B.yaml": "rules:\n",
    ])
    let found = try RulebookFolder.rulebook(at: folder.path + "/rules/")
    #expect(found.id == "one")
    #expect(
      found.files.map { folder.relative($0.path) }
        == ["rules/B.yaml", "rules/a.yaml", "rules/b.yaml", "rules/z/c.yaml"])
  }

  @Test func aFolderBelowWithAHeaderIsAnotherRulebook() throws {
    let folder = try TemporaryFolder([
      "pt/a/a.yaml": "rulebook: pt.a\n", "pt/a/more.yaml": "rules:\n",
      "pt/b/b.yaml": "\u{FEFF}rulebook: \"pt.b\" # shared\n", "pt/note.yaml": "some: data\n",
    ])
    let found = try RulebookFolder.rulebooks(below: folder.path)
    #expect(found.map(\.id) == ["pt.a", "pt.b"])
    #expect(found.map(\.files.count) == [2, 1])
  }

  @Test func filesWithAHeaderEachAreRulebooksOfTheirOwn() throws {
    let folder = try TemporaryFolder(["x.yaml": "rulebook: x\n", "y.yaml": "rulebook: y\n"])
    #expect(try RulebookFolder.rulebooks(below: folder.path).map(\.id) == ["x", "y"])
    #expect(try RulebookFolder.rulebook(at: folder.path + "/x.yaml").id == "x")
    do {
      _ = try RulebookFolder.rulebook(at: folder.path)
      Issue.record("two rulebooks are not one")
    } catch {
      #expect(
        error.reason == "there are 2 rulebooks here, name the one that is meant: `x`, `y`")
    }
  }

  @Test func twoHeadersAreReportedWhereOtherFilesBelongToOneOfThem() throws {
    let folder = try TemporaryFolder([
      "x.yaml": "rulebook: x\n", "y.yaml": "rulebook: y\n", "z.yaml": "rules:\n",
    ])
    #expect(try RulebookFolder.rulebooks(below: folder.path).map(\.files.count) == [3])
  }

  @Test func rulesWithoutAHeaderAreNotPassedOver() throws {
    let folder = try TemporaryFolder(["a/a.yaml": header, "b/b.yaml": "rules:\n"])
    let found = try RulebookFolder.rulebooks(below: folder.path)
    #expect(found.map(\.id) == ["one", ""])
    #expect(annona(["check", folder.path]).output.contains("error[K"))
  }

  @Test func symbolicLinksThatLeadBackAreNotFollowed() throws {
    let folder = try TemporaryFolder(["a/a.yaml": header, "a/b/more.yaml": "rules:\n"])
    let files = FileManager.default
    try files.createSymbolicLink(
      atPath: folder.path + "/a/b/up", withDestinationPath: folder.path + "/a")
    try files.createSymbolicLink(
      atPath: folder.path + "/a/gone.yaml", withDestinationPath: "nowhere")
    let found = try RulebookFolder.rulebook(at: folder.path + "/a")
    #expect(found.files.map { folder.relative($0.path) } == ["a/a.yaml", "a/b/more.yaml"])
  }

  @Test(arguments: [
    ("nothing", "there is no such file or folder"),
    ("empty", "there is no rulebook here: no file says `rulebook:`"),
    ("other", "the files of a rulebook end in `.yaml`, rename it"),
  ])
  func whatCannotBeReadIsNamed(_ name: String, _ reason: String) throws {
    let folder = try TemporaryFolder([
      "empty/notes.txt": "", "other/a.yaml": header, "other/b.yml": "rules:\n",
    ])
    do {
      _ = try RulebookFolder.rulebook(at: folder.path + "/" + name)
      Issue.record("\(name) is no rulebook")
    } catch {
      #expect(error.reason == reason)
    }
  }

  @Test func importsAreLookedUpInTheNearestFolderNamedRules() throws {
    let shared = """
      language: en
      currency: EUR
      in_force: { from: 2025-01-01 }
      parameters:
        amount: { type: EUR/month, until_further_notice: true, values: { 2025-01-01: 500 } }

      """
    let importing = """
      rulebook: pt.grant
      import: { ias: pt.ias }
      language: en
      currency: EUR
      case: household
      in_force: { from: 2025-01-01 }
      entities:
        household:
          facts: { income: { type: EUR/month, min: 0, ask: How much? } }
      rules:
        household.entitled: income <= ias.amount
      benefits:
        grant: { entitled: household.entitled }

      """
    let folder = try TemporaryFolder([
      "Rules/pt/grant/grant.yaml": importing,
      "Rules/elsewhere/x.yaml": "rulebook: pt.ias\n" + shared,
      "lone.yaml": importing,
    ])
    let good = "1 rulebook: no problems\n"
    #expect(annona(["check", folder.path + "/Rules/pt/grant"]).output == good)
    #expect(annona(["check", folder.path + "/lone.yaml"]).output.contains("error[L001] "))
    #expect(
      annona(["check", folder.path + "/lone.yaml", "--rules", folder.path + "/Rules"]).output
        == good)
  }

  @Test func twoRulebooksWithOneIDAreReported() throws {
    let folder = try TemporaryFolder(["a/a.yaml": header, "b/b.yaml": header])
    let run = annona(["check", folder.path])
    #expect(run.status == 3)
    #expect(
      folder.relative(run.output).contains(
        """
        error[L002] a/a.yaml:1:11: 2 rulebooks are called `one`
          1 | rulebook: one
            |           ^^^
          also: b/b.yaml:1:11: one of them
          1 | rulebook: one
            |           ^^^
          help: give each rulebook an id of its own

        """))
  }
}
