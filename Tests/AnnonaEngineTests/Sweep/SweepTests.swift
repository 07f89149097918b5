import AnnonaEngine
import AnnonaLanguage
import AnnonaValues
import Support
import Testing

/// Pieces, falls and what-if on rules small enough to reckon by hand.
@Suite struct SweepTests {
  private static let entities = """
    entities:
      household:
        facts:
          income: { type: EUR/year, min: 0 }
          assets: { type: EUR, min: 0 }
          size: { type: integer, min: 1, max: 12 }
          resident: boolean

    """

  private static let household = """
    household: { income: 10_000, assets: 0, size: 2, resident: true }
    """

  private func swept(
    _ rules: String, over fact: String = "income", through: Int? = 3_000,
    _ facts: String = household
  ) throws -> Sweep {
    let law = try Law(Self.entities + rules)
    let (given, problems) = try law.facts(facts)
    try #require(problems.isEmpty)
    let id = try #require(law.program.facts.firstIndex { $0.name == fact })
    let goal: SweepGoal =
      law.program.benefits.isEmpty
      ? .rule(try law.rule("household.amount"), for: 0, output: nil)
      : .benefit(BenefitID(0), for: nil)
    return try sweep(
      law.program, given, today: try day("2025-03-01"), over: CaseFact(FactID(id), of: 0),
      of: goal, through: through.map { Number($0) })
  }

  /// `0 to 999.99: 200 | 1000 to 3000: 0`
  private func text(_ sweep: Sweep) -> String {
    sweep.pieces.map { piece in
      let content =
        switch piece.content {
        case .amount(let line, let outcome):
          text(line) + (outcome.map { $0 == .entitled ? "" : " \($0.rawValue)" } ?? "")
        case .value(let value): "\(value)"
        case .notDecided(.open(_, _)): "open"
        case .notDecided(.failing(let faults)):
          faults.map(\.code.rawValue).joined(separator: ", ")
        case .notDecided(.notLinear): "not linear"
        case .notDecided(let why): "\(why)"
        }
      return "\(piece.from) to \(piece.through): \(content)"
    }.joined(separator: " | ")
  }

  private func text(_ line: SteppedLine) -> String {
    var parts: [String] = []
    if !line.slope.isZero { parts.append("\(line.slope) x") }
    if !line.constant.isZero || line.isConstant { parts.append("\(line.constant)") }
    for term in line.terms {
      parts.append(
        "\(term.factor) \(term.stair.mode.rawValue)(\(text(term.stair.of)) to \(term.stair.step))")
    }
    return parts.joined(separator: " + ")
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let rules: String
    let pieces: String
    var fact = "income"
    var facts = SweepTests.household

    var testDescription: String { rules }
  }

  @Test(arguments: [
    Row(rules: "rules: { household.amount: income * 2 }", pieces: "0 to 3000: 2 x"),
    Row(
      rules: "rules: { household.amount: 'max(0, 500 EUR/year - income / 4)' }",
      pieces: "0 to 2000: -0.25 x + 500 | 2000.01 to 3000: 0"),
    // A taper to the cent is one piece.
    Row(
      rules: "rules: { household.amount: { value: income * 93 %, round: 0.01 half_up } }",
      pieces: "0 to 3000: 1 half_up(0.93 x to 0.01)"),
    // Rounding to what it comes in anyway changes nothing.
    Row(
      rules: "rules: { household.amount: { value: income * 2, round: 0.01 down } }",
      pieces: "0 to 3000: 2 x"),
    // Whole steps of a staircase stay whole under a finer rounding.
    Row(
      rules: """
        rules:
          household.steps: floor(income / 8 to 1 EUR/year)
          household.amount: { value: "max(0, 400/3 * 1 EUR/year - household.steps)", round: 0.01 down }
        """,
      pieces: "0 to 1071.99: 133.33 + -1 floor(0.125 x to 1) | 1072 to 3000: 0"),
    // A staircase on a staircase.
    Row(
      rules: """
        rules:
          household.monthly: { value: income / 12, round: 0.01 half_up }
          household.amount: { value: household.monthly * 0.5 %, round: 0.01 down }
        """,
      pieces: "0 to 3000: 1 down(0.005 half_up(1/12 x to 0.01) to 0.01)"),
    Row(
      rules: """
        rules:
          household.amount:
            type: EUR/year
            table: |
              income || value
              below 1_000 || 300
              1_000 to 2_000 || income / 10
              above 2_000 || 0
        """,
      pieces: "0 to 999.99: 300 | 1000 to 2000: 0.1 x | 2000.01 to 3000: 0"),
    Row(
      rules: """
        rules:
          household.amount:
            scale:
              of: income
              brackets: |
                above | rate
                1_000 | 10 %
                2_000 | 50 %
        """,
      pieces: "0 to 1000: 0 | 1000.01 to 2000: 0.1 x + -100 | 2000.01 to 3000: 0.5 x + -900"),
    Row(
      rules: """
        rules:
          household.amount:
            value: 300 EUR/year
            exceptions:
              rich: { when: income > 1_500 EUR/year, value: base / 2 }
        """,
      pieces: "0 to 1500: 300 | 1500.01 to 3000: 150"),
    // What the fact has no part in decides first, so that nothing is split.
    Row(
      rules:
        "rules: { household.amount: { value: if income < 100 EUR/year and not resident then 1 EUR else 2 EUR } }",
      pieces: "0 to 3000: 2"),
    Row(
      rules: "rules: { household.amount: income > 10 EUR/year }",
      pieces: "0 to 10: boolean(false) | 10.01 to 3000: boolean(true)"),
    Row(
      rules: "rules: { household.amount: 1 EUR * 100 / (income / 1 EUR * 1 year - 50) }",
      pieces: "0 to 3000: not linear"),
    // Of few values each is a piece, whatever is done with it.
    Row(
      rules: "rules: { household.amount: size * size }",
      pieces: "1 to 1: 1 | 2 to 2: 4 | 3 to 3: 9 | 4 to 4: 16", fact: "size"),
    Row(
      rules: "rules: { household.amount: if size = 3 then 1 / (size - 3) else 10 }",
      pieces: "1 to 2: 10 | 3 to 3: division_by_zero | 4 to 4: 10", fact: "size"),
    Row(
      rules: "rules: { household.amount: if income < 1_000 EUR/year then assets else 5 EUR }",
      pieces: "0 to 999.99: open | 1000 to 3000: 5",
      facts: "household: { income: 0, size: 1, resident: true }"),
  ])
  func hasThesePieces(_ row: Row) throws {
    let swept = try swept(
      row.rules, over: row.fact, through: row.fact == "size" ? 4 : 3_000, row.facts)
    #expect(text(swept) == row.pieces)
  }

  private static let support = """
    rules:
      household.claim: income <= 1_000 EUR/year
      household.amount: 300 EUR/year
    benefits:
      support: { title: Support, entitled: household.claim, amount: household.amount }
    """

  @Test func aJumpIsACliffUntilAsMuchIsReachedAgain() throws {
    let swept = try swept(Self.support)
    #expect(text(swept) == "0 to 1000: 300 | 1000.01 to 3000: 0 not_entitled")
    #expect(swept.jumps.map(\.last) == [Number(1_000)])
    let fall = try #require(swept.falls.first)
    #expect(swept.falls.count == 1 && fall.kind == .jump)
    #expect(fall.loss == Number(text: "299.99") && fall.recovery == Number(1_300))
  }

  @Test func aTaperOfLessThanAllIsNoCliff() throws {
    let swept = try swept(
      "rules: { household.amount: { value: 'max(0, 900 EUR/year - income * 93 %)', round: 0.01 half_up } }"
    )
    #expect(swept.falls.isEmpty && swept.jumps.isEmpty)
  }

  @Test func aTaperOfMoreThanAllIsACliff() throws {
    let swept = try swept(
      "rules: { household.amount: 'max(0, 900 EUR/year - income * 150 %)' }")
    let fall = try #require(swept.falls.first)
    #expect(swept.falls.count == 1 && fall.kind == .slope)
    #expect(fall.loss == Number(300) && fall.recovery == Number(900))
  }

  @Test func wholeStepsAreSmallCliffs() throws {
    let swept = try swept(
      "rules: { household.amount: 'max(0, 300 EUR/year - floor(income / 8 to 1 EUR/year))' }")
    #expect(swept.falls.map(\.kind) == [.steps(width: Number(8))])
    #expect(swept.falls.map(\.loss) == [.one])
  }

  @Test func whatIsMeantByTheLawIsFound() throws {
    let law = try Law(
      Self.entities + Self.support + """

        cliffs:
          end: { of: support, when: household.income rises, at: 1_000 EUR/year, cites: act s 3 }
        """)
    let (given, _) = try law.facts(Self.household)
    let today = try day("2025-03-01")
    let swept = try sweep(
      law.program, given, today: today, over: CaseFact(FactID(0), of: 0),
      of: .benefit(BenefitID(0), for: nil))
    let fall = try #require(swept.falls.first)
    #expect(swept.cliff(behind: fall, in: law.program, given, on: today)?.name == "end")
  }

  @Test func theLeastChangeThatFlips() throws {
    let law = try Law(Self.entities + Self.support)
    let today = try day("2025-03-01")
    let (given, _) = try law.facts(Self.household)
    let decision = try #require(decide(law.program, given, today: today).benefits.first)
    let goal = SweepGoal.benefit(decision.benefit, for: decision.member)
    let found = counterfactuals(law.program, given, today: today, of: goal) { _ in true }
    #expect(found.count == 1)
    let change = try #require(found.first)
    #expect(change.then == .number(Number(1_000)) && change.through == .zero)
    #expect(change.outcome == .entitled && change.amount == Number(300) && change.isGain == true)
    #expect(
      counterfactuals(law.program, given, today: today, of: goal) { _ in false }.isEmpty)
  }

  @Test func moreThanTenThousandPiecesAreNotDecided() throws {
    let swept = try swept(
      "rules: { household.amount: abs(round(income to 0.1 EUR/year half_up) - income) }",
      through: 100_000)
    #expect(swept.pieces.last?.content == .notDecided(.tooManyPieces))
  }

  @Test func whatCannotBeSweptSaysWhy() throws {
    #expect(throws: SweepProblem.notANumber) { try swept(Self.support, over: "resident") }
    #expect(throws: SweepProblem.reversed) { try swept(Self.support, through: -5) }
    #expect(throws: SweepProblem.outsideTheFact) {
      try swept(Self.support, over: "size", through: 99)
    }
  }
}
