import AnnonaEngine
import AnnonaLanguage

/// What the fixtures of a rulebook exercise of it, and what not.
package struct CoverageReport: Sendable {
  /// Of one kind.
  package struct Count: Sendable, Hashable {
    package let kind: CoverageKind
    package let covered: Int
    package let total: Int

    /// Whole percent, never rounded up: 100 only where nothing is missing.
    package var percent: Int { total == 0 ? 100 : covered * 100 / total }
  }

  package let rulebook: String
  package let files: [SourceFile]
  package let missing: [CoverageItem]
  /// In the order of the kinds; one of which the rulebook has nothing is left out.
  package let counts: [Count]

  package init(_ program: Program, _ exercise: Exercise) {
    let items = Inventory(program).items
    rulebook = program.id
    files = program.files
    missing = items.filter { !exercise.covers($0) }
    let missing = missing
    counts = CoverageKind.allCases.compactMap { kind in
      let total = items.count { $0.kind == kind }
      guard total > 0 else { return nil }
      return Count(
        kind: kind, covered: total - missing.count { $0.kind == kind }, total: total)
    }
  }

  /// The kinds that fall short of what is required, by their percentage.
  package func shortfalls(_ required: [CoverageKind: Int]) -> [Count] {
    counts.filter { count in required[count.kind].map { count.percent < $0 } ?? false }
  }
}
