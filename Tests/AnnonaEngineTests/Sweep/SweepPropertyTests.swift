import AnnonaEngine
import AnnonaLanguage
import AnnonaValues
import Support
import Testing

/// On random rulebooks, a sweep is what the evaluator says for each cent.
@Suite struct SweepPropertyTests {
  static let household = """
    household:
      income: 10
      size: 3
      children: { ana: { wage: 20.50 }, rui: { wage: 99.99 }, eva: { wage: 150 } }
    """

  @Test(arguments: (0..<150).map { UInt64($0) })
  func isWhatTheEvaluatorSays(_ seed: UInt64) throws {
    let text = RandomFormula.rulebook(seed: seed)
    let law = try Law(text)
    let (facts, problems) = try law.facts(Self.household)
    try #require(problems.isEmpty)
    let income = try #require(law.program.facts.firstIndex { $0.name == "income" })
    let sweeper = Sweeper(
      law.program, facts, try day("2025-03-01"), [], CaseFact(FactID(income), of: 0))
    let goal = SweepGoal.rule(try law.rule("household.goal"), for: 0, output: nil)
    let swept = try sweeper.sweep(goal, from: .zero, through: Number(400))
    #expect(swept.pieces.first?.from == .zero)
    #expect(swept.pieces.last?.through == Number(400))
    var dice = SeededRandom(seed: seed)
    for _ in 0..<8 {
      let piece = swept.pieces[dice.below(swept.pieces.count)]
      let size = try ((piece.through - piece.from) * Number(100)).integer ?? 0
      let middle = dice.below(2) == 0 ? size : dice.below(size)
      for offset in -12...12 {
        let x = try piece.from + Number(middle + offset, over: 100)
        guard Number.zero <= x, x <= Number(400) else { continue }
        let found = try #require(swept.piece(at: x))
        let decided = sweeper.decided(goal, at: x)
        switch found.content {
        case .amount(let line, _):
          let wanted = Sweep.Piece.Content.amount(SteppedLine(try line.value(at: x)), nil)
          try #require(wanted == decided, "seed \(seed) at \(x)\n\(text)")
        case .value(let value): try #require(decided == .value(value), "seed \(seed) at \(x)")
        case .notDecided(let why):
          try #require(why != .unconfirmed, "seed \(seed) at \(x)\n\(text)")
          if case .failing = why {
            try #require(decided == nil, "seed \(seed) at \(x)\n\(text)")
          }
        }
      }
    }
  }

  /// Few of them have more pieces than are looked for, or products of two lines.
  @Test func mostAreDecided() throws {
    var undecided = 0
    for seed in 0..<60 {
      let law = try Law(RandomFormula.rulebook(seed: UInt64(seed)))
      let (facts, _) = try law.facts(Self.household)
      let income = try #require(law.program.facts.firstIndex { $0.name == "income" })
      let swept = try sweep(
        law.program, facts, today: try day("2025-03-01"),
        over: CaseFact(FactID(income), of: 0),
        of: .rule(try law.rule("household.goal"), for: 0, output: nil), through: Number(50))
      if swept.pieces.contains(where: { $0.line == nil }) { undecided += 1 }
    }
    #expect(undecided < 6)
  }
}
