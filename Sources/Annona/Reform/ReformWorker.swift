import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Compares blocks of rows. It belongs to one thread.
final class ReformWorker {
  private let request: ReformRequest
  private let layout: ReformLayout
  private let first: ComparedEdition
  private let second: ComparedEdition
  private var tally: ReformTally
  private var lines: [UnsafeBufferPointer<UInt8>] = []
  /// By unit that is added up: what the household in hand has more.
  private var household: [HouseholdChange]
  /// The row in hand, read and decided anew to find out why.
  private var traced: (row: Int, trace: ReformTrace?) = (-1, nil)
  /// The followed rules that differ in the row in hand: `nil` where it is not known of one.
  private var differing: (row: Int, rules: [Bool?]) = (-1, [])

  /// What is paid more, as a count of 1 over a power of ten.
  private struct Change {
    var money = MoneySum()
    /// Where it is no whole count, the next one away from 0.
    var count: Int64
    /// All of it, where it is no count.
    var exact: Number?
  }

  /// What a household has more of one unit, over all benefits.
  private struct HouseholdChange {
    var count: Int64 = 0
    var rest = Number.zero
    var isKnown = true
    var isAny = false
  }

  /// So many rows that columns pay, and few enough that they stay near.
  private static let group = 4_096
  private static let outcomes = Outcome.allCases

  init(_ request: ReformRequest, _ layout: ReformLayout) {
    self.request = request
    self.layout = layout
    first = ComparedEdition(request.batch(of: request.first), layout, isFirst: true)
    second = ComparedEdition(request.batch(of: request.second), layout, isFirst: false)
    tally = ReformTally(request)
    household = request.units.map { _ in HouseholdChange() }
  }

  /// Compares the rows of a block, which ends with a line.
  func compare(_ block: UnsafeBufferPointer<UInt8>) -> ReformTally {
    tally = ReformTally(request)
    lines.removeAll(keepingCapacity: true)
    var start = 0
    while start < block.count {
      var end = start
      while end < block.count, block[end] != 0x0A { end += 1 }
      let line = UnsafeBufferPointer(rebasing: block[start..<end])
      if line.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) { lines.append(line) }
      start = end + 1
    }
    var next = 0
    while next < lines.count {
      let group = lines[next..<min(next + Self.group, lines.count)]
      first.decide(group)
      second.decide(group)
      traced = (-1, nil)
      differing = (-1, [])
      for row in group.indices { compare(row - next, group[row]) }
      next = group.endIndex
    }
    return tally
  }

  private func compare(_ row: Int, _ line: UnsafeBufferPointer<UInt8>) {
    tally.read += 1
    let (one, other) = (first.rows[row], second.rows[row])
    if one.kind == .faulty || other.kind == .faulty { return fault(one, other, line) }
    if one.kind == .inColumns, other.kind == .inColumns { tally.inColumns += 1 }
    for unit in household.indices { household[unit] = HouseholdChange() }
    // Both decide for the same people, mostly in the same order.
    let (before, after) = (first.verdicts[one.verdicts], second.verdicts[other.verdicts])
    var isTaken = [Bool](repeating: false, count: 0)
    var at = before.startIndex
    var matched = 0
    for verdict in after {
      if at < before.endIndex, isSame(before[at], verdict) {
        compare(row, line, before[at], verdict)
        if !isTaken.isEmpty { isTaken[at - before.startIndex] = true }
        matched += 1
        at += 1
        continue
      }
      if isTaken.isEmpty {
        isTaken = before.indices.map { $0 < at }
      }
      let found = before.indices.first {
        !isTaken[$0 - before.startIndex] && isSame(before[$0], verdict)
      }
      if let found {
        isTaken[found - before.startIndex] = true
        matched += 1
        at = found + 1
      }
      compare(row, line, found.map { before[$0] }, verdict)
    }
    if matched < before.count {
      for index in before.indices
      where isTaken.isEmpty ? index >= at : !isTaken[index - before.startIndex] {
        compare(row, line, before[index], nil)
      }
    }
    addHousehold()
  }

  private func isSame(_ one: ComparedEdition.Verdict, _ other: ComparedEdition.Verdict) -> Bool {
    one.benefit == other.benefit && one.member.count == other.member.count
      && one.member.elementsEqual(other.member)
  }

  // MARK: - One decision

  private func compare(
    _ row: Int, _ line: UnsafeBufferPointer<UInt8>, _ before: ComparedEdition.Verdict?,
    _ after: ComparedEdition.Verdict?
  ) {
    guard let benefit = after?.benefit ?? before?.benefit else { return }
    if let before {
      tally.benefits[benefit].before.outcomes[before.outcome] += 1
      pay(before, first, &tally.benefits[benefit].before.paid)
    }
    if let after {
      tally.benefits[benefit].after.outcomes[after.outcome] += 1
      pay(after, second, &tally.benefits[benefit].after.paid)
    }
    let one = before.map { Self.outcomes[$0.outcome] }
    let other = after.map { Self.outcomes[$0.outcome] }
    let change = change(before, after, benefit)
    let shift = BenefitShift(one, other, rises: change.count == 0 ? nil : change.count > 0)
    tally.benefits[benefit].shifts[shift.position].decisions += 1
    count(shift, change, one, other, benefit)
    if shift == .unchanged { return }
    tally.benefits[benefit].shifts[shift.position].money.add(change.money)
    let cause = cause(benefit, row, line, before, after)
    tally.add(shift, of: benefit, cause, change.money) {
      self.example(row, line, before, after)
    }
  }

  private func pay(
    _ verdict: ComparedEdition.Verdict, _ edition: ComparedEdition, _ sum: inout MoneySum
  ) {
    if let exact = verdict.exact { sum.add(edition.exact[exact]) } else { sum.add(verdict.count) }
  }

  private func change(
    _ before: ComparedEdition.Verdict?, _ after: ComparedEdition.Verdict?, _ benefit: Int
  ) -> Change {
    if before?.exact == nil, after?.exact == nil {
      let (count, isTooLarge) = (after?.count ?? 0).subtractingReportingOverflow(
        before?.count ?? 0)
      if !isTooLarge {
        var change = Change(count: count)
        change.money.add(count)
        return change
      }
    }
    let (one, other) = (amount(before, first, benefit), amount(after, second, benefit))
    guard one != other, let exact = try? other - one else { return Change(count: 0) }
    let count = (try? exact * Number(10).power(layout.places[benefit]))
      .flatMap { try? $0.rounded(to: .one, .up) }?.integer
    var change = Change(
      count: count.map { Int64($0) } ?? (exact.isNegative ? -Int64.max : .max), exact: exact)
    change.money.add(exact)
    return change
  }

  private func amount(
    _ verdict: ComparedEdition.Verdict?, _ edition: ComparedEdition, _ benefit: Int
  ) -> Number {
    guard let verdict else { return .zero }
    if let exact = verdict.exact { return edition.exact[exact] }
    return Self.number(verdict.count, layout.places[benefit]) ?? .zero
  }

  private func count(
    _ shift: BenefitShift, _ change: Change, _ before: Outcome?, _ after: Outcome?, _ benefit: Int
  ) {
    let isKnown = Self.isSettled(before) && Self.isSettled(after)
    if isKnown, change.count != 0 {
      tally.benefits[benefit].distribution.add(
        change.count, isFlip: shift == .gained || shift == .lost)
    }
    guard let unit = request.benefits[benefit].unit else { return }
    household[unit].isAny = true
    if !isKnown { household[unit].isKnown = false }
    if change.count == 0 { return }
    let isCharge = request.benefits[benefit].isCharge
    let power = Self.power(layout.placesOfUnits[unit] - layout.places[benefit])
    let (scaled, isTooLarge) = change.count.multipliedReportingOverflow(
      by: isCharge ? -power : power)
    let (sum, isBeyond) = household[unit].count.addingReportingOverflow(scaled)
    if change.exact == nil, !isTooLarge, !isBeyond {
      household[unit].count = sum
    } else if let exact = change.exact ?? Self.number(change.count, layout.places[benefit]),
      let rest = try? isCharge ? household[unit].rest - exact : household[unit].rest + exact
    {
      household[unit].rest = rest
    } else {
      household[unit].isKnown = false
    }
  }

  private static func number(_ count: Int64, _ places: Int) -> Number? {
    try? Number(Int(count)) / Number(10).power(places)
  }

  private static func power(_ places: Int) -> Int64 {
    var power: Int64 = 1
    for _ in 0..<max(0, min(places, 18)) { power *= 10 }
    return power
  }

  private static func isSettled(_ outcome: Outcome?) -> Bool {
    switch outcome {
    case .undetermined, .refer, .error: false
    default: true
    }
  }

  /// Whether the household is better off, over all benefits of a unit.
  private func addHousehold() {
    for (unit, change) in household.enumerated() where change.isAny {
      guard change.isKnown, let count = wholeCount(change, unit) else {
        tally.units[unit].notKnown += 1
        continue
      }
      if count == 0 {
        tally.units[unit].same += 1
        continue
      }
      var money = MoneySum()
      money.add(change.count)
      money.add(change.rest)
      let shift = ReformTally.Shift(decisions: 1, money: money)
      if count > 0 {
        tally.units[unit].better.add(shift)
      } else {
        tally.units[unit].worse.add(shift)
      }
      tally.units[unit].distribution.add(count, isFlip: false)
    }
  }

  /// Away from 0 where it is no whole count.
  private func wholeCount(_ change: HouseholdChange, _ unit: Int) -> Int64? {
    if change.rest.isZero { return change.count }
    guard let power = try? Number(10).power(layout.placesOfUnits[unit]),
      let sum = try? change.rest * power + Number(Int(change.count)),
      let whole = try? sum.rounded(to: .one, .up)
    else { return nil }
    return whole.integer.map { Int64($0) } ?? (sum.isNegative ? -Int64.max : .max)
  }

  // MARK: - Why

  private func cause(
    _ benefit: Int, _ row: Int, _ line: UnsafeBufferPointer<UInt8>,
    _ before: ComparedEdition.Verdict?, _ after: ComparedEdition.Verdict?
  ) -> ReformTally.Cause {
    let pair = request.benefits[benefit]
    guard pair.isInBoth else { return .existence }
    let compared = pair.compared
    if compared.showsInValues, !request.isPlain {
      // What alone says otherwise is why.
      if compared.candidates.isEmpty { return .benefit }
      if compared.candidates.count == 1, !compared.isReworded {
        return rule(compared.candidates[0])
      }
      if let found = followedCause(benefit, row) { return found }
    }
    tally.tracedPlainly += 1
    if traced.row != row {
      traced = (row, ReformTrace(first.read(line), second.read(line), request))
    }
    guard let before, let after, let trace = traced.trace else { return .benefit }
    switch trace.cause(compared, member: before.member, after.member) {
    case .rule(let name): return .rule(name)
    case .benefit where !compared.isReworded && compared.candidates.count == 1:
      return rule(compared.candidates[0])
    case .benefit: return .benefit
    }
  }

  private func rule(_ index: Int) -> ReformTally.Cause {
    .rule(request.difference.rules[index].name)
  }

  /// Where one of the changed rules alone comes to something else, it is why.
  private func followedCause(_ benefit: Int, _ row: Int) -> ReformTally.Cause? {
    guard let rules = layout.followedOfBenefits[benefit] else { return nil }
    if differing.row != row {
      differing = (row, layout.followed.indices.map { differs($0, row) })
    }
    var only: Int?
    for rule in rules {
      guard let differs = differing.rules[rule] else { return nil }
      if !differs { continue }
      let changed = layout.followed[rule].changed
      if let only, only != changed { return nil }
      only = changed
    }
    let isReworded = request.benefits[benefit].compared.isReworded
    guard let only else { return isReworded ? .benefit : nil }
    return isReworded ? nil : self.rule(only)
  }

  private func differs(_ rule: Int, _ row: Int) -> Bool? {
    guard let one = first.values(ofFollowed: rule, first.rows[row]),
      let other = second.values(ofFollowed: rule, second.rows[row])
    else { return nil }
    return !one.elementsEqual(other)
  }

  // MARK: - Examples and faults

  private func example(
    _ row: Int, _ line: UnsafeBufferPointer<UInt8>, _ before: ComparedEdition.Verdict?,
    _ after: ComparedEdition.Verdict?
  ) -> ReformTally.Example {
    let member = after?.member ?? before?.member
    func text(_ verdict: ComparedEdition.Verdict?, _ edition: ComparedEdition) -> String? {
      guard request.keepsValues else { return nil }
      guard let verdict else { return nil }
      let outcome = Self.outcomes[verdict.outcome]
      let benefit = request.benefits[verdict.benefit]
      guard outcome == .entitled, let type = benefit.type else { return outcome.rawValue }
      return request.second.program.text(
        of: .number(amount(verdict, edition, verdict.benefit)), type)
    }
    return ReformTally.Example(
      id: id(line),
      member: member.flatMap { $0.baseAddress == nil ? nil : String(decoding: $0, as: UTF8.self) },
      before: text(before, first), after: text(after, second),
      row: request.keepsValues ? String(decoding: line, as: UTF8.self) : nil)
  }

  private func id(_ line: UnsafeBufferPointer<UInt8>) -> String { first.read(line).name }

  private func fault(
    _ one: ComparedEdition.Row, _ other: ComparedEdition.Row, _ line: UnsafeBufferPointer<UInt8>
  ) {
    switch (one.problem, other.problem) {
    case (.some, .some): tally.faultyInBoth += 1
    case (.some, nil): tally.faultyInFirst += 1
    default: tally.faultyInSecond += 1
    }
    for kind in Set((one.problem?.kinds ?? []) + (other.problem?.kinds ?? [])) {
      tally.add(fault: kind) { id(line) }
    }
  }
}
