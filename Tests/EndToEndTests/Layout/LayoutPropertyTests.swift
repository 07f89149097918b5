import Annona
import AnnonaLanguage
import Foundation
import Support
import Testing

/// Every file of the project that people write rules in says after its layout what it said before.
@Suite struct LayoutPropertyTests {
  struct Written: Sendable, CustomStringConvertible {
    let file: SourceFile
    var description: String { file.path }
  }

  static let files: [Written] = {
    let folders = ["Rules", "Examples", "Tests/Conformance", "Tests/EndToEndTests/Rulebooks"]
    let found = folders.flatMap { folder in
      (try? FixtureFolder.files(below: packageFolder.url.path + "/" + folder, endingIn: ".yaml"))
        ?? []
    }
    return found.map(Written.init)
  }()

  static let snippets: [Written] = DocumentationPage.all.flatMap { page in
    let text = (try? page.text()) ?? ""
    let blocks = text.matches(of: #/(?ms)^```yaml ([^\n]+)\n(.*?)^```$/#)
    return blocks.enumerated().map { number, block in
      Written(
        file: SourceFile(
          path: "\(page.name) \(number + 1) \(block.output.1)", text: String(block.output.2)))
    }
  }

  @Test func areFound() {
    #expect(Self.files.count > 60)
    #expect(Self.snippets.count > 100)
  }

  @Test(arguments: files + snippets) func saysWhatItSaid(_ written: Written) throws {
    let file = SourceFile(path: "rules.yaml", bytes: written.file.bytes)
    guard let (result, node) = try laidOut(file) else { return }
    let (again, _) = try #require(try laidOut(result))
    #expect(again.text == result.text, "laid out twice is not laid out once")
    let after = try #require(readNodes(result, index: 0).0)
    #expect(words(node) == words(after))
    #expect(comments(file.text) == comments(result.text))
    guard file.text.hasPrefix("rulebook:") || file.text.contains("\nrulebook:") else { return }
    #expect(meaning([file]) == meaning([result]))
  }

  /// Rulebooks of several files, with what they import.
  @Test func aRulebookMeansWhatItMeant() throws {
    let rules = packageFolder.url.path + "/Rules"
    for rulebook in try RulebookFolder.rulebooks(below: rules) {
      let library = try RulesFolder.library(rules, for: rules)
      let results = try rulebook.files.map { file in
        file.path.hasSuffix(".csv") ? file : try #require(try laidOut(file)).0
      }
      #expect(
        meaning(rulebook.files, library) == meaning(results, library), "\(rulebook.id)")
    }
  }

  @Test(arguments: files, [1, 2, 3] as [UInt64])
  func theLayoutDoesNotDependOnHowItWas(_ written: Written, _ seed: UInt64) throws {
    guard let (result, _) = try laidOut(written.file) else { return }
    var random = SeededRandom(seed: seed)
    let disturbed = disturbed(result, try #require(readNodes(result, index: 0).0), &random)
    #expect(disturbed.text != result.text)
    let restored = try #require(try laidOut(disturbed), "seed \(seed)")
    let found = difference(found: restored.0.text, wanted: result.text)
    #expect(found == nil, "seed \(seed)")
  }

  // MARK: -

  /// `nil` where the file cannot be read, as some of the reference cannot.
  private func laidOut(_ file: SourceFile) throws -> (SourceFile, Node)? {
    switch Layout.lay(out: file) {
    case .done(let text):
      return (SourceFile(path: file.path, text: text), try #require(readNodes(file, index: 0).0))
    case .unreadable(let problems):
      #expect(problems.contains { $0.severity == .error })
      return nil
    case .unfaithful:
      Issue.record("\(file.path): the layout would change what it says")
      return nil
    }
  }

  /// Every key and text of a tree, with blanks left out where a text is drawn in columns.
  private func words(_ node: Node) -> [String] {
    switch node.content {
    case .scalar(let scalar):
      scalar.style == .block && scalar.text.contains("|")
        ? scalar.text.split(separator: "\n").map { $0.filter { !" -".contains($0) } }.filter {
          $0 != "" && !$0.allSatisfy { $0 == "|" }
        }
        : ["\(scalar.style) \(scalar.text)"]
    case .sequence(let items): ["["] + items.flatMap(words) + ["]"]
    case .mapping(let entries):
      ["{"] + entries.flatMap { ["\($0.key.text):"] + words($0.value) } + ["}"]
    }
  }

  /// What may be a comment, told without the reader: from a `#` behind a blank to the end of its line.
  private func comments(_ text: String) -> [String] {
    text.matches(of: #/(?m)(?:^|[ \t])(#[^\n]*)$/#)
      .map { $0.output.1.trimmingCharacters(in: .whitespaces) }.sorted()
  }

  /// The program or the problems, without places.
  private func meaning(
    _ files: [SourceFile], _ library: any RulebookLibrary = EmptyLibrary()
  ) -> [String] {
    let loaded = Rulebook.load(files: files, imports: library)
    let problems = loaded.diagnostics.map { "\($0.code) \($0.message) \($0.help ?? "")" }.sorted()
    guard let rulebook = loaded.rulebook else { return problems }
    let parts = Mirror(reflecting: rulebook.program).children
      .filter { $0.label != "files" }.map { "\($0.label ?? ""): \(self.parts(of: $0.value))" }
    return problems + parts
  }

  /// Everything that a value is made of, with dictionaries in order and without places.
  private func parts(of value: Any) -> String {
    if value is Span { return "" }
    let mirror = Mirror(reflecting: value)
    let children = mirror.children.map { ($0.label.map { $0 + ":" } ?? "") + parts(of: $0.value) }
    switch mirror.displayStyle {
    case .dictionary, .set: return "[" + children.sorted().joined(separator: ",") + "]"
    case nil where children.isEmpty: return "\(value)"
    case .enum where children.isEmpty: return "\(value)"
    default: return "(" + children.joined(separator: ",") + ")"
    }
  }

  // MARK: - Other layouts

  /// The same file with levels twice as deep, blanks where they say nothing, and perhaps other line breaks.
  private func disturbed(
    _ file: SourceFile, _ node: Node, _ random: inout SeededRandom
  ) -> SourceFile {
    var bytes: [UInt8] = []
    var cursor = 0
    var isBehindText = true
    for word in places(node) {
      let gap = file.bytes[cursor..<word.lowerBound]
      let text = file.bytes[word]
      bytes += deeper(isBehindText ? Array(gap) : blanks(gap, &random), hasDashes: true)
      isBehindText = text.first == UInt8(ascii: "|") || text.first == UInt8(ascii: ">")
      bytes += isBehindText ? shifted(text) : deeper(Array(text), hasDashes: false)
      cursor = word.upperBound
    }
    bytes += deeper(Array(file.bytes[cursor...]), hasDashes: false)
    var text = String(decoding: bytes, as: UTF8.self)
    if random.below(2) == 0 { text = text.replacing("\n", with: "\r\n") }
    return SourceFile(path: file.path, text: text)
  }

  /// Every level twice as deep.
  private func deeper(_ bytes: [UInt8], hasDashes: Bool) -> [UInt8] {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    let rest = lines.dropFirst().map { line -> [UInt8] in
      let margin = line.prefix { $0 == 0x20 }
      let dashes = line.dropFirst(margin.count)
        .prefix { hasDashes && ($0 == UInt8(ascii: "-") || $0 == 0x20) }
      return Array(margin + margin)
        + dashes.flatMap { $0 == 0x20 ? [0x20, 0x20, 0x20] : [$0] }
        + line.dropFirst(margin.count + dashes.count)
    }
    return Array(([Array(lines[0])] + rest).joined(separator: [0x0A]))
  }

  /// The lines of a text further in, all by as much.
  private func shifted(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    let first = lines.dropFirst().first { !$0.isEmpty } ?? []
    let margin = Array(first.prefix { $0 == 0x20 })
    let rest = lines.dropFirst().map { $0.isEmpty ? [] : margin + Array($0) }
    return Array(([Array(lines[0])] + rest).joined(separator: [0x0A]))
  }

  private func blanks(_ gap: ArraySlice<UInt8>, _ random: inout SeededRandom) -> [UInt8] {
    if gap.contains(UInt8(ascii: "#")) || gap.contains(UInt8(ascii: "-")) { return Array(gap) }
    let room = [UInt8](repeating: 0x20, count: random.below(3))
    guard let end = gap.firstIndex(of: 0x0A) else {
      return gap.flatMap { $0 == 0x20 ? [0x20] + room : [$0] }
    }
    return gap[..<end] + room + gap[end...]
  }

  private func places(_ node: Node) -> [Range<Int>] {
    let place = Int(node.span.start)..<Int(node.span.end)
    return switch node.content {
    case .scalar: [place]
    case .sequence(let items): items.flatMap(places)
    case .mapping(let entries):
      entries.flatMap { [Int($0.keySpan.start)..<Int($0.keySpan.end)] + places($0.value) }
    }
  }
}

extension SourceFile {
  fileprivate var text: String { String(decoding: bytes, as: UTF8.self) }
}
