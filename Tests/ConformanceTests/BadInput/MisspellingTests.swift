import Annona
import AnnonaLanguage
import Foundation
import Support
import Testing

/// Every key and every name of every rulebook of real law, one letter off: an answer with its place that offers what was meant.
@Suite("Misspellings") struct MisspellingTests {
  struct Law: Sendable, CustomStringConvertible {
    let files: RulebookFiles
    var description: String { files.id }
  }

  static let rules = packageFolder.url.path + "/Rules"
  static let laws: [Law] =
    ((try? RulebookFolder.rulebooks(below: rules)) ?? []).map { Law(files: $0) }

  /// The keys of the language itself, as the schema for editors lists them.
  static let keys: Set<String> = {
    let text = (try? packageFolder.text("Schemas/rulebook.schema.json")) ?? ""
    return Set(text.matches(of: #/"([a-z_]{4,})": ?\{/#).map { String($0.output.1) })
  }()

  @Test func areFound() {
    #expect(Self.laws.count > 10)
    #expect(Self.keys.isSuperset(of: ["rules", "cites", "until_further_notice", "unmet"]))
  }

  @Test(arguments: laws) func keysOneLetterOff(_ law: Law) throws {
    var tried = 0
    for (index, file) in law.files.files.enumerated() where file.path.hasSuffix(".yaml") {
      let node = try #require(readNodes(file, index: Int32(index)).0)
      var seen: Set<String> = []
      for place in Self.languageKeys(node, under: "") {
        // Once for each key below each other one.
        guard seen.insert("\(place.parent).\(place.word)").inserted else { continue }
        tried += 1
        expectAnswer(law, index, place)
      }
    }
    #expect(tried > 10)
  }

  @Test(arguments: laws) func namesOneLetterOff(_ law: Law) throws {
    let program = try Rulebook.load(
      files: law.files.files, imports: RulesFolder.library(Self.rules, for: Self.rules)
    ).get().program
    let names = Set(
      (program.rules.map(\.name) + program.parameters.map(\.name)
        + program.facts.map(\.name) + program.functions.map(\.name))
        .compactMap { $0.split(separator: ".").last.map(String.init) }.filter { $0.count >= 4 })
    var tried = 0
    for (index, file) in law.files.files.enumerated() where file.path.hasSuffix(".yaml") {
      let node = try #require(readNodes(file, index: Int32(index)).0)
      var seen: Set<String> = []
      for text in Self.expressions(node, under: "") {
        for place in Self.words(text, in: file)
        where names.contains(place.word) && seen.insert(place.word).inserted {
          if names.contains(Self.misspelt(place.word)) { continue }
          tried += 1
          expectAnswer(law, index, place)
        }
      }
    }
    // A rulebook of figures alone uses no names.
    #expect(tried > 0 || program.rules.isEmpty)
  }

  // MARK: -

  struct Place {
    let word: String
    let parent: String
    let range: Range<Int>
  }

  /// `incme` for `income`
  static func misspelt(_ word: String) -> String {
    var letters = Array(word)
    letters.remove(at: letters.count / 2)
    return String(letters)
  }

  private func expectAnswer(_ law: Law, _ index: Int, _ place: Place) {
    var files = law.files.files
    var bytes = files[index].bytes
    bytes.replaceSubrange(place.range, with: Array(Self.misspelt(place.word).utf8))
    files[index] = SourceFile(path: files[index].path, bytes: bytes)
    let loaded = Rulebook.load(files: files, imports: RulesFolder(Self.rules))
    let errors = loaded.diagnostics.filter { $0.severity == .error }
    let line = files[index].position(of: Int32(place.range.lowerBound)).line
    let name = "\(law) line \(line): `\(Self.misspelt(place.word))` for `\(place.word)`"
    #expect(!errors.isEmpty, "\(name) is not noticed")
    let offered = errors.contains { error in
      error.help?.contains(place.word) == true
        && files[Int(error.span.file)].position(of: error.span.start).line == line
    }
    #expect(offered, "\(name): \(errors.map { "\($0.code) \($0.message); \($0.help ?? "")" })")
  }

  /// The keys that are the language's own: those that stand where an author names something are left out.
  private static func languageKeys(_ node: Node, under parent: String) -> [Place] {
    switch node.content {
    case .scalar: []
    case .sequence(let items): items.flatMap { languageKeys($0, under: parent) }
    case .mapping(let entries):
      entries.flatMap { entry -> [Place] in
        let key = entry.key.text
        let below = languageKeys(entry.value, under: key)
        guard keys.contains(key), !namings.contains(parent) else { return below }
        let range = Int(entry.keySpan.start)..<Int(entry.keySpan.end)
        return [Place(word: key, parent: parent, range: range)] + below
      }
    }
  }

  /// Below these an author names things.
  private static let namings: Set<String> = [
    "sources", "entities", "facts", "has", "parameters", "rules", "functions", "takes", "benefits",
    "choices", "choice", "units", "all", "any", "exceptions", "amendments", "events", "import",
    "columns", "pays", "values", "from", "properties", "cliffs",
  ]

  private static let withExpressions: Set<String> = [
    "value", "if", "when", "otherwise", "amount", "entitled", "applies", "table", "of", "for",
  ]

  private static func expressions(_ node: Node, under key: String) -> [Range<Int>] {
    switch node.content {
    case .scalar:
      withExpressions.contains(key) || key.contains(".")
        ? [Int(node.span.start)..<Int(node.span.end)] : []
    case .sequence(let items): items.flatMap { expressions($0, under: key) }
    case .mapping(let entries):
      entries.flatMap { entry in
        ["events", "parameters", "sources", "calendar"].contains(entry.key.text)
          ? [] : expressions(entry.value, under: entry.key.text)
      }
    }
  }

  /// The names in an expression, without those behind a quotation mark.
  private static func words(_ range: Range<Int>, in file: SourceFile) -> [Place] {
    var places: [Place] = []
    var start: Int?
    for offset in range.lowerBound...range.upperBound {
      let byte = offset < range.upperBound ? file.bytes[offset] : 0x20
      let isLetter =
        (0x61...0x7A).contains(byte) || byte == 0x5F || (0x30...0x39).contains(byte)
        || byte >= 0x80
      if isLetter {
        start = start ?? offset
      } else if let first = start {
        let word = String(decoding: file.bytes[first..<offset], as: UTF8.self)
        places.append(Place(word: word, parent: "", range: first..<offset))
        start = nil
      }
    }
    return places
  }
}
