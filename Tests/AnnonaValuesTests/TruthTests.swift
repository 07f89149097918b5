import AnnonaValues
import Testing

@Suite struct TruthTests {
  private static let all: [Truth] = [.yes, .no, .open]

  /// The values that are still possible, tried one by one.
  private func tried(_ one: Truth, _ other: Truth, _ operation: (Bool, Bool) -> Bool) -> Truth {
    func values(_ truth: Truth) -> [Bool] {
      (truth.canBeTrue ? [true] : []) + (truth.canBeFalse ? [false] : [])
    }
    let results = values(one).flatMap { a in values(other).map { operation(a, $0) } }
    return Truth(canBeTrue: results.contains(true), canBeFalse: results.contains(false))
  }

  @Test func operationsKeepWhatIsPossible() {
    for one in Self.all {
      for other in Self.all {
        #expect(one.and(other) == tried(one, other) { $0 && $1 })
        #expect(one.or(other) == tried(one, other) { $0 || $1 })
        #expect((!one).and(other) == tried(one, other) { !$0 && $1 })
      }
    }
    #expect(Truth.open.and(.no) == .no)
    #expect(Truth.open.or(.yes) == .yes)
    #expect(Truth.yes.hull(with: .no) == .open)
  }

  @Test func known() {
    #expect(Truth.yes.known == true && Truth.no.known == false && Truth.open.known == nil)
    #expect(Truth(true) == .yes && Truth(false) == .no)
  }
}
