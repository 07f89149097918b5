import AnnonaLanguage
import Support
import Testing

/// What the layout does to a file, and what it leaves alone.
@Suite struct LayoutTests {
  struct Sample: Sendable, CustomStringConvertible {
    let description: String
    let before: String
    let after: String

    init(_ description: String, _ before: String, _ after: String) {
      self.description = description
      self.before = before
      self.after = after
    }
  }

  static let samples: [Sample] = [
    Sample(
      "levels, colons and ends of lines",
      "a :\n    b:   1  \n    c:\n     - x\n     -   y: 2\n         z: 3\n",
      "a:\n  b: 1\n  c:\n    - x\n    - y: 2\n      z: 3\n"),
    Sample("a list at the column of its key", "a:\n- x\n- y\n", "a:\n  - x\n  - y\n"),
    Sample("a list in a list", "a:\n- - x\n  - y\n", "a:\n  - - x\n    - y\n"),
    Sample(
      "braces and brackets", "a: {b: 1,c: [ x , y ], d: { }, e: [ ]}\n",
      "a: { b: 1, c: [x, y], d: {}, e: [] }\n"),
    Sample("brackets that fit on one line", "a: {\n  b: 1,\n  c: 2\n}\n", "a: { b: 1, c: 2 }\n"),
    Sample(
      "brackets with comments",
      "a: [\n  { b: 1 },  # one\n  # two\n  { b: 2 }\n]  # end\nz: 1\n",
      "a:\n  # one\n  - { b: 1 }\n  # two\n  - { b: 2 }\n# end\nz: 1\n"),
    Sample(
      "brackets that do not fit on one line",
      "a: { long_name: \(String(repeating: "x", count: 60)),\n  b: \(String(repeating: "y", count: 60)) }\n",
      "a:\n  long_name: \(String(repeating: "x", count: 60))\n  b: \(String(repeating: "y", count: 60))\n"
    ),
    Sample(
      "one line stays one line however long",
      "a: { b: \(String(repeating: "x", count: 120)) }\n",
      "a: { b: \(String(repeating: "x", count: 120)) }\n"),
    Sample("empty lines", "\n\na: 1\n\n\n\nb:\n\n  c: 1\n\n\n", "a: 1\n\nb:\n  c: 1\n"),
    Sample("no value", "a:\nb: \n", "a:\nb:\n"),
    Sample("quotes", "a: 'x'\n\"b\": \"y\"\n", "a: 'x'\n\"b\": \"y\"\n"),
    Sample(
      "a byte-order mark and CRLF", "\u{FEFF}a:\r\n    b: |\r\n        x\r\n", "a:\n  b: |\n    x\n"
    ),
    Sample("a document's marks", "---\na: 1\n...\n", "a: 1\n"),
    Sample(
      "texts over several lines",
      "a:\n    x and\n      y\nb: x\n y\nc: \"x\n\n   y\"\n",
      "a:\n  x and\n  y\nb: x\n  y\nc: \"x\n\n  y\"\n"),
    Sample(
      "texts below their key",
      "a: >-\n      x\n        y\n\n      z\nb: |+\n   x\n\nc: |2\n   x\n",
      "a: >-\n  x\n    y\n\n  z\nb: |+\n  x\n\nc: |2\n   x\n"),
    Sample(
      "comments stay at their level",
      "# top\na:\n    # first\n    b: 1\n    # of a\n# of b\nb: 1\n# end\n",
      "# top\na:\n  # first\n  b: 1\n  # of a\n# of b\nb: 1\n# end\n"),
    Sample(
      "comments behind lines stand in one column",
      "a: 1 # x\nbcd: 2      # y\n\ne: # z\n  f: 3\n",
      "a: 1    # x\nbcd: 2  # y\n\ne:  # z\n  f: 3\n"),
    Sample("a comment between a key and its value", "a: # why\n  x\n", "# why\na:\n  x\n"),
    Sample("a comment behind a dash", "a:\n  - # why\n    b: 1\n", "a:\n  # why\n  - b: 1\n"),
    Sample("a comment behind the sign of a text", "a: |    # why\n  x\n", "a: |  # why\n  x\n"),
    Sample(
      "a table",
      "rules:\n  h.a:\n    table: |\n      tier|age   || value | \"a | b\"\n\n\n      # old\n      1 | up to 36 || 183.03 | x\n      --|--||--|-\n      10 | - || 7 | y\n      otherwise || 0 | z\n",
      "rules:\n  h.a:\n    table: |\n      tier | age      || value  | \"a | b\"\n\n      # old\n       1   | up to 36 || 183.03 | x\n      -----|----------||--------|--------\n      10   | -        ||   7    | y\n      otherwise       ||   0    | z\n"
    ),
    Sample(
      "a grid",
      "parameters:\n  p:\n    values: |\n      from | a\n      2020-01-01 | 1\n      2021-01-01 | unverified \"nobody knows\"\n      2022-01-01 | 10.5 %\n",
      "parameters:\n  p:\n    values: |\n      from       | a\n      2020-01-01 |  1\n      2021-01-01 | unverified \"nobody knows\"\n      2022-01-01 | 10.5 %\n"
    ),
    Sample(
      "a text with bars is no table", "title: |\n  a | b\n  aaa   | b\n",
      "title: |\n  a | b\n  aaa   | b\n"),
    Sample(
      "a fact with the name of a table is a text",
      "given:\n  household:\n    table: |\n      a | b\n      aaa   | b\n",
      "given:\n  household:\n    table: |\n      a | b\n      aaa   | b\n"),
  ]

  @Test(arguments: samples) func laysOut(_ sample: Sample) throws {
    #expect(try laidOut(sample.before) == sample.after)
    #expect(try laidOut(sample.after) == sample.after)
  }

  @Test func whatCannotBeReadIsTold() {
    guard
      case .unreadable(let problems) = Layout.lay(out: SourceFile(path: "a.yaml", text: "a: [\n"))
    else {
      Issue.record("it was read")
      return
    }
    #expect(problems.map(\.code) == ["Y031"])
  }

  /// A million parts are laid out in one pass.
  @Test func aLongFileIsLaidOut() throws {
    let lines = (0..<20_000).map { "a\($0):   { b: 1 } # \($0)\n" }
    let text = try laidOut(lines.joined())
    #expect(text.hasPrefix("a0: { b: 1 }      # 0\n"))
    let list = try laidOut("a: [" + String(repeating: "1,", count: 20_000) + "1]")
    #expect(list == "a: [" + String(repeating: "1, ", count: 20_000) + "1]\n")
  }

  private func laidOut(_ text: String) throws -> String {
    guard case .done(let result) = Layout.lay(out: SourceFile(path: "a.yaml", text: text)) else {
      throw LayoutFailure(text: text)
    }
    return result
  }
}

private struct LayoutFailure: Error {
  let text: String
}
