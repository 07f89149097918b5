import AnnonaEngine
import AnnonaLanguage
import Support
import Testing

/// The form of a text: what a pattern accepts as a whole, and what is no pattern.
@Suite struct TextPatternTests {
  @Test(arguments: [
    ("[A-Z]{2}\\d{4}", "PT2025", true), ("[A-Z]{2}\\d{4}", "PT202", false),
    ("[A-Z]{2}\\d{4}", "xPT2025", false), ("\\d{4}-\\d{3}( [A-Z ]+)?", "1000-001 LISBOA", true),
    ("\\d{4}-\\d{3}( [A-Z ]+)?", "1000-001 ", false), ("a|b*", "", true), ("a|b*", "bbb", true),
    ("a|b*", "ab", false), ("(ab){1,2}", "abab", true), ("(ab){1,2}", "ababab", false),
    ("[^0-9]+", "ação", true), ("[^0-9]+", "a1", false), ("a{2,}", "aaaa", true),
    ("a{2,}", "a", false), ("1\\.5", "1.5", true), ("1\\.5", "1x5", false), (".", "é", true),
    ("[a-]", "-", true), ("(a*)*b", "aab", true),
  ]) func acceptsTheWholeText(pattern: String, text: String, accepted: Bool) throws {
    #expect(try #require(TextPattern(pattern)).matches(text) == accepted)
  }

  @Test(arguments: [
    "[", "(", ")", "a)", "*", "a**b*{", "a{", "a{3,2}", "a{101}", "\\q", "[]", "[z-a]", "^a$",
    "(a)\\1", "((a{100}){100}){100}", String(repeating: "(", count: 900),
  ]) func isNoPattern(pattern: String) {
    #expect(TextPattern(pattern) == nil)
  }

  /// A pattern that makes other matchers try every way to cut a text.
  @Test func takesTimeInProportionToTheText() throws {
    let pattern = try #require(TextPattern("(a|aa)*b"))
    #expect(!pattern.matches(String(repeating: "a", count: 20_000)))
  }

  @Test func aCaseIsHeldToIt() throws {
    let (program, _) = checked(
      """
      rulebook: test.form
      case: household
      in_force: { from: 2024-01-01 }
      entities: { household: { facts: { code: { type: text, pattern: '[A-Z]{2}' } } } }
      rules: { household.known: code = "AB" }
      benefits: { grant: { title: Grant, entitled: household.known } }
      """)
    let law = try #require(program)
    let (node, _) = readNodes(
      SourceFile(path: "case.yaml", text: "household: { code: ABC }"), index: 0)
    let problems = readCase(try #require(node), law).diagnostics
    #expect(problems.map(\.code) == ["F021"])
    #expect(problems.map(\.message) == ["`household.code` must have the form `[A-Z]{2}`"])
  }
}
