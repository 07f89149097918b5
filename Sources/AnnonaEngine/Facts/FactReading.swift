import AnnonaLanguage
import AnnonaValues

/// Reads what is said of one fact: a value, a state, a value with its origin, several origins, or values over time.
struct FactReader {
  let program: Program
  let fact: Fact
  let today: CalendarDate?
  private let owner: Case.Instance
  private let members: CaseMembers
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var origin: Origin?

  init(
    _ program: Program, _ fact: Fact, of owner: Case.Instance, among members: CaseMembers,
    today: CalendarDate?
  ) {
    self.program = program
    self.fact = fact
    self.owner = owner
    self.members = members
    self.today = today
  }

  /// `household.income`, `person/maria.birth_date`
  var path: String {
    let entity = program.entities[owner.entity].name
    let name = owner.entity == program.caseEntity ? entity : "\(entity)/\(owner.id)"
    return "\(name).\(fact.name)"
  }

  mutating func read(_ node: Node) -> FactState? {
    if case .mapping(let entries) = node.content, !isOrigin(entries) {
      guard let variation = fact.variation, variation != .never else {
        return report(.wrongType(path, expected, at: node.span))
      }
      return spells(entries, variation).map { .varying($0) }
    }
    return state(node)
  }

  mutating func report(_ diagnostic: Diagnostic) -> FactState? {
    diagnostics.append(diagnostic)
    return nil
  }

  private func isOrigin(_ entries: [Node.Entry]) -> Bool {
    entries.contains { FactForm.originKeys.contains($0.key.text) }
  }

  // MARK: - States and origins

  private mutating func state(_ node: Node) -> FactState? {
    switch node.content {
    case .scalar(let scalar): return scalar.style == .plain ? plain(scalar, node) : value(node)
    case .mapping(let entries): return described(entries, node)
    case .sequence(let nodes):
      if case .list = fact.type.present { return value(node) }
      return claims(nodes, node)
    }
  }

  private mutating func plain(_ scalar: Scalar, _ node: Node) -> FactState? {
    switch scalar.text {
    case "unknown": return .notGiven
    case "declined": return .declined
    case "null":
      if fact.type.isOptional { return .absent }
      return report(.notOptional(path, at: node.span))
    default: return value(node)
    }
  }

  private mutating func value(_ node: Node) -> FactState? {
    parse(node, fact.type.present).map { .known($0) }
  }

  /// `{ value: 12_000, source: "register:tax", observed: 2025-01-02 }`, `{ state: declined }`
  private mutating func described(_ entries: [Node.Entry], _ node: Node) -> FactState? {
    var state: FactState?
    var hasValue = false
    var source: String?
    var observed: CalendarDate?
    var verified: String?
    for entry in entries {
      switch (entry.key.text, entry.value.content) {
      case ("value", _):
        hasValue = true
        if case .mapping(let spells) = entry.value.content, !isOrigin(spells) {
          state = read(entry.value)
        } else {
          state = self.state(entry.value)
        }
      case ("state", .scalar(let word)):
        hasValue = true
        switch word.text {
        case "unknown": state = .notGiven
        case "declined": state = .declined
        case "null" where fact.type.isOptional: state = .absent
        default: _ = report(.unknownState(path, at: entry.value.span))
        }
      case ("source", .scalar(let text)): source = text.text
      case ("verified", .scalar(let text)): verified = text.text
      case ("observed", .scalar(let text)):
        observed = CalendarDate(text: text.text)
        if observed == nil { _ = report(.observedIsNoDate(path, at: entry.value.span)) }
      default:
        let near = didYouMean(entry.key.text, among: FactForm.originKeys)
        _ = report(.unknownOriginKey(entry.key.text, path, at: entry.keySpan, near: near))
      }
    }
    if !hasValue { return report(.originWithoutValue(path, at: node.span)) }
    if source != nil || observed != nil || verified != nil {
      origin = Origin(source: source, observed: observed, verified: verified)
    }
    return state
  }

  /// Two origins that agree are one answer; where they do not, the fact is in conflict.
  private mutating func claims(_ nodes: [Node], _ node: Node) -> FactState? {
    var claims: [FactState.Claim] = []
    for node in nodes {
      origin = nil
      guard case .mapping(let entries) = node.content, isOrigin(entries),
        let value = described(entries, node)?.claimed
      else {
        if diagnostics.isEmpty { return report(.claimWithoutValue(path, at: node.span)) }
        continue
      }
      claims.append(FactState.Claim(value: value, origin: origin))
    }
    guard claims.count == nodes.count, let first = claims.first else {
      return nodes.isEmpty ? report(.wrongType(path, expected, at: node.span)) : nil
    }
    origin = first.origin
    guard claims.allSatisfy({ $0.value == first.value }) else { return .conflicting(claims) }
    let agreeing = claims.dropFirst().compactMap(\.origin)
    if !agreeing.isEmpty {
      origin = (first.origin ?? Origin(source: nil, observed: nil)).with(agreeing: agreeing)
    }
    return first.value == .null ? .absent : .known(first.value)
  }

  // MARK: - Values

  /// What the fact must be, as messages say it.
  var expected: String { program.expectation(fact) }

  private mutating func parse(_ node: Node, _ type: ValueType) -> Value? {
    if case .list(let element) = type, case .sequence(let nodes) = node.content {
      let values = nodes.compactMap { parse($0, element) }
      return values.count == nodes.count ? .list(values) : nil
    }
    guard case .scalar(let scalar) = node.content else {
      _ = report(.wrongType(path, expected, at: node.span))
      return nil
    }
    let text = scalar.text
    switch type {
    case .text:
      if let pattern = fact.pattern, !pattern.matches(text) {
        _ = report(.wrongForm(path, pattern: pattern.source, at: node.span))
        return nil
      }
      return .text(text)
    case .boolean:
      if scalar.style == .plain, text == "true" || text == "false" {
        return .boolean(text == "true")
      }
      _ = report(.notBoolean(path, meant: Self.meantBoolean(text), at: node.span))
      return nil
    case .entity(let entity):
      if let instance = members.instance(text, of: entity) { return .instance(instance) }
      _ = report(.unknownReference(path, program.entities[entity].name, at: node.span))
      return nil
    case .choice(let choice):
      if let member = program.choices[choice].members.firstIndex(where: { $0.name == text }) {
        return .choice(Int32(member))
      }
    case .date:
      if let date = CalendarDate(text: text) { return within(.date(date), node) }
    case .number(let number):
      if let value = parse(text, number) { return within(.number(value), node) }
    default: break
    }
    _ = report(
      .wrongType(path, expected, at: node.span, help: program.wantedForm(of: text, type)))
    return nil
  }

  private static func meantBoolean(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "yes", "y", "on", "true", "1": true
    case "no", "n", "off", "false", "0": false
    default: nil
    }
  }

  /// `12_000`, `12_000 EUR/year`, `13.7 %`; a duration may be in a coarser unit than the fact's.
  private func parse(_ text: String, _ type: NumberType) -> Number? {
    var digits = text[...]
    var factor = Number.one
    if let space = text.firstIndex(where: { $0 == " " || $0 == "%" }) {
      digits = text[..<space]
      let unit = text[space...].drop { $0 == " " }
      if unit == "%" {
        guard type.unit.isDimensionless, !type.isInteger, let part = try? Number(1, over: 100)
        else { return nil }
        factor = part
      } else {
        guard let written = Unit(text: unit), let ratio = written.ratio(to: type.unit) else {
          return nil
        }
        let isCoarser = type.unit.durationKind != nil && ratio >= .one
        guard written == type.unit || isCoarser else { return nil }
        factor = ratio
      }
    }
    guard let number = Number(text: digits), let value = try? number * factor else { return nil }
    return type.isInteger && !value.isInteger ? nil : value
  }

  /// Limits and step are checked here, so that what is possible of an open fact is sound.
  private mutating func within(_ value: Value, _ node: Node) -> Value? {
    if case .number(let number) = value, let step = fact.step, !number.isMultiple(of: step) {
      _ = report(.notAStep(path, program.text(of: .number(step), fact.type.present), at: node.span))
      return nil
    }
    if let low = limit(fact.minimum), isBelow(value, low) {
      _ = report(.belowMinimum(path, text(low, fact.minimum), at: node.span))
      return nil
    }
    if let high = limit(fact.maximum), isBelow(high, value) {
      _ = report(.aboveMaximum(path, text(high, fact.maximum), at: node.span))
      return nil
    }
    return value
  }

  private func limit(_ limit: Limit?) -> Value? {
    switch limit {
    case .value(let value): value
    case .today: today.map { .date($0) }
    case nil: nil
    }
  }

  private func text(_ value: Value, _ limit: Limit?) -> String {
    limit == .today ? "the date decided for" : "`\(program.text(of: value, fact.type.present))`"
  }

  private func isBelow(_ one: Value, _ other: Value) -> Bool {
    switch (one, other) {
    case (.number(let a), .number(let b)): a < b
    case (.date(let a), .date(let b)): a < b
    default: false
    }
  }

  // MARK: - Over time

  private mutating func spells(
    _ entries: [Node.Entry], _ variation: Variation
  ) -> [FactState.Spell]? {
    var found: [(stretch: Stretch, state: FactState, origin: Origin?, span: Span)] = []
    defer { origin = nil }
    var failed = false
    for entry in entries {
      guard let stretch = Stretch(entry.key.text, variation) else {
        _ = report(.badPeriod(path, variation, at: entry.keySpan))
        failed = true
        continue
      }
      origin = nil
      guard let state = state(entry.value) else {
        failed = true
        continue
      }
      found.append((stretch, state, origin, entry.keySpan))
    }
    found.sort { $0.stretch.from < $1.stretch.from }
    var spells: [FactState.Spell] = []
    for (index, (stretch, state, origin, span)) in found.enumerated() {
      let next = index + 1 < found.count ? found[index + 1].stretch.from : nil
      // A state holds until the next key; a flow for its own period alone.
      var through = stretch.through
      if variation == .daily, !stretch.isRange { through = nil }
      if through == nil, variation == .daily || stretch.isRange { through = next?.previousDay }
      if let next, let end = through ?? stretch.through, end >= next {
        _ = report(.overlappingPeriods(path, at: span))
        return nil
      }
      if let next, next == stretch.from {
        _ = report(.overlappingPeriods(path, at: span))
        return nil
      }
      spells.append(
        FactState.Spell(from: stretch.from, through: through, state: state, origin: origin))
    }
    return failed ? nil : spells
  }
}

extension CalendarDate {
  fileprivate var previousDay: CalendarDate? { try? adding(days: -1) }
}

/// How a case file writes what is said of a fact.
package enum FactForm {
  /// The keys of a mapping that says a value, or why there is none, with where it is from.
  package static let originKeys = ["value", "source", "observed", "verified", "state"]
}

extension FactState {
  /// What one of several origins can say: a value, or that there is none.
  fileprivate var claimed: Value? {
    switch self {
    case .known(let value): value
    case .absent: .null
    default: nil
    }
  }
}

/// A key of a varying fact: a day, a month, a year, or from one to another.
private struct Stretch {
  let from: CalendarDate
  /// `nil` for one that goes on.
  let through: CalendarDate?
  let isRange: Bool

  init?(_ text: String, _ variation: Variation) {
    let parts = text.split(separator: "..", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = Self.period(parts[0], variation) else { return nil }
    from = first.from
    isRange = parts.count == 2
    guard isRange else {
      through = first.through
      return
    }
    if parts[1].isEmpty {
      through = nil
      return
    }
    guard let last = Self.period(parts[1], variation), last.through >= first.from else {
      return nil
    }
    through = last.through
  }

  private static func period(
    _ text: Substring, _ variation: Variation
  ) -> (from: CalendarDate, through: CalendarDate)? {
    switch text.utf8.count {
    case 10 where variation == .daily:
      return CalendarDate(text: text).map { ($0, $0) }
    case 7 where variation != .yearly:
      return CalendarDate(text: text + "-01").map { ($0, $0.endOfMonth) }
    case 4:
      guard let first = CalendarDate(text: text + "-01-01"),
        let last = CalendarDate(text: text + "-12-31")
      else { return nil }
      return (first, last)
    default: return nil
    }
  }
}
