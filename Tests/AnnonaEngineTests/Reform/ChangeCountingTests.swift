import AnnonaEngine
import AnnonaValues
import Support
import Testing

@testable import Annona

struct ChangeCountingTests {
  @Test(arguments: [
    (Outcome?.some(.notEntitled), Outcome?.some(.entitled), Bool?.some(true), BenefitShift.gained),
    (.notApplicable, .entitled, nil, .gained), (nil, .entitled, true, .gained),
    (.entitled, .notEntitled, false, .lost), (.entitled, .notInForce, false, .lost),
    (.entitled, nil, false, .lost), (.entitled, .entitled, true, .up),
    (.entitled, .entitled, false, .down), (.entitled, .entitled, nil, .unchanged),
    (.entitled, .undetermined, false, .newlyUndetermined),
    (.notEntitled, .refer, nil, .newlyUndetermined),
    (.undetermined, .entitled, true, .newlyDetermined),
    (.refer, .notEntitled, nil, .newlyDetermined),
    (.undetermined, .refer, nil, .otherwise), (.notEntitled, .notApplicable, nil, .otherwise),
    (.notEntitled, .notEntitled, nil, .unchanged), (nil, .notEntitled, nil, .unchanged),
    (.refer, .refer, nil, .unchanged), (.entitled, .error, false, .newlyInError),
    (.undetermined, .error, nil, .newlyInError), (.error, .entitled, true, .noLongerInError),
    (.error, .undetermined, nil, .noLongerInError), (.error, .error, nil, .unchanged),
  ])
  func shiftsAreNamed(_ before: Outcome?, _ after: Outcome?, _ rises: Bool?, _ shift: BenefitShift)
  {
    #expect(BenefitShift(before, after, rises: rises) == shift)
  }

  @Test func everyShiftHasItsPosition() {
    #expect(BenefitShift.allCases.map(\.position) == Array(BenefitShift.allCases.indices))
  }

  @Test func sumsAreExactBeyondAMachineWord() throws {
    var sum = MoneySum()
    for _ in 0..<40 { sum.add(Int64.max) }
    let third = try Number(1, over: 3)
    sum.add(third)
    sum.subtract(third)
    let expected = try Number(Int.max) * Number(40) / Number(100)
    #expect(sum.total(2) == expected)
    var negative = MoneySum()
    for _ in 0..<40 { negative.add(-Int64.max) }
    #expect(negative.total(2) == -expected)
    negative.add(sum)
    #expect(negative.total(2) == .zero)
  }

  /// Whatever the order and the blocks, one distribution comes out.
  @Test func distributionsDoNotDependOnOrder() {
    for seed in 0..<20 {
      var random = SeededRandom(seed: UInt64(seed))
      let changes = (0..<6_000).map { _ in
        Int64(random.next() % 4_000_001) - 2_000_000
      }
      var whole = ChangeDistribution()
      for change in changes { whole.add(change, isFlip: change % 2 == 0) }
      var parts = ChangeDistribution()
      for start in stride(from: 5_000, through: 0, by: -1_000) {
        var part = ChangeDistribution()
        for change in changes[start..<start + 1_000].reversed() {
          part.add(change, isFlip: change % 2 == 0)
        }
        parts.add(part)
      }
      #expect(whole == parts, "seed \(seed)")
      #expect(whole.bins.count <= 2_000)
      #expect(whole.width > 1)
      #expect(
        whole.bins.values.reduce(0) { $0 + $1.count } == changes.count { $0 != 0 }, "seed \(seed)")
    }
  }

  @Test func barsAreFewAndRound() {
    var distribution = ChangeDistribution()
    // Cents: ninety-nine hundred between 1 and 99 EUR, and one far away.
    for cents in stride(from: Int64(100), to: 9_900, by: 1) {
      distribution.add(cents, isFlip: cents % 100 == 0)
    }
    distribution.add(-250, isFlip: false)
    distribution.add(5_000_000, isFlip: false)
    let histogram = ChangeHistogram(distribution, places: 2)
    #expect(histogram.width == Number(5))
    #expect(histogram.bars.map(\.isTail).filter { $0 }.count == 2)
    #expect(histogram.bars.first?.to == .zero || histogram.bars.first?.from.isNegative == true)
    #expect(histogram.bars.reduce(0) { $0 + $1.decisions } == 9_802)
    #expect(histogram.bars.count <= ChangeHistogram.barLimit)
  }
}
