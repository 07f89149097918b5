package import AnnonaLanguage
import AnnonaValues

/// Reads households from JSON straight into columns: the plain forms of plain facts.
///
/// Whatever else a row holds, be it right or wrong, is left to the reader of cases, which says what it means.
package final class HouseholdScanner {
  /// What became of a row.
  package enum Row: Sendable, Hashable {
    /// It stands in the columns.
    case added
    /// The reader of cases must look at it.
    case other
  }

  private var reader: RowReader

  /// - Parameters:
  ///   - plan: whose sources the columns are.
  ///   - program: what the plan was made of.
  ///   - columns: filled with each row that is added.
  ///   - id: the key of a row's id; `nil` where rows have none.
  ///   - memberID: the key of a member's id within a list.
  ///   - strange: facts of another rulebook, by entity, which are passed over.
  package init(
    _ plan: Plan, _ program: Program, into columns: HouseholdColumns, id: String?,
    memberID: String, passing strange: [EntityID: Set<String>] = [:]
  ) {
    let table = ScanTable(plan, program, id: id, memberID: memberID, passing: strange)
    reader = RowReader(table, into: columns)
  }

  deinit { reader.release() }

  /// By household: whether all that the plan for complete households reads is known.
  package var isComplete: [Bool] { reader.isComplete }

  /// By space: how each row's member is called, without quotes.
  package var memberNames: [[UnsafeBufferPointer<UInt8>]] { reader.memberNames }

  /// Where the row's id stands, with its quotes; empty where there is none.
  package var id: Range<Int> { reader.id }

  package func removeAll() { reader.removeAll() }

  /// Reads one row: a JSON object without a line break.
  package func scan(_ bytes: UnsafeBufferPointer<UInt8>) -> Row { reader.scan(bytes) }
}
