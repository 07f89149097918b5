public import AnnonaValues

public struct Parameter: Sendable {
  public struct Entry: Sendable {
    public let from: CalendarDate
    /// The last day on which it holds: the day before the next entry, `through:`, or `nil` until further notice.
    public let through: CalendarDate?
    public let figure: Figure
    public let citations: [Citation]
    public let span: Span

    public init(
      from: CalendarDate, through: CalendarDate?, figure: Figure, citations: [Citation], span: Span
    ) {
      self.from = from
      self.through = through
      self.figure = figure
      self.citations = citations
      self.span = span
    }
  }

  public enum Figure: Sendable {
    case value(Value)
    /// Nobody could confirm it: open, within the bounds if there are any. Nobody can be asked, so what needs it is referred.
    case unverified(why: LocalizedText, between: (Number, Number?)?)
  }

  public let name: String
  public var title = LocalizedText()
  public var type: ValueType
  public var citations: [Citation] = []
  /// Ascending, without overlap.
  public var entries: [Entry] = []
  public var span: Span
  /// Whose it is, by position in the program's rulebooks.
  public let rulebook: Int

  public init(name: String, type: ValueType, span: Span, rulebook: Int) {
    self.name = name
    self.type = type
    self.span = span
    self.rulebook = rulebook
  }

  /// The entry in force on a day; `nil` before the first, after the last and in a gap.
  public func entry(on date: CalendarDate) -> Entry? {
    guard let entry = entries.last(where: { $0.from <= date }) else { return nil }
    if let through = entry.through, date > through { return nil }
    return entry
  }
}

extension Program {
  /// What programs know it by: its name; that of an import behind the import's id, `pt.ias.amount`.
  public func id(of parameter: ParameterID) -> String {
    let parameter = parameters[parameter]
    guard parameter.rulebook + 1 < rulebooks.count else { return parameter.name }
    return "\(rulebooks[parameter.rulebook].id).\(parameter.name)"
  }

  /// What programs know it by, whoever it is of: `person.salary`.
  package func id(of fact: FactID) -> String {
    "\(entities[facts[fact].entity].name).\(facts[fact].name)"
  }

  /// What programs know it by, whoever holds it: `household.children`.
  package func id(of place: PlaceID) -> String {
    "\(entities[places[place].holder].name).\(places[place].name)"
  }
}
