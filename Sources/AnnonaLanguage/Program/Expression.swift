public import AnnonaValues

/// An expression with a type, its names resolved to slots.
public final class Expression: Sendable {
  public let kind: Kind
  public let type: ValueType
  public let span: Span

  public init(_ kind: Kind, type: ValueType, span: Span) {
    self.kind = kind
    self.type = type
    self.span = span
  }

  public enum Kind: Sendable {
    case constant(Value)
    /// The date decided for, or the one that `at` moved to.
    case today
    /// The entity the rule belongs to (0), the one that holds it (1), and so on.
    case enclosing(Int)
    /// A loop variable or a function's argument, by its slot.
    case local(Int)
    /// A fact of an entity.
    case fact(FactID, of: Expression)
    /// A rule's value for an entity; `output` is the column of a table with several.
    case rule(RuleID, of: Expression, output: Int?)
    /// A parameter as of `today` and the law's date.
    case parameter(ParameterID)
    /// A grid's column by its number: `maximum_allotment(min(size, 8))`.
    case column(Expression, of: [GridColumn])
    /// Inside an exception: the rule's value without it, before rounding.
    case base
    /// The members of a place: a list, or one entity.
    case members(PlaceID, of: Expression)
    /// The entity that holds an entity.
    case holder(of: Expression)

    case not(Expression)
    case negate(Expression)
    case all([Expression])
    case any([Expression])
    case compare(Comparison, Expression, Expression)
    case arithmetic(ArithmeticOperator, Expression, Expression)
    /// The same quantity in another unit: times an exact ratio.
    case convert(Expression, ratio: Number)
    /// A date plus (or minus) whole months or whole days.
    case shift(Expression, by: Expression, DurationKind, subtract: Bool, MonthOverflow?)
    /// Days from the second to the first.
    case daysApart(Expression, Expression)
    case between(Expression, low: Expression, high: Expression)
    case among(Expression, [Item])
    case conditional(Expression, then: Expression, else: Expression)
    /// The variable's slot, the list, the body.
    case quantified(every: Bool, slot: Int, Expression, Expression)
    case map(slot: Int, Expression, Expression)
    case filter(slot: Int, Expression, Expression)
    case sort(slot: Int, Expression, by: Expression)
    /// `children.amount` over a list is a `map`; this is what is done with the result.
    case aggregate(Aggregate, Expression, fallback: Expression?)
    /// `position(x, xs)`
    case position(Expression, Expression)
    case concatenate([Expression])
    case coalesce([Expression])
    case least([Expression])
    case greatest([Expression])
    case round(Expression, step: Expression, RoundingMode)
    /// An expression as of the first day of each month, day or year of a period: `salary over last 12 months`.
    case series(Expression, over: Expression, Variation)
    case absolute(Expression)
    case period(Expression, Expression)
    /// The calendar is that of the rulebook the call is written in.
    case call(DateFunction, [Expression], Calendar)
    case apply(FunctionID, [Expression])
    /// Reads one name as of another date; `under` moves the law alone.
    case at(Expression, date: Expression)
    case under(Expression, date: Expression)
  }

  /// One of the numbered columns of a grid of parameters.
  public struct GridColumn: Sendable {
    public let number: Int
    public let parameter: ParameterID

    public init(number: Int, parameter: ParameterID) {
      self.number = number
      self.parameter = parameter
    }
  }

  /// What the right side of `in ( )` may hold.
  public enum Item: Sendable {
    case value(Expression)
    case range(Expression, Expression)
    /// A list or a period.
    case members(Expression)
  }

  public enum Aggregate: String, Sendable, Hashable, CaseIterable {
    case count, sum, min, max, mean, first, last, distinct
  }

  public enum DateFunction: String, Sendable, Hashable, CaseIterable {
    case age
    case yearsBetween = "years_between"
    case monthsBetween = "months_between"
    case daysBetween = "days_between"
    case year, month, day
    case startOfMonth = "start_of_month"
    case endOfMonth = "end_of_month"
    case date
    case first, last
    /// `period(d, 18 months)`
    case period
  }
}
