import AnnonaValues
import Support
import Testing

@Suite struct NumberRangePropertyTests {
  static let seeds: [UInt64] = [101, 102, 103, 104]

  private func anyRange(_ random: inout SeededRandom) throws -> NumberRange {
    switch random.int(0...6) {
    case 0: return .exactly(try random.modest())
    case 1:
      return try #require(
        NumberRange((0...random.int(0...5)).map { _ in Number(random.int(-9...9)) }))
    case 2: return .exactly(.zero)
    default:
      let (a, b) = (try random.modest(), try random.modest())
      let step: Number? =
        random.int(0...2) == 0 ? nil : try Number(1, over: random.one(of: [1, 1, 2, 4, 100]))
      let lower = random.int(0...4) == 0 ? nil : min(a, b)
      let upper = random.int(0...4) == 0 ? nil : max(a, b)
      return NumberRange(lower: lower, upper: upper, step: step) ?? .exactly(a)
    }
  }

  /// Some values of a range: its ends, members, and others on its step.
  private func members(of range: NumberRange, _ random: inout SeededRandom) throws -> [Number] {
    if let members = range.members { return [random.one(of: members), random.one(of: members)] }
    var found = [range.lower, range.upper].compactMap { $0 }
    for _ in 0..<3 {
      let at = range.lower ?? range.upper ?? .zero
      let grain = try range.step ?? Number(1, over: random.int(1...7))
      let offset = try Number(random.int(-300...300)) * grain
      let candidate = try at + offset
      if range.contains(candidate) { found.append(candidate) }
    }
    return found
  }

  private func expect(_ value: Number, in range: NumberRange?, _ what: String) {
    guard let range else {
      Issue.record("no values, but \(what) is \(value)")
      return
    }
    #expect(range.contains(value), "\(what) = \(value) outside \(range)")
    #expect(
      range.step.map { value.isMultiple(of: $0) } ?? true, "\(what) = \(value), step of \(range)")
  }

  @Test(arguments: seeds)
  func resultsOfMembersLieInTheResultOfRanges(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<600 {
      let (one, other) = (try anyRange(&random), try anyRange(&random))
      let what = "\(one) with \(other), seed \(seed)"
      let (sum, difference, product) = (one + other, one - other, one * other)
      let quotient = one.divided(by: other)
      let (least, greatest) = (one.least(with: other), one.greatest(with: other))
      let hull = one.hull(with: other)
      let common = one.intersection(with: other)
      #expect(one.isSubset(of: hull) && other.isSubset(of: hull), "\(what)")
      for a in try members(of: one, &random) {
        expect(a, in: hull, "hull of \(what)")
        for b in try members(of: other, &random) {
          expect(try a + b, in: sum, "\(a) + \(b) of \(what)")
          expect(try a - b, in: difference, "\(a) - \(b) of \(what)")
          expect(try a * b, in: product, "\(a) * \(b) of \(what)")
          expect(min(a, b), in: least, "min \(a), \(b) of \(what)")
          expect(max(a, b), in: greatest, "max \(a), \(b) of \(what)")
          if b.isZero {
            #expect(quotient.faults == [.divisionByZero], "\(what)")
          } else {
            expect(try a / b, in: quotient.values, "\(a) / \(b) of \(what)")
          }
          check(one.equals(other), a == b, what)
          check(one.isLess(than: other), a < b, what)
          check(one.isAtMost(other), a <= b, what)
          check(one.isGreater(than: other), a > b, what)
          check(one.isAtLeast(other), a >= b, what)
        }
        #expect((common?.contains(a) ?? false) == other.contains(a), "\(a) in both of \(what)")
      }
    }
  }

  private func check(_ truth: Truth, _ value: Bool, _ what: String) {
    #expect(value ? truth.canBeTrue : truth.canBeFalse, "\(what)")
  }

  @Test(arguments: seeds)
  func resultsOfOneMemberLieInTheResultOfTheRange(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<600 {
      let range = try anyRange(&random)
      let step = try random.modest().magnitude
      let mode = random.one(of: RoundingMode.allCases)
      let exponent = random.int(-3...4)
      let what = "\(range), seed \(seed)"
      for a in try members(of: range, &random) {
        expect(-a, in: -range, "minus \(what)")
        expect(a.magnitude, in: range.magnitude, "magnitude of \(what)")
        if !step.isZero {
          expect(
            try a.rounded(to: step, mode), in: range.rounded(to: step, mode).values,
            "\(mode) \(step) of \(what)")
        }
        let power = range.power(exponent)
        if a.isZero && exponent < 0 {
          #expect(power.faults == [.divisionByZero])
        } else {
          expect(try a.power(exponent), in: power.values, "\(a) ** \(exponent) of \(what)")
        }
        let others = try (0...2).map { _ in random.one(of: try members(of: range, &random)) }
        let total = try others.reduce(Number.zero) { try $0 + $1 }
        expect(total, in: range.summed(.exactly(Number(3))), "three of \(what)")
        expect(total, in: range.summed(.counts), "some of \(what)")
        if let next = range.next(after: a) {
          #expect(next > a && range.contains(next) && range.previous(before: next) == a, "\(what)")
        }
      }
    }
  }

  /// Knowing more never widens a result: what was known stays known.
  @Test(arguments: seeds)
  func narrowerOperandsGiveNarrowerResults(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<600 {
      let (one, other) = (try anyRange(&random), try anyRange(&random))
      let narrow = one.intersection(with: try anyRange(&random)) ?? one
      let what = "\(narrow) inside \(one), with \(other), seed \(seed)"
      #expect(narrow.isSubset(of: one), "\(what)")
      #expect((narrow + other).isSubset(of: one + other), "+ \(what)")
      #expect((other - narrow).isSubset(of: other - one), "- \(what)")
      #expect((narrow * other).isSubset(of: one * other), "* \(what)")
      #expect(narrow.least(with: other).isSubset(of: one.least(with: other)), "min \(what)")
      #expect(narrow.greatest(with: other).isSubset(of: one.greatest(with: other)), "max \(what)")
      #expect(narrow.hull(with: other).isSubset(of: one.hull(with: other)), "hull \(what)")
      #expect(narrow.magnitude.isSubset(of: one.magnitude), "magnitude \(what)")
      for exponent in [2, 3] {
        let (inner, outer) = (narrow.power(exponent).values, one.power(exponent).values)
        #expect(try #require(inner).isSubset(of: #require(outer)), "** \(exponent) \(what)")
      }
      for (inner, outer) in [
        (narrow.divided(by: other), one.divided(by: other)),
        (other.divided(by: narrow), other.divided(by: one)),
      ] {
        #expect(Set(inner.faults).isSubset(of: outer.faults), "/ \(what)")
        if let values = inner.values {
          #expect(
            outer.values.map(values.isSubset) ?? false,
            "/ \(values) in \(String(describing: outer.values)) \(what)")
        }
      }
      let step = try random.modest().magnitude
      if !step.isZero {
        let (inner, outer) = (
          narrow.rounded(to: step, .halfEven).values, one.rounded(to: step, .halfEven).values
        )
        #expect(try #require(inner).isSubset(of: #require(outer)), "round to \(step) \(what)")
      }
    }
  }
}
