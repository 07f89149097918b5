import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// One of two rulebooks that are compared, and what it decides for a number of rows: in columns what it can, by the plain evaluator what is left. It belongs to one thread.
final class ComparedEdition {
  /// What it decides for one of those whom a benefit is for.
  struct Verdict {
    /// By position among the benefits that are compared.
    let benefit: Int
    /// The member's id; without memory for the case itself.
    let member: UnsafeBufferPointer<UInt8>
    /// By position in `Outcome.allCases`.
    let outcome: Int
    /// In units of the benefit's scale; 0 where nothing is granted.
    let count: Int64
    /// Where the amount is no such count: its position among those.
    let exact: Int?
  }

  struct Row {
    enum Kind {
      case inColumns, plain, faulty
    }

    var kind = Kind.plain
    var verdicts = 0..<0
    /// Where the values of followed rules begin; `nil` where they are not known.
    var followed: Int?
    var problem: BatchRow.Problem?
  }

  let request: BatchRequest
  private let program: Program
  /// The position of each of the program's benefits among those that are compared.
  private let positions: [Int]
  private let places: [Int]
  let strange: [EntityID: Set<String>]
  private let scanner: HouseholdScanner?
  private let columns: HouseholdColumns?
  private let partial: EditionFrame?
  private let complete: EditionFrame?

  private(set) var rows: [Row] = []
  private(set) var verdicts: [Verdict] = []
  private(set) var exact: [Number] = []
  private var followedValues: [Int64] = []
  /// By row and rule: where its values end.
  private var followedEnds: [Int] = []
  private var names: [UnsafeMutableBufferPointer<UInt8>] = []

  /// - Parameters:
  ///   - request: the rulebook, and how rows are read.
  ///   - layout: what was worked out for both.
  ///   - isFirst: which of the two it is.
  init(_ request: BatchRequest, _ layout: ReformLayout, isFirst: Bool) {
    self.request = request
    program = request.rulebook.program
    places = layout.places
    strange = isFirst ? layout.strangeToFirst : layout.strangeToSecond
    positions = isFirst ? layout.positionsInFirst : layout.positionsInSecond
    guard let plan = isFirst ? layout.planOfFirst : layout.planOfSecond else {
      scanner = nil
      columns = nil
      partial = nil
      complete = nil
      return
    }
    let columns = HouseholdColumns(for: plan.partial)
    self.columns = columns
    scanner = HouseholdScanner(
      plan.partial, program, into: columns, id: request.idKey, memberID: request.memberIDKey,
      passing: strange)
    let (program, places) = (program, positions.map { layout.places[$0] })
    func frame(_ made: Plan) -> EditionFrame {
      EditionFrame(
        made, columnsOf: plan.partial, places,
        layout.followed.map {
          $0.rule.values(of: isFirst ? $0.rule.first : $0.rule.second, made, program)
        })
    }
    partial = frame(plan.partial)
    complete = plan.complete.map(frame)
  }

  deinit { for name in names { name.deallocate() } }

  // MARK: - Deciding

  /// Decides rows, each a JSON object, which must stay where they are while the verdicts are looked at.
  func decide(_ lines: ArraySlice<UnsafeBufferPointer<UInt8>>) {
    for name in names { name.deallocate() }
    names.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
    verdicts.removeAll(keepingCapacity: true)
    exact.removeAll(keepingCapacity: true)
    followedValues.removeAll(keepingCapacity: true)
    followedEnds.removeAll(keepingCapacity: true)
    scanner?.removeAll()
    var placed: [Int] = []
    for line in lines {
      rows.append(Row())
      if let scanner, scanner.scan(line) == .added {
        placed.append(scanner.id.isEmpty ? -1 : rows.count - 1)
      }
    }
    decideInColumns(placed)
    for (index, line) in lines.enumerated() where rows[index].kind == .plain {
      decidePlainly(line, index)
    }
  }

  /// - Parameter placed: the row of each household among the columns.
  private func decideInColumns(_ placed: [Int]) {
    guard let scanner, let columns, let partial else { return }
    var start = 0
    while start < columns.count {
      // Where something is missing in a chunk, the plan that minds it takes the whole chunk.
      let last = min(start + PlanFrame.chunk, columns.count)
      let isComplete = scanner.isComplete[start..<last].allSatisfy { $0 }
      let frame = isComplete ? complete ?? partial : partial
      let count = frame.frame.run(columns, from: start)
      for household in start..<start + count where placed[household] >= 0 {
        take(household, as: placed[household], frame, columns, scanner, partial.frame.plan)
      }
      start += count
    }
  }

  private static let entitled = Outcome.allCases.firstIndex(of: .entitled) ?? 0
  private static var nobody: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: nil, count: 0)
  }

  /// Keeps what the frame says of a household, if it can tell.
  private func take(
    _ household: Int, as row: Int, _ edition: EditionFrame, _ columns: HouseholdColumns,
    _ scanner: HouseholdScanner, _ given: Plan
  ) {
    let frame = edition.frame
    let begin = verdicts.count
    func giveUp() { verdicts.removeLast(verdicts.count - begin) }
    for (index, result) in frame.plan.results.enumerated() {
      let benefit = Int(result.benefit.index)
      let first = frame.firstRow(result.space)
      let isOfMembers = program.benefits[benefit].members != nil
      var isAny = false
      for at in columns.rows(result.space, ofHousehold: household, given) {
        if let isFor = result.isFor, frame.value(isFor, at - first) == 0 { continue }
        guard frame.value(result.isSettled, at - first) != 0 else { return giveUp() }
        isAny = true
        let outcome = Int(frame.value(result.outcome, at - first))
        var count: Int64 = 0
        if outcome == Self.entitled, let column = result.amount?.column {
          guard let factor = edition.factors[index] else { return giveUp() }
          let (product, isTooLarge) = frame.value(column, at - first)
            .multipliedReportingOverflow(by: factor)
          if isTooLarge { return giveUp() }
          count = product
        }
        verdicts.append(
          Verdict(
            benefit: positions[benefit],
            member: isOfMembers ? scanner.memberNames[result.space][at] : Self.nobody,
            outcome: outcome, count: count, exact: nil))
      }
      // Where nobody is there to be decided for, the plain evaluator says so.
      if !isAny { return giveUp() }
    }
    rows[row].kind = .inColumns
    rows[row].verdicts = begin..<verdicts.count
    rows[row].followed = followedEnds.count
    for rule in edition.followed {
      let before = followedValues.count
      if rule?.read(frame, household: household, columns, into: &followedValues) != true {
        followedValues.removeLast(followedValues.count - before)
        followedValues.append(.min)
      }
      followedEnds.append(followedValues.count)
    }
  }

  // MARK: - Followed rules

  /// A followed rule's values for a row, in a form that is the same for the same values; `nil` where they are not known.
  func values(ofFollowed rule: Int, _ row: Row) -> ArraySlice<Int64>? {
    guard let start = row.followed else { return nil }
    let end = followedEnds[start + rule]
    let begin = start + rule == 0 ? 0 : followedEnds[start + rule - 1]
    let values = followedValues[begin..<end]
    return values.last == .min ? nil : values
  }

  // MARK: - The plain evaluator

  /// What a row says, for the rulebook.
  func read(_ line: UnsafeBufferPointer<UInt8>) -> BatchRow {
    BatchRow(line, request, passing: strange)
  }

  private func decidePlainly(_ line: UnsafeBufferPointer<UInt8>, _ row: Int) {
    switch read(line).facts {
    case .failure(let problem):
      rows[row].kind = .faulty
      rows[row].problem = problem
    case .success(let facts):
      let begin = verdicts.count
      let decision = AnnonaEngine.decide(program, facts, today: request.today)
      for benefit in decision.benefits { verdicts.append(verdict(benefit, facts)) }
      rows[row].verdicts = begin..<verdicts.count
    }
  }

  private func verdict(_ decision: BenefitDecision, _ facts: Case) -> Verdict {
    let benefit = positions[Int(decision.benefit.index)]
    var count: Int64 = 0
    var exact: Int?
    if decision.outcome == .entitled, let amount = decision.paid {
      if let power = try? Number(10).power(places[benefit]),
        let whole = (try? amount * power)?.integer
      {
        count = Int64(whole)
      } else {
        exact = self.exact.count
        self.exact.append(amount)
      }
    }
    return Verdict(
      benefit: benefit,
      member: decision.member.map { name(facts.instances[Int($0)].id) } ?? Self.nobody,
      outcome: Outcome.allCases.firstIndex(of: decision.outcome) ?? 0, count: count, exact: exact)
  }

  /// A name in memory that lasts as long as the verdicts.
  private func name(_ text: String) -> UnsafeBufferPointer<UInt8> {
    let bytes = Array(text.utf8)
    let memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
    _ = memory.initialize(from: bytes)
    names.append(memory)
    return UnsafeBufferPointer(memory)
  }
}

/// The columns of one plan, with how amounts and followed rules are read from them.
final class EditionFrame {
  let frame: PlanFrame
  /// By the plan's results: what a count is multiplied by; `nil` where it cannot be one.
  let factors: [Int64?]
  let followed: [FollowedValues?]

  /// - Parameters:
  ///   - plan: what is run.
  ///   - given: the plan whose columns are given.
  ///   - places: by benefit, how many decimals its counts stand for.
  ///   - followed: the rules whose values are kept; `nil` where one cannot be read.
  init(_ plan: Plan, columnsOf given: Plan, _ places: [Int], _ followed: [FollowedValues?]) {
    frame = PlanFrame(
      plan, .columns, columnsOf: given, following: followed.compactMap { $0?.columns })
    self.followed = followed
    factors = plan.results.map { result in
      guard let amount = result.amount,
        let power = try? Number(10).power(places[Int(result.benefit.index)])
      else { return nil }
      return (try? amount.quantum * power)?.integer.map { Int64($0) }
    }
  }
}

extension BenefitDecision {
  /// Its amount, or all its payments together; `nil` where there is none, or it is open.
  var paid: Number? {
    if case .known(.number(let number))? = amount { return number }
    return plan?.total
  }
}
