public import AnnonaEngine
import AnnonaLanguage
public import AnnonaValues

/// What is known of somebody, said in Swift: a fact, a member with facts of its own, or several of either.
///
/// ```swift
/// let household: GivenFact = [
///   "income": "25_000",
///   "lone_parent": false,
///   "children": ["maria": ["birth_date": "2024-09-10"]],
/// ]
/// ```
///
/// Amounts are texts, integers or exact numbers; there is no floating point, in which most cents cannot be written.
/// What is left out is unknown, and is asked for if it matters.
public indirect enum GivenFact: Sendable, Hashable {
  /// As it would stand in a case file: `25_000.50`, `12 EUR/month`, a choice's name, a date, any text.
  case text(String)
  case number(Number)
  case boolean(Bool)
  case date(CalendarDate)
  /// There is none; only of an optional fact.
  case absent
  /// Asked, and not answered.
  case declined
  /// A list of values, or of members that name their `id`.
  case list([GivenFact])
  /// The facts of a member by name, the members of a list by id, or the values of a varying fact by date.
  case named([Entry])

  /// A fact or member and its name.
  public struct Entry: Sendable, Hashable {
    public let name: String
    public let value: GivenFact

    public init(_ name: String, _ value: GivenFact) {
      self.name = name
      self.value = value
    }
  }
}

extension GivenFact: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(stringLiteral value: String) { self = .text(value) }
  public init(integerLiteral value: Int) { self = .number(Number(value)) }
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  public init(arrayLiteral elements: GivenFact...) { self = .list(elements) }
  public init(dictionaryLiteral elements: (String, GivenFact)...) {
    self = .named(elements.map { Entry($0, $1) })
  }
}

extension GivenFact {
  var json: JSONValue {
    switch self {
    case .text(let text): .string(text)
    case .number(let number): .string(number.description)
    case .boolean(let value): .bool(value)
    case .date(let date): .string(date.description)
    case .absent: .null
    case .declined: .object(["state": .string("declined")])
    case .list(let items): .array(items.map(\.json))
    case .named(let entries): .object(entries.map { .init($0.name, $0.value.json) })
    }
  }
}

extension Rulebook {
  /// Reads what is known of a household, said in Swift, for this rulebook.
  ///
  /// - Parameters:
  ///   - facts: of the entity that the rulebook decides, with its members.
  ///   - today: the date decided for.
  /// - Throws: every problem of the facts at once, by their names; printed, none of them shows what a person said.
  public func readCase(
    _ facts: GivenFact, today: CalendarDate
  ) throws(RulebookProblems) -> Case {
    guard !program.entities.isEmpty else {
      return try readCase(SourceFile(path: "facts", text: "{}"), today: today)
    }
    let whole = JSONValue.object([
      .init("today", .string(today.description)),
      .init(program.entities[program.caseEntity].name, facts.json),
    ])
    return try readCase(SourceFile(path: "facts", text: whole.pretty), today: today)
  }

  /// Reads a rulebook from bytes that came from anywhere: a bundle, a database, the network.
  ///
  /// - Parameters:
  ///   - yaml: the whole rulebook, with its header.
  ///   - name: how its problems are to call it.
  ///   - library: where imported rulebooks are found.
  public static func load(
    yaml: some Sequence<UInt8>, named name: String = "rulebook.yaml",
    imports library: any RulebookLibrary = EmptyLibrary()
  ) -> LoadedRulebook {
    load(files: [SourceFile(path: name, bytes: Array(yaml))], imports: library)
  }
}
