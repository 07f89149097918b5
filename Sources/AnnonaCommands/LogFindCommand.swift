import Annona
import AnnonaEngine
import AnnonaLanguage
import AnnonaRecords
import AnnonaValues
import ArgumentParser

/// `annona log find`
struct LogFindCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "find",
    abstract: "Lists the decisions that rest on a rule, a figure, a provision or a presumption.",
    discussion: """
      All that is asked for must hold. A rule or a figure may be named with the day from which its version \
      holds: person.age@2024-01-01. A fact is named without whose it is: person.resident. `any` stands for \
      every fact.

      For example:
        annona log find decisions.db --parameter amount@2024-01-01
        annona log find decisions.db --outcome not_entitled --adverse-presumption any
        annona log find decisions.db --overridden --format json
      """)

  @Argument(help: ArgumentHelp("The log.", valueName: "log"))
  var log: String

  @Option(help: ArgumentHelp("A step rests on this rule.", valueName: "rule"))
  var rule: [String] = []
  @Option(help: ArgumentHelp("A step reads this figure of the law.", valueName: "figure"))
  var parameter: [String] = []
  @Option(help: ArgumentHelp("A step relies on this provision.", valueName: "provision"))
  var provision: [String] = []
  @Option(help: ArgumentHelp("Decided for this benefit.", valueName: "benefit"))
  var benefit: String?
  @Option(help: ArgumentHelp("It came to this: entitled, not_entitled, …", valueName: "outcome"))
  var outcome: String?
  @Option(
    help: ArgumentHelp(
      "The outcome turned on this rule: a failed condition of a refusal, a met one of a grant.",
      valueName: "rule"))
  var turnedOn: [String] = []
  @Option(help: ArgumentHelp("This fact was taken by default.", valueName: "fact"))
  var presumption: String?
  @Option(help: ArgumentHelp("A refusal rests on this fact taken by default.", valueName: "fact"))
  var adversePresumption: String?
  @Option(help: ArgumentHelp("This fact was asked for and declined.", valueName: "fact"))
  var declined: String?
  @Option(help: ArgumentHelp("The outcome waits for this fact.", valueName: "fact"))
  var needed: String?
  @Option(help: ArgumentHelp("Made for this purpose.", valueName: "purpose"))
  var purpose: Purpose?
  @Option(help: ArgumentHelp("About whom, by pseudonym.", valueName: "pseudonym"))
  var subject: String?
  @Option(help: ArgumentHelp("What the matter is known by.", valueName: "id"))
  var correlation: String?
  @Option(help: ArgumentHelp("Overrides by this officer.", valueName: "officer"))
  var officer: String?
  @Flag(help: "Only decisions that an officer overrode or confirmed.")
  var overridden = false
  @Flag(help: "Only the overrides themselves.")
  var overrides = false
  @Option(help: ArgumentHelp("Only those behind this position.", valueName: "position"))
  var after: Int?
  @Option(help: ArgumentHelp("So many at most.", valueName: "count"))
  var limit = 50
  @Option(help: "How to write them.")
  var format = ResultFormat.text

  func run(on console: any Console) throws -> ExitStatus {
    try checkVocabulary()
    let log = try DecisionLog(self.log, for: .reading)
    let query = query
    let page = try log.find(query)
    if page.entries.isEmpty {
      for name in try log.unknownNames(in: query) {
        console.report("no rulebook of this log has `\(name)`\n")
      }
    }
    let entries = try page.entries.map { ($0, try log.overrides(of: $0.record)) }
    switch format {
    case .text:
      for (entry, overrides) in entries { console.print(line(entry, overrides)) }
      if page.entries.isEmpty { console.print("none\n") }
      if let next = page.next { console.print("more: --after \(next)\n") }
    case .json:
      console.write(
        JSONValue.object([
          "entries": .array(entries.map(json)),
          "next": page.next.map { .integer($0) } ?? .null,
        ]).pretty + "\n")
    }
    return .done
  }

  private var query: LogQuery {
    func any(_ name: String?) -> String? { name == "any" ? nil : name }
    var query = LogQuery(limit: limit)
    query.conditions += rule.map { .rule($0) } + parameter.map { .parameter($0) }
    query.conditions += provision.map { .provision($0) }
    query.conditions += turnedOn.map { .turned(on: $0, to: outcome) }
    if benefit != nil || outcome != nil {
      query.conditions.append(.outcome(outcome, of: benefit))
    }
    if let presumption { query.conditions.append(.presumption(any(presumption))) }
    if let adversePresumption {
      query.conditions.append(.adversePresumption(any(adversePresumption)))
    }
    if let declined { query.conditions.append(.declined(any(declined))) }
    if let needed { query.conditions.append(.needed(any(needed))) }
    if let purpose { query.conditions.append(.purpose(purpose)) }
    if let officer { query.conditions.append(.officer(officer)) }
    query.subject = subject
    query.correlation = correlation
    query.kind = overrides ? .override : nil
    query.isOverridden = overridden ? true : nil
    query.after = after
    return query
  }

  /// Outcomes and days are of closed sets: what is none of them finds nothing for ever.
  private func checkVocabulary() throws {
    let outcomes = Outcome.allCases.map(\.rawValue) + ["due", "not_due"]
    if let outcome, !outcomes.contains(outcome) {
      throw RequestProblem(
        "`--outcome \(outcome)` is no outcome: write "
          + outcomes.map { "`\($0)`" }.joined(separator: ", "))
    }
    for (option, names) in [("--rule", rule), ("--parameter", parameter)] {
      for name in names {
        guard let at = name.lastIndex(of: "@") else { continue }
        let day = name[name.index(after: at)...]
        if CalendarDate(text: day) == nil {
          throw RequestProblem("`\(option) \(name)`: `\(day)` is no date, such as `2024-01-01`")
        }
      }
    }
  }

  /// What officers decided on it, behind the row.
  private func mark(_ overrides: [LogEntry]) -> String {
    let marks = overrides.map { override in
      let word = override.record.officersDecision?.value == nil ? "confirmed" : "overridden"
      return "\(word) by entry \(override.position)"
    }
    return marks.isEmpty ? "" : "  [\(marks.joined(separator: ", "))]"
  }

  private func line(_ entry: LogEntry, _ overrides: [LogEntry]) -> String {
    let record = entry.record
    let head = "\(entry.position)  \(record.id.digits.prefix(12))"
    if let decision = record.officersDecision {
      return printable("\(head)  override of \(decision.node) by \(decision.officer)") + "\n"
    }
    let about = [record.today, record.subject].compactMap { $0 }.joined(separator: "  ")
    let outcomes = record.outcomes.map { outcome in
      "\(outcome.benefit) \(outcome.outcome)" + (outcome.amount.map { " \($0)" } ?? "")
    }
    return printable("\(head)  \(about)  \(outcomes.joined(separator: "; "))\(mark(overrides))")
      + "\n"
  }

  private func json(_ entry: LogEntry, _ overrides: [LogEntry]) -> JSONValue {
    let record = entry.record
    return .object([
      "position": .integer(entry.position), "id": .string(record.id.description),
      "kind": .string(record.kind.rawValue), "produced_at": .optional(record.producedAt),
      "today": .optional(record.today),
      "subject": .optional(record.subject), "correlation": .optional(record.correlation),
      "outcomes": .array(
        record.outcomes.map { outcome in
          .object([
            "benefit": .string(outcome.benefit), "outcome": .string(outcome.outcome),
            "amount": .optional(outcome.amount),
          ])
        }),
      "override": record.document["override"] ?? .null,
      "overridden_by": .array(overrides.map(\.officersWord)),
    ])
  }
}
