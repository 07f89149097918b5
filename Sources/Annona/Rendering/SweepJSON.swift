import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

extension SweptCase {
  /// Pieces, jumps and cliffs for programs: numbers as canonical text with their unit, no line break at the end.
  public func json(in language: String? = nil) -> String {
    let wording = Wording(program, facts, language: language)
    return JSONValue.object([
      "rulebook": .string(program.id), "today": .string(today.description),
      "sweeps": .array(sweeps.map { SweepJSON(wording, $0, self).value }),
    ]).pretty
  }
}

private struct SweepJSON {
  let wording: Wording
  let sweep: Sweep
  let swept: SweptCase

  init(_ wording: Wording, _ sweep: Sweep, _ swept: SweptCase) {
    self.wording = wording
    self.sweep = sweep
    self.swept = swept
  }

  private var program: Program { wording.program }

  var value: JSONValue {
    .object(
      goal + [
        .init(
          "fact",
          .string(wording.canonical.id(of: sweep.fact.fact, for: sweep.fact.instance))),
        .init("from", fact(sweep.from)), .init("through", fact(sweep.through)),
        .init("step", fact(sweep.step)),
        .init("pieces", .array(sweep.pieces.map(piece))),
        .init("jumps", .array(sweep.jumps.map(jump))),
        .init("cliffs", .array(sweep.falls.map(fall))),
      ])
  }

  private var goal: [JSONValue.Member] {
    switch sweep.goal {
    case .benefit(let benefit, let member):
      [
        .init("benefit", .string(program.benefits[benefit].name)),
        .init("for", .optional(member.map { wording.canonical.name(of: $0) })),
      ]
    case .sum(let keys):
      [
        .init(
          "benefits",
          .array(
            keys.map { key in
              let member = key.member.map { "/" + wording.canonical.name(of: $0) } ?? ""
              return .string(program.benefits[key.benefit].name + member)
            }))
      ]
    case .rule(let rule, let instance, _):
      [.init("rule", .string(wording.canonical.id(of: rule, for: instance)))]
    }
  }

  private func fact(_ number: Number) -> JSONValue {
    .string(wording.canonical.text(.number(number), sweep.factType))
  }

  private func amount(_ number: Number) -> JSONValue {
    .string(wording.canonical.text(.number(number), sweep.type))
  }

  private func piece(_ piece: Sweep.Piece) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("from", fact(piece.from)), .init("through", fact(piece.through)),
    ]
    switch piece.content {
    case .amount(let line, let outcome):
      if let outcome { members.append(.init("outcome", .string(outcome.rawValue))) }
      members += [
        .init("first", (try? line.value(at: piece.from)).map(amount) ?? .null),
        .init("last", (try? line.value(at: piece.through)).map(amount) ?? .null),
        .init("slope", .string(line.slope.canonicalText)),
        .init("constant", .string(line.constant.canonicalText)),
        .init("stairs", .array(line.terms.map(stair))),
        .init("marginal_rate", .optional(marginalRate(line)?.canonicalText)),
      ]
    case .value(let value):
      members.append(.init("value", .string(wording.canonical.text(value, sweep.type))))
    case .notDecided(let why):
      members.append(.init("not_decided", undecided(why)))
    }
    members.append(.init("ends_by", turn(piece.turn)))
    return .object(members)
  }

  /// What one more of the fact brings, both in the fact's unit where that is possible.
  private func marginalRate(_ line: SteppedLine) -> Number? {
    line.rate.flatMap { try? $0 * (sweep.toFactUnit ?? .one) }
  }

  private func stair(_ term: SteppedLine.Term) -> JSONValue {
    .object([
      "factor": .string(term.factor.canonicalText),
      "slope": .string(term.stair.of.slope.canonicalText),
      "constant": .string(term.stair.of.constant.canonicalText),
      "stairs": .array(term.stair.of.terms.map(stair)),
      "step": .string(term.stair.step.canonicalText), "mode": .string(term.stair.mode.rawValue),
    ])
  }

  private func undecided(_ why: Undecided) -> JSONValue {
    let cause: String
    var details: JSONValue = .null
    switch why {
    case .open(let waits, _):
      cause = "open"
      details = .array(waits.map { .string(wording.canonical.id(of: $0)) })
    case .failing(let faults):
      cause = "fault"
      details = .array(faults.map { .string($0.code.rawValue) })
    case .notLinear(let place):
      cause = "not_linear"
      details = turn(place)
    case .tooManyPieces: cause = "too_many_pieces"
    case .unconfirmed: cause = "unconfirmed"
    }
    return .object(["cause": .string(cause), "details": details, "text": .string(wording.why(why))])
  }

  private func turn(_ turn: TurningPoint?) -> JSONValue {
    guard let turn else { return .null }
    return .object([
      "rule": .optional(turn.rule.map { program.rules[$0].name }),
      "cites": .optional(
        turn.citations.isEmpty ? nil : turn.citations.map(\.text).joined(separator: "; ")),
    ])
  }

  private func jump(_ jump: Sweep.Jump) -> JSONValue {
    .object([
      "last": fact(jump.last), "first": fact(jump.first), "before": amount(jump.before),
      "after": amount(jump.after), "by": turn(jump.turn),
    ])
  }

  private func fall(_ fall: Sweep.Fall) -> JSONValue {
    let lossType = sweep.toFactUnit == nil ? sweep.type : sweep.factType
    var kind = "jump"
    var width: JSONValue = .null
    switch fall.kind {
    case .jump: break
    case .slope: kind = "slope"
    case .steps(let number):
      kind = "steps"
      width = fact(number)
    }
    return .object([
      "kind": .string(kind), "from": fact(fall.from), "through": fact(fall.through),
      "loss": .string(wording.canonical.text(.number(fall.loss), lossType)), "width": width,
      "recovered_at": fall.recovery.map(fact) ?? .null, "by": turn(fall.turn),
      "meant_by_the_law": .optional(swept.cliff(behind: fall, of: sweep)?.name),
    ])
  }
}
