import Foundation
import Support
import Testing

/// `annona fmt`: what it writes, what it leaves alone, and what it answers.
@Suite struct FormatCommandTests {
  private static let untidy = "rulebook: a\nrules:\n    h.x :  1   \n\n\n    h.y: {a: 1}\n"
  private static let tidy = "rulebook: a\nrules:\n  h.x: 1\n\n  h.y: { a: 1 }\n"

  @Test func writesTheLayout() throws {
    let folder = try TemporaryFolder([
      "a.yaml": Self.untidy, "below/b.yaml": Self.tidy, "c.json": "{}",
    ])
    #expect(
      folder.run("fmt")
        == RecordedRun(output: "a.yaml\n2 files: 1 changed\n", problems: "", status: 0))
    #expect(try folder.text("a.yaml") == Self.tidy)
    #expect(
      folder.run("fmt")
        == RecordedRun(output: "2 files: nothing to change\n", problems: "", status: 0))
  }

  @Test func checksWithoutWriting() throws {
    let folder = try TemporaryFolder(["a.yaml": Self.untidy])
    let run = folder.run("fmt", "--check")
    #expect(
      run.output == """
        --- a.yaml
        3 -     h.x :  1···
        3 +   h.x: 1
        5 - 
        6 -     h.y: {a: 1}
        5 +   h.y: { a: 1 }
        1 file: 1 has another layout, run `annona fmt`

        """)
    #expect(run.status == 1)
    #expect(try folder.text("a.yaml") == Self.untidy)
    _ = folder.run("fmt")
    #expect(folder.run("fmt", "--check").status == 0)
  }

  @Test func leavesWhatCannotBeRead() throws {
    let folder = try TemporaryFolder(["a.yaml": "a:\n\tb: 1\n", "b.yaml": "a:   1\n"])
    let run = folder.run("fmt")
    #expect(run.output == "b.yaml\n2 files: 1 changed, 1 cannot be read\n")
    #expect(
      run.problems == """
        error[Y007] a.yaml:2:1: a tab stands where only spaces may indent a line
          2 |     b: 1
            | ^^^^
          help: replace each tab before the first word by two spaces

        """)
    #expect(run.status == 3)
    #expect(try folder.text("a.yaml") == "a:\n\tb: 1\n")
  }

  @Test func readsStandardInput() {
    #expect(
      annona("fmt -", input: Self.untidy)
        == RecordedRun(output: Self.tidy, problems: "", status: 0))
    #expect(annona("fmt --check -", input: Self.tidy).status == 0)
    #expect(
      annona("fmt - Rules").problems == "Error: `-` stands alone: standard input is one file\n")
  }

  @Test func takesYAMLAlone() throws {
    let folder = try TemporaryFolder(["a.json": "{}"])
    let run = annona(["fmt", folder.path + "/a.json"])
    #expect(
      folder.relative(run.problems)
        == "Error: a.json: only YAML has a layout, in files that end in `.yaml`\n")
    #expect(run.status == 64)
    #expect(
      annona("fmt nowhere").problems == "Error: nowhere: there is no such file or folder\n")
  }

  @Test func aLinkStaysALink() throws {
    let folder = try TemporaryFolder(["target/a.yaml": Self.untidy])
    let link = folder.path + "/a.yaml"
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: "target/a.yaml")
    _ = annona(["fmt", link])
    #expect(try folder.text("target/a.yaml") == Self.tidy)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "target/a.yaml")
    #expect(folder.names("target") == ["a.yaml"])
  }
}
