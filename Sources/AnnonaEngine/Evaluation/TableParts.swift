import AnnonaLanguage
import AnnonaValues

/// Cuts what an input can be into parts in which every cell of its column holds throughout or nowhere; each part is given by one of its values.
extension Evaluator {
  func parts(
    of domain: Domain, _ index: Int, _ rows: [Int], _ table: Table, _ scope: Scope
  ) -> [Domain] {
    parts(
      of: domain, cutAt: bounds(index, rows, table, scope), type: table.inputs[index].type)
  }

  /// The same for any value that is compared with bounds.
  func parts(of domain: Domain, cutAt bounds: [Value], type: ValueType) -> [Domain] {
    var parts = domain.canBeNull ? [Domain.null] : []
    switch domain.present {
    case nil: break
    case .boolean(let truth)?:
      if truth.canBeTrue { parts.append(Domain(.boolean(true))) }
      if truth.canBeFalse { parts.append(Domain(.boolean(false))) }
    case .number(let range)?:
      let cuts = Set(bounds.compactMap(\.number)).sorted()
      parts += range.representatives(cutAt: cuts).map { Domain(.number($0)) }
    case .date(let range)?:
      let cuts = Set(bounds.compactMap(\.date)).sorted()
      parts += range.representatives(cutAt: cuts).map { Domain(.date($0)) }
    case .choice(let members)?:
      parts += (members?.sorted() ?? allMembers(type)).map {
        Domain(.choice($0))
      }
    case .text(let texts?)?: parts += texts.sorted().map { Domain(.text($0)) }
    case .text(nil)?:
      let mentioned = bounds.compactMap { bound in
        if case .text(let text) = bound { text } else { nil }
      }
      // One more, longer than all of them, stands for every text that no cell mentions.
      parts += (mentioned + [mentioned.joined() + "…"]).map { Domain(.text($0)) }
    case let other?: parts.append(Domain(other))
    }
    return parts
  }

  private func allMembers(_ type: ValueType) -> [Int32] {
    guard case .choice(let choice) = type.present else { return [] }
    return program.choices[choice].members.indices.map(Int32.init)
  }

  private func bounds(_ index: Int, _ rows: [Int], _ table: Table, _ scope: Scope) -> [Value] {
    rows.flatMap { table.rows[$0].cells[index].tests }.flatMap { test -> [Expression] in
      switch test {
      case .compare(_, let bound): [bound]
      case .range(let low, _, let high, _): [low, high]
      case .null: []
      }
    }.compactMap { evaluate($0, scope).knownValue }
  }
}

extension NumberRange {
  /// A value at each cut and one between each two, wherever there is any.
  func representatives(cutAt cuts: [Number]) -> [Number] {
    var found: [Number] = []
    var below: Number?
    for cut in cuts {
      if let between = representative(above: below, below: cut) { found.append(between) }
      if contains(cut) { found.append(cut) }
      below = cut
    }
    if let last = representative(above: below, below: nil) { found.append(last) }
    return found
  }

  private func representative(above low: Number?, below high: Number?) -> Number? {
    func isBetween(_ number: Number) -> Bool {
      (low.map { $0 < number } ?? true) && (high.map { number < $0 } ?? true)
    }
    if let single { return isBetween(single) ? single : nil }
    if let members { return members.first(where: isBetween) }
    if let step, !step.isZero {
      let candidate =
        if let low { next(after: low) } else if let lower { lower as Number? } else if let high {
          previous(before: high)
        } else { Number.zero }
      return candidate.flatMap { isBetween($0) ? $0 : nil }
    }
    let least = low.map { low in lower.map { max($0, low) } ?? low } ?? lower
    let greatest = high.map { high in upper.map { min($0, high) } ?? high } ?? upper
    switch (least, greatest) {
    case (let a?, let b?): return a < b ? try? (a + b) / Number(2) : nil
    case (let a?, nil): return try? a + .one
    case (nil, let b?): return try? b - .one
    case (nil, nil): return .zero
    }
  }
}

extension DateRange {
  func representatives(cutAt cuts: [CalendarDate]) -> [CalendarDate] {
    var found: [CalendarDate] = []
    var next: CalendarDate? = lower
    for cut in cuts where contains(cut) {
      if let next, next < cut { found.append(next) }
      found.append(cut)
      next = cut.next
    }
    if let next, next <= upper { found.append(next) }
    return found
  }
}
