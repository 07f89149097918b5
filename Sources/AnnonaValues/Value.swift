/// A value that is known: what a fact holds, a parameter says, a rule gives.
///
/// Numbers carry no unit here: the checker has proved units, so that a quantity's unit is its type's.
public enum Value: Sendable, Hashable {
  case boolean(Bool)
  /// A number, percentage, quantity or duration (in the unit of its type).
  case number(Number)
  case date(CalendarDate)
  /// The days from the first to the last, both in.
  case period(CalendarDate, CalendarDate)
  /// In normalisation form C.
  case text(String)
  /// The position of the member in its choice's declaration.
  case choice(Int32)
  /// An entity of the case, by its index there.
  case instance(Int32)
  case list([Value])
  /// What an optional fact is when it is said to be absent.
  case null
}
