/// The English of the readers: what can be wrong with a file before its meaning is asked for.
///
/// Messages name keys and single characters, never a value, since a case file holds people's data; the line
/// rewritten stands in `help`, which is left out where values must not be shown.
extension Diagnostic {
  // MARK: The file

  static func fileTooLarge(at span: Span) -> Diagnostic {
    Diagnostic(
      "Y001", at: span,
      "this file is larger than \(SourceFile.largestSize / 1024 / 1024) MiB",
      help: "split it into several files")
  }

  static func utf16(at span: Span) -> Diagnostic {
    Diagnostic(
      "Y002", at: span, "this file is not written in UTF-8 but in UTF-16 or another binary form",
      help: "save it again with the encoding UTF-8")
  }

  static func notUTF8(at span: Span, byte: UInt8, place: Int, more: Int) -> Diagnostic {
    let others = more == 0 ? "" : more == 1 ? ", nor is 1 more" : ", nor are \(more) more"
    var help = "save the file again with the encoding UTF-8"
    if byte >= 0xA0 {
      let letter = Character(Unicode.Scalar(byte))
      help += "; in Latin-1 this byte is `\(letter)`"
    }
    return Diagnostic(
      "Y003", at: span, "byte \(place) of the file, \(hex(UInt32(byte))), is not UTF-8\(others)",
      help: help)
  }

  static func controlCharacter(at span: Span, value: UInt32, more: Int) -> Diagnostic {
    let others = more == 0 ? "" : ", and \(more) more like it"
    return Diagnostic(
      "Y004", at: span,
      "an invisible character, \(characterName(value)), stands here\(others)",
      help: value == 0x0D
        ? "save the file with the line ends of Unix or Windows" : "delete it")
  }

  static func emptyFile(at span: Span, onlyComments: Bool) -> Diagnostic {
    Diagnostic(
      "Y005", at: span,
      onlyComments ? "this file holds nothing but comments" : "this file is empty",
      help: "write at least one `name: value`, or delete the file")
  }

  static func oddIndentation(at span: Span, value: UInt32, more: Int) -> Diagnostic {
    let others = more == 0 ? "" : more == 1 ? ", as is 1 more" : ", as are \(more) more"
    return Diagnostic(
      "Y006", at: span,
      "this line is indented with \(characterName(value)), not with ordinary spaces\(others)",
      help: "delete the spaces before the first word and type them again")
  }

  static func tabIndentation(at span: Span) -> Diagnostic {
    Diagnostic(
      "Y007", at: span, "a tab stands where only spaces may indent a line",
      help: "replace each tab before the first word by two spaces")
  }

  static func oddSpace(at span: Span, value: UInt32, isFirst: Bool) -> Diagnostic {
    Diagnostic(
      "Y008", at: span,
      "this text \(isFirst ? "begins" : "ends") with \(characterName(value)), which looks like a space",
      help: "replace it by an ordinary space, or put the text in quotes if it belongs there")
  }

  static func tooDeep(at span: Span, limit: Int) -> Diagnostic {
    Diagnostic(
      "Y009", at: span, "mappings and lists stand in one another more than \(limit) deep",
      help: "give an inner part a name of its own and refer to it")
  }

  static func tooManyProblems(at span: Span, limit: Int) -> Diagnostic {
    Diagnostic(
      "Y010", at: span, "this file has more than \(limit) problems; the rest is not shown",
      help: "mend the first ones and check again")
  }

  // MARK: YAML that a rulebook does without

  static func directive(at span: Span) -> Diagnostic {
    Diagnostic(
      "Y011", at: span, "a line that begins with `%` is a YAML directive, which is not used here",
      help: "delete the line, or put the text in quotes if it is one")
  }

  static func secondDocument(at span: Span) -> Diagnostic {
    Diagnostic(
      "Y012", at: span, "a second document begins here; a file holds one",
      help: "delete this line, or move what follows to a file of its own")
  }

  static func anchor(_ name: String, at span: Span, quoted: String?) -> Diagnostic {
    Diagnostic(
      "Y013", at: span, "`&` begins a YAML anchor, which is not used here",
      help: "delete `&\(name)`" + orQuoted(quoted))
  }

  static func alias(_ name: String, at span: Span, quoted: String?) -> Diagnostic {
    Diagnostic(
      "Y014", at: span, "`*` begins a YAML alias, which is not used here",
      help: "write again what `&\(name)` stands at" + orQuoted(quoted))
  }

  static func tag(at span: Span, tag: String, quoted: String?) -> Diagnostic {
    Diagnostic(
      "Y015", at: span, "`!` begins a YAML tag, which is not used here",
      help: "delete `\(tag)`" + orQuoted(quoted))
  }

  static func mergeKey(at span: Span) -> Diagnostic {
    Diagnostic(
      "Y016", at: span, "`<<` would merge another mapping into this one, which is not done here",
      help: "write the names and values themselves")
  }

  static func complexKey(at span: Span) -> Diagnostic {
    Diagnostic(
      "Y017", at: span, "a name must be a short text on one line, not a mapping, a list or `? `",
      help: "write `name: value`")
  }

  static func duplicateKey(_ name: String, at span: Span, first: Span) -> Diagnostic {
    Diagnostic(
      "Y018", at: span, "`\(name)` is written twice on the same level",
      notes: [Note(first, "first written here")],
      help: "delete one of the two, or give it another name")
  }

  static func emptyKey(at span: Span) -> Diagnostic {
    Diagnostic(
      "Y019", at: span, "a name is missing before `:`", help: "write `name: value`")
  }

  // MARK: Texts that YAML would cut

  static func cutByComma(at span: Span, rewritten: String) -> Diagnostic {
    Diagnostic(
      "Y020", at: span, "the comma ends this value: inside `{ }` a comma begins the next name",
      help: "write `\(rewritten)`")
  }

  static func listInBraces(at span: Span, rewritten: String) -> Diagnostic {
    Diagnostic(
      "Y021", at: span, "the names inside `{ }` have no values",
      help: "write `\(rewritten)` if this is a list")
  }

  static func cutInList(at span: Span, rewritten: String) -> Diagnostic {
    Diagnostic(
      "Y022", at: span, "the comma ends this value: inside `[ ]` a comma begins the next one",
      help: "write `\(rewritten)`")
  }

  static func cutByComment(at span: Span, rewritten: String) -> Diagnostic {
    Diagnostic(
      "Y023", at: span, "` #` begins a comment, so this text ends before it",
      help: "write `\(rewritten)` if the text goes on, or move the comment to a line of its own")
  }

  static func colonInText(at span: Span, rewritten: String) -> Diagnostic {
    Diagnostic(
      "Y024", at: span, "a colon with a space behind it ends a name, so this text needs quotes",
      help: "write `\(rewritten)`")
  }

  static func pairInList(at span: Span, name: String, rewritten: String) -> Diagnostic {
    Diagnostic(
      "Y025", at: span, "`\(name):` inside `[ ]` begins a mapping",
      help: "write `\(rewritten)` if it is a text, or put `{ }` around the name and its value")
  }

  static func textBegins(with first: String, at span: Span, rewritten: String) -> Diagnostic {
    Diagnostic(
      "Y026", at: span,
      "a text cannot begin with \(first == "`" ? "a backquote" : "`\(first)`") unless it is in quotes",
      help: "write `\(rewritten)`")
  }

  static func dashInLine(at span: Span, list: String, text: String) -> Diagnostic {
    Diagnostic(
      "Y027", at: span, "`- ` behind a name begins neither a list nor a text",
      help: "write `\(list)` for a list, `\(text)` for a text")
  }

  static func textAfterEnd(of closing: String, at span: Span, rewritten: String?) -> Diagnostic {
    Diagnostic(
      "Y028", at: span, "the value ended with `\(closing)`, but more follows on the line",
      help: rewritten.map { "write `\($0)`" } ?? "delete what follows")
  }

  static func textAfterBlockSign(_ sign: String, at span: Span, rewritten: String) -> Diagnostic {
    Diagnostic(
      "Y029", at: span, "`\(sign)` begins a text that stands on the lines below",
      help: "write `\(rewritten)` if it is part of the value")
  }

  // MARK: YAML that cannot be read

  static func openQuote(_ quote: String, at span: Span, rewritten: String?) -> Diagnostic {
    Diagnostic(
      "Y030", at: span, "the quote `\(quote)` is opened here and not closed on its line",
      help: rewritten.map { "write `\($0)`" } ?? "close it with `\(quote)`")
  }

  static func openBracket(_ bracket: String, at span: Span, closing: String) -> Diagnostic {
    Diagnostic(
      "Y031", at: span, "`\(bracket)` is opened here and not closed",
      help: "close it with `\(closing)`")
  }

  static func wrongBracket(at span: Span, found: String, wanted: String?) -> Diagnostic {
    Diagnostic(
      "Y032", at: span,
      wanted.map { "`\(found)` stands where `\($0)` would close what is open" }
        ?? "`\(found)` closes nothing",
      help: wanted.map { "write `\($0)`" } ?? "delete `\(found)`")
  }

  static func flowSeparator(
    at span: Span, closing: String, rewritten: String?
  ) -> Diagnostic {
    Diagnostic(
      "Y033", at: span, "a value ends here, but neither `,` nor `\(closing)` follows",
      help: rewritten.map { "write `\($0)` if it is one value" }
        ?? "write `,` or `\(closing)` here")
  }

  static func missingValue(at span: Span, before: String) -> Diagnostic {
    Diagnostic(
      "Y034", at: span, "a value is missing before `\(before)`",
      help: "write the value, or delete `\(before)`")
  }

  static func badIndentation(at span: Span, help: String) -> Diagnostic {
    Diagnostic(
      "Y035", at: span, "this line is indented like none of the lines that it could belong to",
      help: help)
  }

  static func indentedUnderValue(at span: Span, name: String, parent: String?, help: String)
    -> Diagnostic
  {
    let above =
      parent.map { "`\($0)`, which already has a value" } ?? "a line that already has a value"
    return Diagnostic(
      "Y036", at: span, "`\(name)` is indented below \(above)",
      help: help)
  }

  static func textAfterComment(at span: Span) -> Diagnostic {
    Diagnostic(
      "Y042", at: span, "a comment ended the text above, so this line continues nothing",
      help: "move the comment above the whole text")
  }

  static func listItemAmongNames(at span: Span) -> Diagnostic {
    Diagnostic(
      "Y037", at: span, "a list item stands among `name: value` lines",
      help: "indent the list below the name that it belongs to")
  }

  static func nameAmongListItems(at span: Span) -> Diagnostic {
    Diagnostic(
      "Y038", at: span, "this line stands in a list, but does not begin with `- `",
      help: "begin it with `- `, or change its indentation to that of the name it belongs to")
  }

  static func textNotIndented(at span: Span, sign: String) -> Diagnostic {
    Diagnostic(
      "Y039", at: span, "this line has no `: `, so it is neither `name: value` nor a list item",
      help: "indent it if it belongs to the text that `\(sign)` begins on the line above")
  }

  static func noColon(at span: Span, rewritten: String?) -> Diagnostic {
    Diagnostic(
      "Y039", at: span, "this line has no `: `, so it is neither `name: value` nor a list item",
      help: rewritten.map { "write `\($0)`" }
        ?? "write `name: value`, or indent it more to continue the text above")
  }

  static func unknownEscape(at span: Span, found: String, rewritten: String?) -> Diagnostic {
    Diagnostic(
      "Y040", at: span, "`\(found)` means nothing inside double quotes",
      help: rewritten.map { "write `\($0)`" } ?? "write `\\\\` for a backslash")
  }

  static func noCharacter(at span: Span, found: String) -> Diagnostic {
    Diagnostic(
      "Y040", at: span, "`\(found)` stands for no character", help: "write the character itself")
  }

  static func unreadable(at span: Span) -> Diagnostic {
    Diagnostic(
      "Y041", at: span, "the file cannot be read as YAML from here on",
      help: "compare this line with the ones around it, or put its text in quotes")
  }

  // MARK: Words for characters

  private static func orQuoted(_ line: String?) -> String {
    line.map { ", or write `\($0)` if it is text" } ?? ""
  }

  private static func hex(_ value: UInt32) -> String {
    "0x" + String(value, radix: 16, uppercase: true)
  }

  static func characterName(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    switch value {
    case 0xA0: return "a no-break space (\(code))"
    case 0x202F: return "a narrow no-break space (\(code))"
    case 0x3000: return "a wide space (\(code))"
    case 0x200B: return "a zero-width space (\(code))"
    case 0xFEFF: return "a byte-order mark (\(code))"
    case 0x0D: return "a carriage return (\(code))"
    case 0x00: return "a null character (\(code))"
    case 0x1B: return "an escape character (\(code))"
    case 0x85, 0x2028, 0x2029: return "an unusual line break (\(code))"
    case 0x202A...0x202E, 0x2066...0x2069: return "a change of reading direction (\(code))"
    case 0x2000...0x2060: return "an unusual space (\(code))"
    default: return code
    }
  }
}
