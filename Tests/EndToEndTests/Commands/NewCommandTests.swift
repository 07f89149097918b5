import Foundation
import Support
import Testing

/// `annona new`: what it writes can be checked, tested, decided and laid out as it stands.
@Suite struct NewCommandTests {
  @Test func writesARulebookThatPasses() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/heating_grant"
    let run = annona(["new", path])
    #expect(run.status == 0)
    #expect(
      folder.relative(run.output) == """
        heating_grant/README.md
        heating_grant/household.yaml
        heating_grant/rules/heating_grant.test.yaml
        heating_grant/rules/heating_grant.yaml

        Begin with:
          annona check heating_grant
          annona test heating_grant
          annona simulate heating_grant heating_grant/household.yaml

        """)
    #expect(annona(["check", path]).output == "1 rulebook: no problems\n")
    #expect(
      annona(["test", path]).output
        == "10 cases in 1 file: all passed\n"
        + "4 cases suppose what a rule would say, and do not test it\n")
    #expect(annona(["fmt", "--check", path]).output == "3 files: nothing to change\n")
    #expect(
      annona(["simulate", path, path + "/household.yaml"]).output.visible == """
        Heating grant (heating_grant)
        Decided for 2025-03-01

        Heating grant
          entitled to 45.50 EUR/month
          ✓ The income is within the limit. (1 050.00 EUR/month, limit 1 200.00 EUR/month; under by 150.00 EUR/month) [Heating grant Act, s 2]
          To be reviewed by 2026-01-01

        """)
    let coverage = annona(["test", path, "--coverage", "--require", "boundaries=100"])
    #expect(coverage.status == 0, "\(coverage.output)")
    #expect(annona(["suggest", path]).output.contains("suggested case") == false)
  }

  /// Every command that its own page names can be run.
  @Test func itsReadmeNamesCommandsThatWork() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/heating_grant"
    _ = annona(["new", path])
    let commands = try folder.text("heating_grant/README.md").split(separator: "\n")
      .filter { $0.hasPrefix("annona ") }
    #expect(commands.count == 6)
    for command in commands {
      let words = command.prefix { $0 != "#" }.split(separator: " ").dropFirst().map(String.init)
      #expect(annona(words).status == 0, "\(command)")
    }
  }

  @Test func overwritesNothing() throws {
    let folder = try TemporaryFolder(["mine/rules.yaml": "mine\n"])
    let run = annona(["new", folder.path + "/mine"])
    #expect(folder.relative(run.problems) == "Error: mine: it is there already\n")
    #expect(run.status == 64)
    #expect(try folder.text("mine/rules.yaml") == "mine\n")
    #expect(folder.names("mine") == ["rules.yaml"])
  }

  @Test(arguments: [
    (
      "Heating-Grant",
      "`Heating-Grant` cannot name a rulebook: a name is lower case words joined by `_`, such as `heating_grant`"
    ),
    (
      "2025",
      "`2025` cannot name a rulebook: a name is lower case words joined by `_`, such as `heating_grant`"
    ),
    ("household", "`household` already means something in a rulebook, choose another name"),
    ("nowhere/grant", "nowhere/grant: the folder that it would stand in is missing"),
  ])
  func refusesANameThatIsNone(_ name: String, _ problem: String) throws {
    let folder = try TemporaryFolder()
    let run = annona(["new", folder.path + "/" + name])
    #expect(folder.relative(run.problems) == "Error: \(problem)\n")
    #expect(folder.names("") == [])
  }
}
