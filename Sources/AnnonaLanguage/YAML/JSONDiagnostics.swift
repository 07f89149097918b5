/// The English of the JSON reader; like the YAML reader's it names no value.
extension Diagnostic {
  static func jsonEnds(at span: Span, wanted: String) -> Diagnostic {
    Diagnostic(
      "Y050", at: span, "the file ends where \(wanted) is expected",
      help: "complete it; part of the file may be missing")
  }

  static func afterJSON(at span: Span) -> Diagnostic {
    Diagnostic(
      "Y051", at: span, "something follows the end of the JSON text",
      help: "delete it, or put several values in one list `[ ]`")
  }

  static func unexpectedJSON(at span: Span, found: String, wanted: String) -> Diagnostic {
    Diagnostic(
      "Y052", at: span, "`\(found)` stands where \(wanted) is expected",
      help: "write \(wanted) here")
  }

  static func commaBeforeEnd(at span: Span, closing: String) -> Diagnostic {
    Diagnostic(
      "Y053", at: span, "nothing follows this comma before `\(closing)`", help: "delete the comma")
  }

  static func commentInJSON(at span: Span) -> Diagnostic {
    Diagnostic(
      "Y054", at: span, "JSON has no comments",
      help: "delete the comment, or write the file as YAML")
  }

  static func singleQuotesInJSON(at span: Span) -> Diagnostic {
    Diagnostic(
      "Y055", at: span, "JSON puts texts in double quotes, not in single ones",
      help: "write `\"` in place of `'`")
  }

  static func unquotedWord(at span: Span, rewritten: String?) -> Diagnostic {
    Diagnostic(
      "Y056", at: span,
      "this word is neither `true`, `false` nor `null`, so it needs double quotes",
      help: rewritten.map { "write `\($0)`" } ?? "put it in double quotes")
  }

  static func badNumber(at span: Span, rewritten: String?) -> Diagnostic {
    Diagnostic(
      "Y057", at: span, "JSON has no number of this form",
      help: rewritten.map { "write `\($0)`" }
        ?? "write digits with at most one point, or put it in quotes")
  }

  static func controlInText(at span: Span, value: UInt32) -> Diagnostic {
    Diagnostic(
      "Y058", at: span,
      value == 0x09
        ? "a tab must be escaped inside a JSON text"
        : "\(characterName(value)) must be escaped inside a JSON text",
      help: value == 0x09 ? "write `\\t`" : "delete it")
  }

  static func badEscape(at span: Span, found: String) -> Diagnostic {
    Diagnostic(
      "Y059", at: span, "`\(found)` is no escape of JSON",
      help: "write `\\\\` for a backslash, or `\\u` with four hexadecimal digits")
  }

  static func loneSurrogate(at span: Span, found: String) -> Diagnostic {
    Diagnostic(
      "Y060", at: span, "`\(found)` is half of a character; its other half is missing",
      help: "write the character itself, or both halves")
  }
}
