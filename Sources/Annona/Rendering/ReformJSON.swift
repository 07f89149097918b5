import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

extension ReformReport {
  /// The report as JSON, amounts exact as text with their units.
  public func json() -> String {
    ReformJSON(words: ReformWords(self), report: self).document.pretty
  }
}

private struct ReformJSON {
  let words: ReformWords
  let report: ReformReport

  var document: JSONValue {
    .object([
      "first": .string(report.request.first.id), "second": .string(report.request.second.id),
      "today": .string(report.request.today.description), "rows": rows,
      "differences": .array(report.request.statedDifferences.map(stated)),
      "benefits": .array(report.benefits.map(benefit)),
      "together": .array(report.together.map(together)),
    ])
  }

  private var rows: JSONValue {
    let rows = report.rows
    return .object([
      "read": .integer(rows.read), "compared": .integer(rows.compared),
      "faulty_in_both": .integer(rows.faultyInBoth),
      "faulty_in_first": .integer(rows.faultyInFirst),
      "faulty_in_second": .integer(rows.faultyInSecond),
      "faults": .array(
        rows.faults.map {
          .object([
            "what": .string($0.what), "rows": .integer($0.rows),
            "examples": .array($0.examples.map { .string($0) }),
          ])
        }),
    ])
  }

  private func stated(_ difference: StatedDifference) -> JSONValue {
    .object([
      "what": .string(difference.subject.rawValue), "name": .string(difference.name),
      "cites": .array(difference.citations.map { .string($0) }),
      "details": .array(difference.details.map { .string($0) }),
    ])
  }

  private func benefit(_ benefit: ReformReport.BenefitReport) -> JSONValue {
    .object([
      "benefit": .string(benefit.name), "charge": .bool(benefit.isCharge),
      "before": benefit.before.map { side($0, benefit.type) } ?? .null,
      "after": benefit.after.map { side($0, benefit.type) } ?? .null,
      "difference": amount(benefit.difference, benefit.type),
      "changes": .array(benefit.changes.map { change($0, benefit.type) }),
      "causes": .array(benefit.causes.map { cause($0, benefit.type) }),
      "distribution": histogram(benefit.histogram, benefit.type),
    ])
  }

  private func amount(_ number: Number?, _ type: ValueType?) -> JSONValue {
    type.map { words.canonical(number, $0) } ?? .null
  }

  private func side(_ side: ReformReport.Side, _ type: ValueType?) -> JSONValue {
    .object([
      "outcomes": .object(
        side.outcomes.map { JSONValue.Member($0.outcome.rawValue, .integer($0.decisions)) }),
      "paid": amount(side.paid, type),
    ])
  }

  private func change(_ change: ReformReport.Change, _ type: ValueType?) -> JSONValue {
    .object([
      "change": .string(change.shift.rawValue), "decisions": .integer(change.decisions),
      "difference": amount(change.difference, type),
    ])
  }

  private func cause(_ cause: ReformReport.Cause, _ type: ValueType?) -> JSONValue {
    var members: [JSONValue.Member] = []
    switch cause.reason {
    case .rule(let name):
      members += [.init("cause", "rule"), .init("rule", .string(name))]
    case .benefit: members.append(.init("cause", "benefit"))
    case .onlyInFirst: members.append(.init("cause", "only_in_first"))
    case .onlyInSecond: members.append(.init("cause", "only_in_second"))
    }
    members.append(.init("cites", .array(cause.citations.map { .string($0.text) })))
    members.append(.init("decisions", .integer(cause.decisions)))
    members.append(
      .init(
        "changes",
        .array(
          cause.changes.map { change, examples in
            .object([
              "change": .string(change.shift.rawValue), "decisions": .integer(change.decisions),
              "difference": amount(change.difference, type),
              "examples": .array(examples.map(example)),
            ])
          })))
    return .object(members)
  }

  private func example(_ example: ReformReport.Example) -> JSONValue {
    var members = [JSONValue.Member("id", .string(example.id))]
    if let member = example.member { members.append(.init("for", .string(member))) }
    if report.request.keepsValues {
      members.append(.init("before", .optional(example.before)))
      members.append(.init("after", .optional(example.after)))
      members.append(.init("row", .optional(example.row)))
    }
    return .object(members)
  }

  private func together(_ together: ReformReport.Together) -> JSONValue {
    func households(_ side: (households: Int, difference: Number?)) -> JSONValue {
      .object([
        "households": .integer(side.households),
        "difference": amount(side.difference, together.type),
      ])
    }
    return .object([
      "unit": .string(words.wording.unitName(together.type)),
      "before": amount(together.before, together.type),
      "after": amount(together.after, together.type),
      "difference": amount(together.difference, together.type),
      "better": households(together.better), "worse": households(together.worse),
      "same": .integer(together.same), "not_known": .integer(together.notKnown),
      "distribution": histogram(together.histogram, together.type),
    ])
  }

  private func histogram(_ histogram: ChangeHistogram, _ type: ValueType?) -> JSONValue {
    guard let type, !histogram.bars.isEmpty else { return .array([]) }
    return .array(
      histogram.bars.map { bar in
        .object([
          "from": words.canonical(bar.from, type), "to": words.canonical(bar.to, type),
          "and_beyond": .bool(bar.isTail), "gained_or_lost": .integer(bar.flipped),
          "up_or_down": .integer(bar.moved),
        ])
      })
  }
}

extension ReformReport {
  /// A line for each benefit, kind of change and rule, with what is paid in all before and after; amounts are exact, without their unit.
  public func csv() -> String {
    var lines = ["benefit,change,rule,provision,decisions,amount,unit,examples"]
    let words = ReformWords(self)
    func line(_ cells: [String]) { lines.append(cells.map(Self.cell).joined(separator: ",")) }
    for benefit in benefits {
      let unit = benefit.type.map { words.canonicalUnit($0) } ?? ""
      for (name, side) in [("before", benefit.before), ("after", benefit.after)] {
        guard let side else { continue }
        let granted = side.outcomes.first { $0.outcome == .entitled }?.decisions ?? 0
        line([
          benefit.name, name, "", "", "\(granted)", side.paid?.canonicalText ?? "", unit, "",
        ])
      }
      for change in benefit.changes where change.shift == .unchanged && change.decisions > 0 {
        line([benefit.name, change.shift.rawValue, "", "", "\(change.decisions)", "", unit, ""])
      }
      for cause in benefit.causes {
        for (change, examples) in cause.changes {
          line([
            benefit.name, change.shift.rawValue, cause.reason.column,
            cause.citations.map(\.text).joined(separator: "; "), "\(change.decisions)",
            benefit.type == nil ? "" : change.difference?.canonicalText ?? "", unit,
            examples.map { example in example.member.map { "\(example.id)/\($0)" } ?? example.id }
              .joined(separator: " "),
          ])
        }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func cell(_ text: String) -> String {
    guard text.utf8.contains(where: { [0x2C, 0x22, 0x0A, 0x0D].contains($0) }) else { return text }
    return "\""
      + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}

extension ReformReport.Reason {
  fileprivate var column: String {
    switch self {
    case .rule(let name): name
    case .benefit: "(the benefit itself)"
    case .onlyInFirst: "(only in the first rulebook)"
    case .onlyInSecond: "(only in the second rulebook)"
    }
  }
}

extension ReformWords {
  /// `EUR/month`, as rulebooks write it.
  func canonicalUnit(_ type: ValueType) -> String {
    guard case .number(let number) = type.present else { return "" }
    return number.unit.isDimensionless ? "" : number.unit.description
  }
}
