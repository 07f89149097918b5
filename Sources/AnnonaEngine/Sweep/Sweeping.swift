public import AnnonaLanguage
public import AnnonaValues

/// Follows a benefit, several, or a rule over the values of one numeric fact of a case.
///
/// - Parameters:
///   - facts: all but the fact itself is as the case says.
///   - from: the first value; else the fact's `min`, else 0.
///   - through: the last value; else the fact's `max`, or ten million steps above the first, whichever is less.
///   - step: how far values are apart; else the fact's own step.
/// - Throws: what keeps it from being made at all; what is not decided for a range is a piece.
public func sweep(
  _ program: Program, _ facts: Case, today: CalendarDate, suppose: [Supposition] = [],
  over fact: CaseFact, of goal: SweepGoal, from: Number? = nil, through: Number? = nil,
  step: Number? = nil
) throws(SweepProblem) -> Sweep {
  try Sweeper(program, facts, today, suppose, fact).sweep(
    goal, from: from, through: through, step: step)
}

/// Sweeps over one fact of one case: what does not depend on the fact is worked out once for all of them.
public final class Sweeper {
  let program: Program
  let facts: Case
  let today: CalendarDate
  let suppositions: [Supposition]
  public let fact: CaseFact
  let dependence: Dependence
  /// Without the value that the case has for the fact.
  private let plain: Evaluator
  /// The same with defaults that no law gives left open.
  private let strict: Evaluator?

  public init(
    _ program: Program, _ facts: Case, _ today: CalendarDate, _ suppose: [Supposition],
    _ fact: CaseFact
  ) {
    self.program = program
    self.facts = facts
    self.today = today
    suppositions = suppose
    self.fact = fact
    dependence = Dependence(program, on: fact.fact)
    plain = Evaluator(program, facts, today: today, suppose: suppose)
    let hasMereDefaults = facts.instances.indices.contains { index in
      program.entities[facts.instances[index].entity].facts.contains { id in
        guard case .assumed = facts.state(of: id, for: Int32(index)) else { return false }
        return !(program.facts[id].assumed?.citesTheLaw ?? false)
      }
    }
    strict =
      hasMereDefaults
      ? Evaluator(
        program, facts, during: Clock.Days(today), assumptions: .onlyTheLaws, suppose: suppose)
      : nil
  }

  /// Whether anything that a benefit says depends on the fact.
  public func depends(_ benefit: BenefitID) -> Bool {
    program.benefits[benefit].expressions.contains { dependence.depends($0) }
  }

  public func sweep(
    _ goal: SweepGoal, from: Number? = nil, through: Number? = nil, step: Number? = nil
  ) throws(SweepProblem) -> Sweep {
    let declared = program.facts[fact.fact]
    let grid = try SweepGrid(declared, from: from, through: through, step: step)
    let type = try self.type(of: goal)
    var pieces: [Sweep.Piece] = []
    var index = 0
    var rounds = 0
    while index < grid.count {
      rounds += 1
      let (piece, last) =
        rounds > Sweep.pieceLimit ? rest(grid, index) : self.piece(goal, grid, index)
      index = last + 1
      guard let before = pieces.last, let joined = before.joined(with: piece, grid.step) else {
        pieces.append(piece)
        continue
      }
      pieces[pieces.count - 1] = joined
    }
    let swept = Sweep(
      fact: fact, goal: goal, from: grid.first, through: pieces.last?.through ?? grid.first,
      step: grid.step, factType: declared.type, type: type,
      toFactUnit: ratio(of: goal, type), isCharge: isCharge(goal),
      pieces: meeting(pieces, grid.step))
    return confirmed(swept)
  }

  /// A value at which two pieces meet belongs to the first.
  private func meeting(_ pieces: [Sweep.Piece], _ step: Number) -> [Sweep.Piece] {
    var pieces = pieces
    for index in pieces.indices.dropFirst() {
      let (one, other) = (pieces[index - 1], pieces[index])
      guard let line = one.line, let next = other.line, one.outcome == other.outcome,
        other.from < other.through, let start = try? other.from + step,
        let amount = try? line.value(at: other.from),
        (try? next.value(at: other.from)) == amount
      else { continue }
      pieces[index - 1] = Sweep.Piece(
        from: one.from, through: other.from, content: one.content, turn: one.turn)
      pieces[index] = Sweep.Piece(
        from: start, through: other.through, content: other.content, turn: other.turn)
    }
    return pieces
  }

  // MARK: - Units

  private func type(of goal: SweepGoal) throws(SweepProblem) -> ValueType {
    switch goal {
    case .benefit(let id, _): return amountType(of: id)
    case .rule(let id, _, let output):
      for case .table(let table)? in program.rules[id].versions.map(\.body) {
        if let output, table.outputs.indices.contains(output) { return table.outputs[output].type }
      }
      return program.rules[id].type
    case .sum(let keys):
      for key in keys where ratio(of: key.benefit) == nil { throw .noCommonUnit }
      return program.facts[fact.fact].type.present
    }
  }

  /// Of the benefit's amount, or of its payments together.
  private func amountType(of id: BenefitID) -> ValueType {
    let benefit = program.benefits[id]
    return (benefit.amount ?? benefit.payments.first?.amount)?.type ?? .number(NumberType())
  }

  private func ratio(from type: ValueType, to factType: ValueType) -> Number? {
    guard let unit = type.numberType?.unit, let wanted = factType.numberType?.unit,
      unit.currency != nil
    else { return nil }
    return unit.ratio(to: wanted)
  }

  /// What a benefit's amount is multiplied by to be in the fact's unit; a charge is taken away.
  public func ratio(of benefit: BenefitID) -> Number? {
    let ratio = ratio(from: amountType(of: benefit), to: program.facts[fact.fact].type)
    return program.benefits[benefit].isCharge ? ratio.map { -$0 } : ratio
  }

  private func isCharge(_ goal: SweepGoal) -> Bool {
    if case .benefit(let id, _) = goal { program.benefits[id].isCharge } else { false }
  }

  private func ratio(of goal: SweepGoal, _ type: ValueType) -> Number? {
    if case .benefit(let id, _) = goal { return ratio(of: id) }
    return ratio(from: type, to: program.facts[fact.fact].type)
  }

  // MARK: - One piece

  private func rest(_ grid: SweepGrid, _ index: Int) -> (Sweep.Piece, Int) {
    let from = (try? grid.value(index)) ?? grid.first
    let through = (try? grid.value(grid.count - 1)) ?? from
    let piece = Sweep.Piece(
      from: from, through: through, content: .notDecided(.tooManyPieces), turn: nil)
    return (piece, grid.count - 1)
  }

  private func piece(
    _ goal: SweepGoal, _ grid: SweepGrid, _ index: Int
  ) -> (Sweep.Piece, Int) {
    guard let stretch = try? ValueStretch(grid, from: index) else { return rest(grid, index) }
    let reader = PieceReader(plain, dependence, of: fact.instance, stretch)
    let strict = self.strict.map { PieceReader($0, dependence, of: fact.instance, stretch) }
    let content: Sweep.Piece.Content
    do {
      content = try read(goal, reader, strict)
    } catch {
      content = .notDecided(error)
    }
    guard let through = try? grid.value(stretch.high) else { return rest(grid, index) }
    let piece = Sweep.Piece(
      from: stretch.x, through: through, content: content.simplified(from: stretch.x, through),
      turn: stretch.end)
    return (piece, stretch.high)
  }

  private func read(
    _ goal: SweepGoal, _ reader: PieceReader, _ strict: PieceReader?
  ) throws(Undecided) -> Sweep.Piece.Content {
    switch goal {
    case .benefit(let id, let member):
      let decision = try reader.decide(id, for: member ?? 0, strict)
      return .amount(decision.amount, decision.outcome)
    case .sum(let keys):
      var total = SteppedLine(.zero)
      for key in keys {
        let decision = try reader.decide(key.benefit, for: key.member ?? 0, strict)
        guard let ratio = ratio(of: key.benefit),
          let amount = try? decision.amount.scaled(by: ratio), let sum = try? total + amount
        else { throw .unconfirmed }
        total = sum
      }
      return .amount(total, nil)
    case .rule(let id, let instance, let output):
      let place = TurningPoint(rule: id, citations: [], span: program.rules[id].span)
      let scope = PieceScope(rule: nil, instance: instance, today: today, place: place)
      let reading = try reader.read(id, for: instance, output, scope)
      if case .band(let band) = reading { return .amount(try band.line(), nil) }
      if let line = reading.line { return .amount(line, nil) }
      return .value(try reader.concrete(reading, scope))
    }
  }

  // MARK: - Confirming

  /// Each piece is held against the decision itself at both its ends; one that differs is not shown.
  private func confirmed(_ swept: Sweep) -> Sweep {
    let pieces = swept.pieces.map { piece in
      let ends = piece.from == piece.through ? [piece.from] : [piece.from, piece.through]
      if ends.allSatisfy({ isConfirmed(piece, swept.goal, at: $0) }) { return piece }
      return Sweep.Piece(
        from: piece.from, through: piece.through, content: .notDecided(.unconfirmed),
        turn: piece.turn)
    }
    return Sweep(
      fact: swept.fact, goal: swept.goal, from: swept.from, through: swept.through,
      step: swept.step, factType: swept.factType, type: swept.type,
      toFactUnit: swept.toFactUnit, isCharge: swept.isCharge, pieces: pieces)
  }

  private func isConfirmed(_ piece: Sweep.Piece, _ goal: SweepGoal, at x: Number) -> Bool {
    switch piece.content {
    case .notDecided: return true
    case .value(let value): return decided(goal, at: x) == .value(value)
    case .amount(let line, let outcome):
      guard let amount = try? line.value(at: x) else { return false }
      return decided(goal, at: x) == .amount(SteppedLine(amount), outcome)
    }
  }

  /// What the evaluator, which defines every value, says for one value of the fact; `nil` where it is open or fails.
  package func decided(_ goal: SweepGoal, at x: Number) -> Sweep.Piece.Content? {
    decided(goal, with: .number(x))
  }

  func decided(_ goal: SweepGoal, with value: Value) -> Sweep.Piece.Content? {
    decided(goal, evaluator(with: value))
  }

  /// The same for the case as it is.
  func decidedAsIs(_ goal: SweepGoal) -> Sweep.Piece.Content? {
    decided(goal, evaluator(with: nil))
  }

  /// - Parameter value: of the fact; the case's own where it is `nil`.
  func evaluator(with value: Value?) -> Evaluator {
    guard let value else {
      return Evaluator(program, facts, today: today, suppose: suppositions)
    }
    var builder = Case.Builder(program, from: facts)
    builder.set(fact.fact, of: fact.instance, to: .known(value))
    return Evaluator(program, builder.build(), today: today, suppose: suppositions)
  }

  private func decided(_ goal: SweepGoal, _ evaluator: Evaluator) -> Sweep.Piece.Content? {
    switch goal {
    case .benefit(let id, let member):
      return evaluator.amount(of: id, for: member).map { .amount(SteppedLine($0.0), $0.1) }
    case .sum(let keys):
      var total = Number.zero
      for key in keys {
        guard let (amount, _) = evaluator.amount(of: key.benefit, for: key.member),
          let ratio = ratio(of: key.benefit), let sum = try? total + amount * ratio
        else { return nil }
        total = sum
      }
      return .amount(SteppedLine(total), nil)
    case .rule(let id, let instance, let output):
      guard case .known(let value) = evaluator.value(of: id, for: instance, output: output) else {
        return nil
      }
      if case .number(let number) = value { return .amount(SteppedLine(number), nil) }
      return .value(value)
    }
  }
}

extension Evaluator {
  /// What a benefit pays, 0 where it is refused; `nil` while it is open, and where it fails.
  fileprivate func amount(of id: BenefitID, for member: Int32?) -> (Number, Outcome)? {
    guard let decision = decide(id).first(where: { $0.member == member }) else { return nil }
    switch decision.outcome {
    case .notInForce, .notApplicable, .notEntitled:
      // Where the law of a figure ran out inside, the outcome is the same, but nothing was refused.
      return decision.faults.isEmpty ? (.zero, decision.outcome) : nil
    case .entitled:
      let amount = decision.amount?.knownValue?.number ?? decision.plan?.total ?? .zero
      return (amount, .entitled)
    case .undetermined, .refer, .error: return nil
    }
  }
}

extension SweepGrid {
  init(
    _ fact: Fact, from: Number?, through: Number?, step: Number?
  ) throws(SweepProblem) {
    guard case .number(let type) = fact.type.present else { throw .notANumber }
    guard let step = step ?? fact.step ?? (type.isInteger ? .one : nil), step.sign > 0 else {
      throw .noStep
    }
    if let own = fact.step, !step.isMultiple(of: own) { throw .notAMultiple(step, of: own) }
    var least: Number?
    var greatest: Number?
    if case .value(.number(let limit))? = fact.minimum { least = limit }
    if case .value(.number(let limit))? = fact.maximum { greatest = limit }
    let first = from ?? least ?? .zero
    if let own = fact.step, !first.isMultiple(of: own) { throw .notAMultiple(first, of: own) }
    if least.map({ first < $0 }) ?? false || greatest.map({ $0 < first }) ?? false {
      throw .outsideTheFact
    }
    if let through, let greatest, greatest < through { throw .outsideTheFact }
    let limit = Number(Self.countLimit)
    guard let most = try? first + step * Number(Self.defaultCount) else { throw .tooManyValues }
    let last = through ?? greatest.map { min($0, most) } ?? most
    guard first <= last else { throw .reversed }
    guard let steps = try? ((last - first) / step).floor, steps < limit, let count = steps.integer
    else { throw .tooManyValues }
    self.init(first: first, step: step, count: count + 1)
  }

  static let defaultCount = 10_000_000
  /// So that indices stay machine words, whatever is done with them.
  static let countLimit = 1_000_000_000_000_000
}
