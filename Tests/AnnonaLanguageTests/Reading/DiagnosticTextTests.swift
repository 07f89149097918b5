import AnnonaLanguage
import Support
import Testing

/// How findings look to a person and to a program.
@Suite struct DiagnosticTextTests {
  let first = SourceFile(
    path: "food.yaml", text: "a: 1\nb: two words # x\n\tc: 說明 x\nd: e\u{301} x\n")
  let second = SourceFile(path: "case.yaml", text: "name: Maria\n")

  func span(_ file: Int32, _ start: Int32, _ end: Int32) -> Span {
    Span(file: file, start: start, end: end)
  }

  func text(_ diagnostics: Diagnostic..., hidden: Set<Int32> = []) -> String {
    DiagnosticText(files: [first, second], hidden: hidden).render(diagnostics)
  }

  @Test func underlinesTheExactWords() {
    #expect(
      text(
        Diagnostic(
          "T001", at: span(0, 8, 17), "`two words` stands here",
          notes: [.init(span(1, 6, 11), "and here")], example: "b = 1", help: "write `three`"))
          == """
          error[T001] food.yaml:2:4: `two words` stands here
            2 | b: two words # x
              |    ^^^^^^^^^
            also: case.yaml:1:7: and here
            1 | name: Maria
              |       ^^^^^
            example: b = 1
            help: write `three`

          """)
  }

  @Test func countsColumnsAsTheyAreSeen() {
    let wide = Int32(Array("a: 1\nb: two words # x\n\tc: 說明 ".utf8).count)
    #expect(
      text(Diagnostic("K001", .warning, at: span(0, wide, wide + 1), "x")) == """
        warning[K001] food.yaml:3:8: x
          3 |     c: 說明 x
            |             ^

        """)
    let accent = Int32(Array("a: 1\nb: two words # x\n\tc: 說明 x\nd: e\u{301} ".utf8).count)
    #expect(
      text(Diagnostic("K001", .warning, at: span(0, accent, accent + 1), "x")) == """
        warning[K001] food.yaml:4:6: x
          4 | d: e\u{301} x
            |      ^

        """)
  }

  @Test func showsTheFirstLineOfSeveral() {
    #expect(
      text(Diagnostic("K001", at: span(0, 8, 30), "x")) == """
        error[K001] food.yaml:2:4: x
          2 | b: two words # x
            |    ^^^^^^^^^^^^^

        """)
  }

  @Test func hidesWhatAPersonGave() {
    let finding = Diagnostic(
      "F003", at: span(1, 6, 11), "`household.name` must be a date", help: "write a date")
    #expect(
      text(finding, hidden: [1])
        == "error[F003] case.yaml:1:7: `household.name` must be a date\n  help: write a date\n")
    let rewriting = Diagnostic("Y024", at: span(1, 6, 11), "x", help: "write `name: \"Maria\"`")
    #expect(text(rewriting, hidden: [1]) == "error[Y024] case.yaml:1:7: x\n")
    #expect(
      !DiagnosticJSON(files: [first, second], hidden: [1]).render([rewriting]).contains("Maria"))
  }

  @Test func sortsAndTellsOnce() {
    let late = Diagnostic("A002", at: span(0, 8, 9), "late")
    let early = Diagnostic("B001", at: span(0, 0, 1), "early")
    let other = Diagnostic("A001", at: span(1, 0, 1), "other file")
    let same = Diagnostic("A001", at: span(0, 8, 9), "same place")
    let ordered = [other, late, early, late, same].inOrder()
    #expect(ordered == [early, same, late, other])
    #expect([same, other, early, late, late].inOrder() == ordered)
  }

  @Test(arguments: [(Int32(-5), Int32(-1)), (0, 5000), (90, 80), (3, 3), (Int32.max, Int32.max)])
  func survivesImpossiblePlaces(_ start: Int32, _ end: Int32) {
    for file: Int32 in [-1, 0, 1, 2] {
      let finding = Diagnostic("A001", at: span(file, start, end), "x")
      #expect(text(finding).hasPrefix("error[A001] "))
      #expect(!DiagnosticJSON(files: [first, second]).render([finding]).isEmpty)
    }
  }

  @Test func colours() {
    let finding = Diagnostic("A001", at: span(0, 0, 1), "x")
    #expect(
      DiagnosticText(files: [first], coloured: true).render(finding)
        == "\u{1B}[1;31merror[A001]\u{1B}[0m food.yaml:1:1: x\n  1 | a: 1\n    | \u{1B}[1;31m^\u{1B}[0m\n"
    )
  }

  @Test func alignsLineNumbers() {
    let file = SourceFile(path: "a", text: (1...12).map { "line\($0)\n" }.joined())
    let last = file.lineStarts[11]
    let finding = Diagnostic(
      "A001", at: span(0, last, last + 4), "x", notes: [.init(span(0, 0, 4), "y")])
    #expect(
      DiagnosticText(files: [file]).render(finding) == """
        error[A001] a:12:1: x
          12 | line12
             | ^^^^
          also: a:1:1: y
           1 | line1
             | ^^^^

        """)
  }

  @Test func printsForPrograms() {
    let finding = Diagnostic(
      "T001", at: span(0, 8, 17), "`two words` stands here", notes: [.init(span(1, 6, 11), "y")],
      help: "write `three`")
    #expect(
      DiagnosticJSON(files: [first, second]).render([finding]) == """
        [
          {
            "code": "T001",
            "severity": "error",
            "file": "food.yaml",
            "line": 2,
            "column": 4,
            "end_line": 2,
            "end_column": 13,
            "message": "`two words` stands here",
            "notes": [
              {
                "file": "case.yaml",
                "line": 1,
                "column": 7,
                "end_line": 1,
                "end_column": 12,
                "message": "y"
              }
            ],
            "example": null,
            "help": "write `three`"
          }
        ]
        """)
  }
}
