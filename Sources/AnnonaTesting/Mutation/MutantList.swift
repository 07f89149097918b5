import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Every mutant of a rulebook, in its order; what it imports is not changed.
struct MutantList {
  private let program: Program
  private let reads: ProgramReads
  private let mutation: RuleMutation
  private(set) var mutants: [Mutant] = []

  init(_ program: Program, _ reads: ProgramReads) {
    self.program = program
    self.reads = reads
    mutation = RuleMutation(program)
    let own = program.rulebooks.count - 1
    for (index, rule) in program.rules.enumerated() where rule.rulebook == own {
      let id = RuleID(index)
      let place = place(id, rule.entity, isMoved: reads.isReadElsewhere(id))
      add(mutation.variants(of: rule), of: rule.name, place) { .rule(id, $0) }
    }
    let files = Set(
      program.rules.filter { $0.rulebook == own }.map(\.span.file)
        + program.benefits.filter { $0.rulebook == own }.map(\.span.file))
    for (index, function) in program.functions.enumerated()
    where files.contains(function.span.file) {
      let id = FunctionID(index)
      let place = place(
        nil, program.caseEntity, function.parameters.map(\.type),
        isMoved: reads.isReadElsewhere(id))
      add(mutation.variants(of: function), of: function.name, place) { .function(id, $0) }
    }
    for (index, benefit) in program.benefits.enumerated() where benefit.rulebook == own {
      let entity = benefit.members.map { program.places[$0].member } ?? program.caseEntity
      let place = place(nil, entity, isMoved: benefit.under != nil)
      add(mutation.variants(of: benefit), of: benefit.name, place) {
        .benefit(BenefitID(index), $0)
      }
    }
    for (index, parameter) in program.parameters.enumerated()
    where files.contains(parameter.span.file) {
      add(parameter, ParameterID(index))
    }
  }

  private func place(
    _ rule: RuleID?, _ entity: EntityID, _ arguments: [ValueType] = [], isMoved: Bool
  ) -> EquivalenceProof.Place {
    let days = program.rulebooks.last?.inForce ?? InForce()
    let law = Clock.Days(days.from ?? .earliest, days.through ?? .latest)
    return EquivalenceProof.Place(
      rule: rule, entity: entity, arguments: arguments,
      days: isMoved ? Clock.Days(.earliest, .latest) : law)
  }

  private mutating func add<Part>(
    _ variants: [Variant<Part>], of owner: String, _ place: EquivalenceProof.Place,
    _ edit: (Part) -> Mutant.Edit
  ) {
    for variant in variants {
      mutants.append(
        Mutant(
          change: variant.change, name: "\(owner): \(variant.words)", span: variant.span,
          edit: edit(variant.part),
          question: question(variant, place)))
    }
  }

  private func question<Part>(
    _ variant: Variant<Part>, _ place: EquivalenceProof.Place
  ) -> MutantQuestion? {
    if let day = variant.day, day < place.days.first || place.days.last < day {
      return .settled(.notInForce)
    }
    return variant.question.map { .equivalence($0, place) }
  }

  // MARK: - Figures

  private mutating func add(_ parameter: Parameter, _ id: ParameterID) {
    let expressions = ExpressionMutation(program: program)
    for (position, entry) in parameter.entries.enumerated() {
      if case .value(let value) = entry.figure {
        if case .number(let number) = value, case .number(let type) = parameter.type.present {
          for other in expressions.changed(number, type) {
            add(
              .constantChanged, "`\(other.canonicalText)`", parameter, id, position,
              .value(.number(other)))
          }
        }
        if position > 0, case .value(let previous) = parameter.entries[position - 1].figure,
          previous != value
        {
          add(.previousFigure, "as before", parameter, id, position, .value(previous))
        }
      }
      for days in [1, -1] { addMoved(parameter, id, position, by: days) }
    }
  }

  private mutating func add(
    _ change: Mutant.Change, _ words: String, _ parameter: Parameter, _ id: ParameterID,
    _ position: Int, _ figure: Parameter.Figure
  ) {
    let entry = parameter.entries[position]
    var changed = parameter
    changed.entries[position] = entry.with(from: entry.from, through: entry.through, figure)
    mutants.append(
      Mutant(
        change: change, name: "\(parameter.name) from \(entry.from): \(words)", span: entry.span,
        edit: .parameter(id, changed, entries: [entry.from]),
        question: unread(id, entry.from, entry.through ?? .latest).map { .settled($0) }))
  }

  /// The figure of a date a day later, or a day sooner.
  private mutating func addMoved(
    _ parameter: Parameter, _ id: ParameterID, _ position: Int, by days: Int
  ) {
    let entry = parameter.entries[position]
    guard let day = try? entry.from.adding(days: days), entry.through.map({ day <= $0 }) ?? true,
      let before = try? day.adding(days: -1)
    else { return }
    var changed = parameter
    changed.entries[position] = entry.with(from: day, through: entry.through, entry.figure)
    var touched: Set = [entry.from]
    var isSame = false
    if position > 0 {
      let last = parameter.entries[position - 1]
      touched.insert(last.from)
      if let through = last.through, (try? through.adding(days: 1)) == entry.from {
        guard last.from <= before else { return }
        changed.entries[position - 1] = last.with(from: last.from, through: before, last.figure)
        if case .value(let one) = last.figure, case .value(let other) = entry.figure {
          isSame = one == other
        }
      }
    } else {
      // Before the first figure there is none, so that nothing was read there.
      touched = []
    }
    let other = min(day, entry.from)
    let ground =
      isSame
      ? EquivalenceGround(.sameTable, "the figure before it is the same")
      : unread(id, other, other)
    mutants.append(
      Mutant(
        change: .dateMoved, name: "\(parameter.name): from `\(day)` in place of `\(entry.from)`",
        span: entry.span, edit: .parameter(id, changed, entries: touched),
        question: ground.map { .settled($0) }))
  }

  /// A figure of days on which the rulebook is no law, and which nothing reads on another day.
  private func unread(
    _ id: ParameterID, _ from: CalendarDate, _ through: CalendarDate
  ) -> EquivalenceGround? {
    if reads.isReadElsewhere(id) { return nil }
    if reads.readers(of: id).isEmpty, !reads.isReadByBenefit(id) {
      return EquivalenceGround(.unreachable, "nothing reads `\(program.parameters[id].name)`")
    }
    let law = program.rulebooks.last?.inForce ?? InForce()
    func meets(_ days: InForce) -> Bool {
      !(days.from.map { through < $0 } ?? false) && !(days.through.map { from > $0 } ?? false)
    }
    guard meets(law) else { return .notInForce }
    let isRead =
      reads.isReadByBenefit(id)
      || reads.readers(of: id).contains { rule in
        reads.days(on: id, by: program.rules[rule]).contains(where: meets)
      }
    return isRead
      ? nil
      : EquivalenceGround(
        .unreachable, "no version of these days reads `\(program.parameters[id].name)`")
  }
}

extension EquivalenceGround {
  fileprivate static var notInForce: EquivalenceGround {
    EquivalenceGround(.unreachable, "on these days the rulebook is not in force")
  }
}

extension Parameter.Entry {
  fileprivate func with(
    from: CalendarDate, through: CalendarDate?, _ figure: Parameter.Figure
  ) -> Parameter.Entry {
    Parameter.Entry(from: from, through: through, figure: figure, citations: citations, span: span)
  }
}
