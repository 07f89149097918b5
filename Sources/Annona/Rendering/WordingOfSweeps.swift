import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// The sentences about sweeps that texts and charts share.
extension Wording {
  /// `Abono de família: Maria`, `household.tier`, `All benefits together`
  func heading(_ goal: SweepGoal) -> String {
    switch goal {
    case .benefit(let benefit, let member): heading(benefit, for: member)
    case .sum: phrase(.allBenefits)
    case .rule(let rule, let instance, _):
      text(program.rules[rule].title).map {
        "\($0) (\(id(of: rule, for: instance)))"
      } ?? id(of: rule, for: instance)
    }
  }

  /// The fact's title with its owner where it is one of several members', else its id.
  func name(of fact: CaseFact) -> String {
    heading(.fact(fact.instance, fact.fact, period: nil))
  }

  /// A title without the id behind it, for where there is little room.
  func shortName(of fact: CaseFact) -> String {
    text(program.facts[fact.fact].title) ?? id(of: fact.fact, for: fact.instance)
  }

  /// A number of a type without its unit, for columns and axes.
  func bare(_ number: Number, _ type: ValueType) -> String {
    guard case .number(let numeric) = type.present, !numeric.isPercent else {
      return self.number(number, type)
    }
    if numeric.isInteger { return self.number(number, type) }
    let minor = numeric.unit.currency.flatMap { Unit.minorUnit(ofCurrency: $0) }
    return number.text(style: style, atLeast: minor?.decimalPlaces ?? 0)
  }

  /// `household.tier, Decreto-Lei n.º 176/2003, art. 14`
  func turn(_ turn: TurningPoint?) -> String? {
    guard let turn else { return nil }
    let parts = [turn.rule.map { program.rules[$0].name }, citations(turn.citations)]
    let words = parts.compactMap { $0 }.joined(separator: ", ")
    return words.isEmpty ? nil : words
  }

  func why(_ undecided: Undecided) -> String {
    switch undecided {
    case .open(let waits, _): phrase(.undecidedOpen, waits.map(heading).joined(separator: "; "))
    case .failing(let faults): phrase(.undecidedFault, codes(faults))
    case .notLinear(let place): phrase(.undecidedForm, turn(place) ?? "?")
    case .tooManyPieces: phrase(.undecidedMany, Number(Sweep.pieceLimit).text(style: style))
    case .unconfirmed: phrase(.undecidedUnconfirmed)
    }
  }

  /// What is lost, from where on as much is reached again, what makes it so, and whether the law means it.
  func fall(_ fall: Sweep.Fall, _ sweep: Sweep, _ swept: SweptCase) -> String {
    let place = turn(fall.turn).map { " (\($0))" } ?? ""
    guard let cliff = swept.cliff(behind: fall, of: sweep) else {
      return self.fall(fall, sweep) + place
    }
    let title = text(cliff.title) ?? cliff.name
    let intended = citations(cliff.citations).map { "\(title), \($0)" } ?? title
    return self.fall(fall, sweep) + place + "; " + phrase(.intended, intended)
  }

  private func fall(_ fall: Sweep.Fall, _ sweep: Sweep) -> String {
    let type = sweep.toFactUnit == nil ? sweep.type : sweep.factType
    let loss = number(fall.loss, type)
    let from = number(fall.from, sweep.factType)
    let through = number(fall.through, sweep.factType)
    switch fall.kind {
    case .jump:
      let lost = phrase(.fallAbove, from, loss)
      guard sweep.toFactUnit != nil else { return lost }
      let recovered =
        fall.recovery.map { phrase(.fallRecovered, number($0, sweep.factType)) }
        ?? phrase(.fallNotRecovered, number(sweep.through, sweep.factType))
      return lost + ", " + recovered
    case .slope:
      let recovered =
        fall.recovery.map { phrase(.fallRecovered, number($0, sweep.factType)) }
        ?? phrase(.fallNotRecovered, number(sweep.through, sweep.factType))
      return phrase(.fallAlong, from, through, loss) + ", " + recovered
    case .steps(let width):
      return phrase(.fallInSteps, from, through, loss, number(width, sweep.factType))
    }
  }

  // MARK: - Rates and formulas

  /// `-12.5 %` where amount and fact are of one currency and period; else `-0.5 EUR/month / EUR/year`.
  func rate(_ piece: Sweep.Piece, _ sweep: Sweep) -> String? {
    guard let line = piece.line, let rate = line.rate else { return nil }
    if let ratio = sweep.toFactUnit, let hundredfold = try? rate * ratio * Number(100) {
      return short(hundredfold) + "\u{A0}%"
    }
    return rate.isZero ? "0" : short(rate)
  }

  /// At most four decimals of a number that has more; only ever beside the exact formula.
  private func short(_ number: Number) -> String {
    guard (number.decimalPlaces ?? 99) > 4,
      let cut = try? number.rounded(to: Number(1, over: 10_000), .down)
    else { return number.text(style: style) }
    return cut.text(style: style) + "…"
  }

  /// `1_493.33 - floor(0.125 * x - 3_286.25 to 1)`, in the words of the language of rulebooks.
  func formula(_ line: SteppedLine) -> String {
    var text = ""
    func add(_ factor: Number, _ rest: String?) {
      let magnitude = factor.magnitude
      let sign = text.isEmpty ? (factor.isNegative ? "-" : "") : factor.isNegative ? " - " : " + "
      let number = magnitude.canonicalText
      switch rest {
      case let rest? where magnitude == .one: text += sign + rest
      case let rest?: text += sign + number + " * " + rest
      case nil: text += sign + number
      }
    }
    func linear(_ slope: Number, _ constant: Number) {
      if !slope.isZero { add(slope, "x") }
      if !constant.isZero { add(constant, nil) }
    }
    linear(line.slope, line.constant)
    for term in line.terms {
      let step = term.stair.step.canonicalText
      let words = formula(term.stair.of)
      switch term.stair.mode {
      case .floor: add(term.factor, "floor(\(words) to \(step))")
      case .ceiling: add(term.factor, "ceiling(\(words) to \(step))")
      default: add(term.factor, "round(\(words) to \(step) \(term.stair.mode.rawValue))")
      }
    }
    return text.isEmpty ? "0" : text
  }
}
