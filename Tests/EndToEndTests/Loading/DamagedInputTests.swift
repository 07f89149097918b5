import Annona
import Support
import Testing

/// Whatever stands in a rulebook or a case, the answer is a decision or a list of problems, never a trap.
@Suite struct DamagedInputTests {
  @Test(arguments: 0..<8)
  func damagedRulebooksAreAnswered(_ round: Int) throws {
    let path = "Tests/EndToEndTests/Rulebooks/school_meals/school_meals.yaml"
    let household = try packageFolder.text("Tests/EndToEndTests/Cases/school_meals.yaml")
    var damage = Damage(try packageFolder.text(path), seed: UInt64(round + 1))
    for _ in 0..<25 {
      let text = damage.next()
      let loaded = Rulebook.load(files: [SourceFile(path: "r.yaml", bytes: text)])
      #expect(loaded.rulebook != nil || loaded.diagnostics.hasErrors)
      _ = DiagnosticText(files: loaded.files).render(loaded.diagnostics)
      if let rulebook = loaded.rulebook { decide(rulebook, Array(household.utf8)) }
    }
  }

  @Test(arguments: 0..<4)
  func damagedCasesAreAnswered(_ round: Int) throws {
    _ = annona("--help")
    let rulebook = try Rulebook.load(at: "Tests/EndToEndTests/Rulebooks/school_meals").get()
    let text = try packageFolder.text("Tests/EndToEndTests/Cases/school_meals.yaml")
    var damage = Damage(text, seed: UInt64(round + 100))
    for _ in 0..<60 { decide(rulebook, damage.next()) }
  }

  private func decide(_ rulebook: Rulebook, _ bytes: [UInt8]) {
    let source = SourceFile(path: "c.yaml", bytes: bytes)
    do {
      let household = try rulebook.readCase(source)
      guard let today = household.today else { return }
      let decided = rulebook.decide(household, on: today)
      _ = decided.text(in: "pt", values: decided.values(all: true))
      _ = decided.json()
      _ = decided.explanation().text(for: .auditor)
      _ = decided.explanation().json()
    } catch {
      #expect(error.diagnostics.hasErrors)
      _ = error.description
    }
  }
}

/// Texts that differ from a good one in a few places: a piece lost, doubled, moved or replaced by signs that mean something.
private struct Damage {
  private let bytes: [UInt8]
  private var random: SeededRandom
  private static let signs = [
    "", " ", "\n", ":", "- ", "{", "}", "[", "]", "|", "||", "0", "-1", "9999999999999999999",
    "1/0", "<", "null", "today", "this", "unknown", "2024-02-30", "%", "\u{0}", "é", "#", "\"", "'",
    "\t",
    "EUR", "month", "not ", "at ", "in_force", "*", "&a", "!", "---", "false", "children",
  ].map { Array($0.utf8) }

  init(_ text: String, seed: UInt64) {
    bytes = Array(text.utf8)
    random = SeededRandom(seed: seed)
  }

  mutating func next() -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      guard !bytes.isEmpty else { break }
      let start = Int.random(in: 0..<bytes.count, using: &random)
      let length = Int.random(in: 0...min(12, bytes.count - start), using: &random)
      let piece = Array(bytes[start..<(start + length)])
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes.removeSubrange(start..<(start + length))
      case 1: bytes.insert(contentsOf: piece, at: start)
      case 2: bytes.insert(contentsOf: piece, at: Int.random(in: 0...bytes.count, using: &random))
      default:
        let sign = Self.signs.randomElement(using: &random) ?? []
        bytes.replaceSubrange(start..<(start + length), with: sign)
      }
    }
    return bytes
  }
}
