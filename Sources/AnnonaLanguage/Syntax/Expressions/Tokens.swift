import AnnonaValues

/// A word, number, sign or text of an expression.
struct Token {
  enum Kind: Equatable {
    /// Digits as written, with underscores.
    case number(String)
    case date(CalendarDate)
    /// Without its quotation marks.
    case text(String)
    case word(String)
    case sign(Sign)
    /// Already reported; nothing can be made of it.
    case faulty
    case end
  }

  let kind: Kind
  /// In the scalar's text.
  let range: Range<Int>

  /// How the token is written, or ought to be where the lexer has mended it.
  func spelling(in source: SourceText) -> String {
    switch kind {
    case .number(let digits): digits
    case .text(let text): quoted(text)
    case .word(let word): word
    case .sign(let sign): sign.rawValue
    case .date, .faulty, .end: source.text(range)
    }
  }

  var isWordOrNumber: Bool {
    switch kind {
    case .word, .number: true
    default: false
    }
  }

  func isWord(_ word: String) -> Bool { kind == .word(word) }
}

enum Sign: String {
  case leftParenthesis = "("
  case rightParenthesis = ")"
  case leftBracket = "["
  case rightBracket = "]"
  case comma = ","
  case dot = "."
  case dots = ".."
  case plus = "+"
  case minus = "-"
  case times = "*"
  case divide = "/"
  case power = "**"
  case caret = "^"
  case percent = "%"
  case equal = "="
  case unequal = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case arrow = "=>"
  case question = "?"
  case colon = ":"

  /// A sign of one character.
  init?(_ byte: UInt8) {
    guard byte < 0x80, let sign = Self.single[Int(byte)] else { return nil }
    self = sign
  }

  private static let single = (UInt8(0)..<0x80).map { byte in
    Sign(rawValue: String(UnicodeScalar(byte)))
  }
}

/// The words that the language keeps for itself.
package enum ReservedWords {
  private static let words: Set<String> = [
    "and", "or", "not", "if", "then", "else", "between", "in", "some", "every", "satisfies", "for",
    "return", "where", "over", "to", "as", "at", "under", "by", "default", "true", "false", "null",
    "this",
  ]

  /// Whether a word cannot name anything.
  package static func contains(_ word: String) -> Bool { words.contains(word) }

  /// Whether a word after a number is not the number's unit.
  static func endsNumber(_ word: String) -> Bool {
    contains(word) || word == "before" || RoundingMode(rawValue: word) != nil
      || MonthOverflow(rawValue: word) != nil
  }
}

/// A text in quotation marks, as an expression writes it.
func quoted(_ text: String) -> String {
  var result = "\""
  for character in text {
    if character == "\"" || character == "\\" { result.append("\\") }
    result.append(character)
  }
  return result + "\""
}
