import AnnonaValues

/// Why a word cannot name anything.
enum NameFault {
  case malformed
  /// A word of the expression language.
  case keyword
  /// A unit that is always there: of time, or a currency.
  case unit
  /// What a fact can be in place of a value.
  case state
}

/// Words that mean something in an expression or a table though a name could stand in their place.
private let wordsWithAMeaning: Set<String> = ["today", "otherwise", "impossible"]

private let timeNames = Set(Unit.timeNames)

func isKeyword(_ word: String) -> Bool {
  ReservedWords.contains(word) || wordsWithAMeaning.contains(word)
}

/// What is wrong with a name: it is lower case words of letters and digits of any script, joined by single underscores.
func fault(ofName text: String) -> NameFault? {
  guard isPlainName(text) || isWellFormedName(text) else { return .malformed }
  if isKeyword(text) { return .keyword }
  return timeNames.contains(text) ? .unit : nil
}

/// Whether a word can be the name of something that a rulebook declares.
package func isName(_ text: String) -> Bool { fault(ofName: text) == nil }

private func isWellFormedName(_ text: String) -> Bool {
  let words = text.split(separator: "_", omittingEmptySubsequences: false)
  return words.allSatisfy { !$0.isEmpty }
    && text.unicodeScalars.first?.properties.isXIDStart == true
    && text.unicodeScalars.allSatisfy { $0.properties.isXIDContinue && !$0.properties.isUppercase }
}

/// Whether it is well formed and of plain Latin letters, as most names are.
private func isPlainName(_ text: String) -> Bool {
  let underscore = UInt8(ascii: "_")
  var previous: UInt8?
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): break
    case UInt8(ascii: "0")...UInt8(ascii: "9"): if previous == nil { return false }
    case underscore: if previous == nil || previous == underscore { return false }
    default: return false
    }
    previous = byte
  }
  return previous.map { $0 != underscore } ?? false
}

/// What is wrong with a choice's member, which must not read like a state either.
func fault(ofMember text: String) -> NameFault? {
  ["unknown", "declined", "null"].contains(text) ? .state : fault(ofName: text)
}

/// What is wrong with a unit that a rulebook declares.
func fault(ofUnit text: String) -> NameFault? {
  if Unit.timeNames.contains(text) || Unit.isCurrency(text) { return .unit }
  guard text.unicodeScalars.first?.properties.isXIDStart == true,
    text.unicodeScalars.allSatisfy(\.properties.isXIDContinue)
  else { return .malformed }
  return isKeyword(text) ? .keyword : nil
}

/// The name that was probably meant, or the dotted name; `nil` where nothing like one remains.
package func nameSuggestion(for text: String, isDotted: Bool) -> String? {
  let parts = isDotted ? text.split(separator: ".").map(String.init) : [text]
  let names = parts.compactMap(snakeCase)
  return names.isEmpty ? nil : names.joined(separator: ".")
}

private func snakeCase(_ text: String) -> String? {
  var words: [String] = [""]
  var previous: Unicode.Scalar?
  for scalar in text.unicodeScalars {
    if !scalar.properties.isXIDContinue || scalar == "_" {
      words.append("")
    } else {
      let startsWord =
        scalar.properties.isUppercase && previous?.properties.isLowercase == true
      if startsWord { words.append("") }
      words[words.count - 1] += scalar.properties.lowercaseMapping
    }
    previous = scalar
  }
  let fix = words.filter { !$0.isEmpty }.joined(separator: "_")
  return fix.unicodeScalars.first?.properties.isXIDStart == true ? fix : nil
}
