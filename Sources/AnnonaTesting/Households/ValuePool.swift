import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Values worth trying: those at which a rulebook changes its mind, and their neighbours.
struct ValuePool {
  private let program: Program
  /// Constants and figures by their unit.
  private var numbers: [Unit: Set<Number>] = [:]
  private var dates: Set<CalendarDate> = []
  /// Lengths of time, in months and in days.
  private var months: Set<Int> = []
  private var days: Set<Int> = []
  /// Days on which the law changes.
  private(set) var epochs: [CalendarDate] = []

  init(_ program: Program) {
    self.program = program
    for rule in program.rules { rule.forEachExpression { $0.forEachNode { add($0) } } }
    for benefit in program.benefits {
      for expression in [benefit.applies, benefit.entitled, benefit.amount].compactMap({ $0 }) {
        expression.forEachNode { add($0) }
      }
    }
    for parameter in program.parameters {
      for entry in parameter.entries {
        if case .value(let value) = entry.figure { add(value, parameter.type) }
      }
    }
    epochs = changes()
  }

  private mutating func add(_ expression: Expression) {
    if case .constant(let value) = expression.kind { add(value, expression.type) }
  }

  private mutating func add(_ value: Value, _ type: ValueType) {
    switch (value, type.present) {
    case (.number(let number), .number(let type)):
      numbers[type.unit, default: []].insert(number)
      guard let length = number.integer, type.unit.durationKind != nil else { return }
      if type.unit == Unit.month, length < 1_200 { months.insert(length) }
      if let years = type.unit.ratio(to: .month)?.integer, length < 120 {
        months.insert(length * years)
      }
      if let whole = type.unit.ratio(to: .day)?.integer, length < 40_000 {
        days.insert(length * whole)
      }
    case (.date(let date), _): dates.insert(date)
    default: break
    }
  }

  private func changes() -> [CalendarDate] {
    var found: Set<CalendarDate> = []
    for parameter in program.parameters { found.formUnion(parameter.entries.map(\.from)) }
    for rule in program.rules { found.formUnion(rule.versions.compactMap(\.from)) }
    if let from = program.inForce.from { found.insert(from) }
    let near = found.flatMap { [$0, try? $0.adding(days: -1)].compactMap { $0 } }
    return Set(near).filter { program.inForce.contains($0) }.sorted()
  }

  /// States worth trying for a fact, in an order that is always the same.
  func states(of fact: Fact, today: CalendarDate) -> [FactState] {
    var states: [FactState] = fact.type.isOptional ? [.absent] : []
    switch fact.type.present {
    case .boolean: states += [.known(.boolean(true)), .known(.boolean(false))]
    case .choice(let choice):
      states += program.choices[choice].members.indices.map { .known(.choice(Int32($0))) }
    case .number(let type):
      states += numbers(of: fact, type).map { .known(.number($0)) }
    case .date: states += dates(near: today).map { .known(.date($0)) }
    default: break
    }
    return states.filter { fact.accepts($0, today) }
  }

  private func numbers(of fact: Fact, _ type: NumberType) -> [Number] {
    let step = fact.step ?? .one
    var found: Set<Number> = [.zero]
    for case .value(.number(let limit))? in [fact.minimum, fact.maximum] { found.insert(limit) }
    // A limit of a yearly amount may be told by the month, or without its time.
    for (unit, values) in numbers
    where unit == type.unit || unit.currency == type.unit.currency {
      for value in values {
        found.insert(value)
        if let ratio = unit.ratio(to: type.unit), let told = try? value * ratio {
          found.insert(told)
        }
      }
    }
    let near = found.flatMap { [$0, try? $0 + step, try? $0 - step].compactMap { $0 } }
    return Set(near).compactMap { try? $0.rounded(to: step, .floor) }.unique.sorted()
  }

  private func dates(near today: CalendarDate) -> [CalendarDate] {
    var found = dates
    found.insert(today)
    for count in months.sorted() {
      if let date = try? today.adding(months: -count, overflow: .lastDay) { found.insert(date) }
    }
    for count in days.sorted() {
      if let date = try? today.adding(days: -count) { found.insert(date) }
    }
    let near = found.flatMap { date in
      [0, 1, -1].compactMap { try? date.adding(days: $0) }
    }
    return Set(near).sorted()
  }
}

extension Fact {
  /// Whether the limits that are checked at input allow it.
  func accepts(_ state: FactState, _ today: CalendarDate) -> Bool {
    guard case .known(let value) = state else { return true }
    func limit(_ limit: Limit?) -> Value? {
      switch limit {
      case .value(let value): value
      case .today: .date(today)
      case nil: nil
      }
    }
    switch value {
    case .number(let number):
      if let step, !number.isMultiple(of: step) { return false }
      if case .number(let low)? = limit(minimum), number < low { return false }
      if case .number(let high)? = limit(maximum), number > high { return false }
    case .date(let date):
      if case .date(let low)? = limit(minimum), date < low { return false }
      if case .date(let high)? = limit(maximum), date > high { return false }
    default: break
    }
    return true
  }
}

extension Sequence where Element: Hashable {
  fileprivate var unique: Set<Element> { Set(self) }
}
