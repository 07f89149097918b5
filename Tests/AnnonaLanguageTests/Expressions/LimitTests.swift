import AnnonaLanguage
import Testing

/// However an author (or an attacker) nests, the answer is a located problem and never a trap.
@Suite struct LimitTests {
  static let deep: [(String, String, String)] = [
    ("(", "1", ")"), ("-", "1", ""), ("not ", "a", ""), ("f(", "1", ")"), ("a + (", "1", ")"),
    ("if a then b else ", "c", ""), ("if ", "a", " then b else c"), ("a in (", "1", ")"),
    ("a where ", "b", ""), ("some x in ", "xs", " satisfies a"), ("((", "1", "+ 1) + 1)"),
    ("a and (", "b", " or c)"), ("round(", "1", " to 1 up)"), ("x[", "1", "]"),
  ]

  @Test(arguments: deep) func deepNestingIsAProblem(_ open: String, _ core: String, _ close: String)
  {
    let count = 8_000 / (open + close).utf8.count
    let text = String(repeating: open, count: count) + core + String(repeating: close, count: count)
    let reading = read(text)
    #expect(reading.sketch == nil)
    #expect(!reading.problems.isEmpty)
  }

  @Test func deepParenthesesAreUnderlined() {
    let reading = read(
      String(repeating: "(", count: 5_000) + "1" + String(repeating: ")", count: 5_000))
    #expect(
      reading.problems == [
        .init(
          code: "X070", underlined: "(",
          message: "this expression is nested more than 200 levels deep",
          help: "give its parts rules of their own")
      ])
  }

  @Test(arguments: [" + 1", " - 1", " * 2", ".a", " at d", " as EUR", " where b", " in b"])
  func longChainsAreAProblem(_ link: String) {
    let reading = read("a" + String(repeating: link, count: 1_500))
    #expect(reading.sketch == nil)
    #expect(!reading.problems.isEmpty)
  }

  @Test func longListsAreNot() {
    let many = (0..<2_000).map { "a\($0)" }
    #expect(read("f(" + many.joined(separator: ", ") + ")").problems == [])
    #expect(read(many.joined(separator: " and ")).problems == [])
    #expect(read("x in (" + many.joined(separator: ", ") + ")").problems == [])
  }

  @Test func tooLongTextIsAProblem() {
    let reading = read("\"" + String(repeating: "a", count: 30_000) + "\"")
    #expect(
      reading.problems.map(\.description) == [
        "X071 [\"] this expression is longer than 20000 characters | give its parts rules of their own"
      ])
  }

  @Test func longNumberIsAProblem() {
    let digits = String(repeating: "9", count: 1_300)
    #expect(
      read(digits).problems.map(\.description) == [
        "X007 [\(digits)] this number has more digits than can be calculated with | -"
      ])
    #expect(read(String(repeating: "9", count: 19_000)).problems.map(\.code) == ["X007"])
  }

  @Test func problemsOfOneExpressionAreFew() {
    #expect(read(String(repeating: "a == b && ", count: 500) + "c").problems.count == 8)
    #expect(read("f(" + String(repeating: "a b, ", count: 500) + "c)").problems.count == 8)
  }

  @Test func longTablesAreReadInOneGo() {
    let rows = (0..<20_000).map { "\($0) || \($0)" }
    #expect(readTable("age || value\n" + rows.joined(separator: "\n")).sketch?.count == 20_001)
  }
}
