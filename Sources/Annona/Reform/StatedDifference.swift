import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// What the two rulebooks say otherwise, whether or not it changes anything for anybody.
public struct StatedDifference: Sendable {
  public enum Subject: String, Sendable {
    case rulebook, benefit, rule, parameter, fact
  }

  public let subject: Subject
  public let name: String
  public let citations: [String]
  /// In plain words: `12 000 -> 13 000 EUR/year`, `reads base no more`, `only in the second rulebook`.
  public let details: [String]
}

extension ReformRequest {
  /// Figures, then rules, benefits and facts, in the order of the second rulebook.
  public var statedDifferences: [StatedDifference] {
    figures + changedRules + missingRules + changedBenefits + facts
  }

  private var figures: [StatedDifference] {
    difference.parameters.map { parameter in
      let before = parameter.first.map { first.program.figure($0, on: today) }
      let after = parameter.second.map { second.program.figure($0, on: today) }
      let declared =
        parameter.second.map { second.program.parameters[$0] }
        ?? parameter.first.map { first.program.parameters[$0] }
      var detail: String
      switch (before, after) {
      case (let before?, let after?):
        detail = before == after ? "differs on other dates only" : "\(before) -> \(after)"
      case (nil, let after?): detail = "only in the second rulebook: \(after)"
      case (let before?, nil): detail = "only in the first rulebook: \(before)"
      case (nil, nil): detail = ""
      }
      let entry = declared?.entries.last { $0.from <= today }
      let citations = entry.map(\.citations) ?? []
      return StatedDifference(
        subject: .parameter, name: parameter.name,
        citations: (citations.isEmpty ? declared?.citations ?? [] : citations).map(\.text),
        details: [detail])
    }
  }

  private var changedRules: [StatedDifference] {
    difference.rules.map { rule in
      var details: [String] = []
      let figures = rule.parameters.map { difference.parameters[$0].name }
      if !figures.isEmpty { details.append("reads \(list(figures))") }
      if !rule.noLongerReads.isEmpty {
        details.append("no longer reads \(list(rule.noLongerReads))")
      }
      if !rule.readsNow.isEmpty { details.append("now reads \(list(rule.readsNow))") }
      if rule.isReworded, rule.noLongerReads.isEmpty, rule.readsNow.isEmpty {
        details.append("says something else")
      }
      return StatedDifference(
        subject: .rule, name: rule.name, citations: citations(ofRule: rule.name).map(\.text),
        details: details)
    }
  }

  private func list(_ names: [String]) -> String {
    names.map { "`\($0)`" }.joined(separator: ", ")
  }

  private var missingRules: [StatedDifference] {
    func stated(_ rule: Rule, _ detail: String) -> StatedDifference {
      StatedDifference(
        subject: .rule, name: rule.name, citations: citations(ofRule: rule.name).map(\.text),
        details: [detail])
    }
    return difference.onlyInSecond.map {
      stated(second.program.rules[$0], "only in the second rulebook")
    }
      + difference.onlyInFirst.map { stated(first.program.rules[$0], "only in the first rulebook") }
  }

  private var changedBenefits: [StatedDifference] {
    benefits.compactMap { pair in
      var detail = "says something else"
      if pair.compared.first == nil { detail = "only in the second rulebook" }
      if pair.compared.second == nil { detail = "only in the first rulebook" }
      guard pair.compared.isReworded else { return nil }
      let declared =
        pair.compared.second.map { second.program.benefits[$0] }
        ?? pair.compared.first.map { first.program.benefits[$0] }
      return StatedDifference(
        subject: .benefit, name: pair.name, citations: declared?.citations.map(\.text) ?? [],
        details: [detail])
    }
  }

  private var facts: [StatedDifference] {
    func stated(_ names: [String], _ detail: String) -> [StatedDifference] {
      names.map {
        StatedDifference(subject: .fact, name: $0, citations: [], details: [detail])
      }
    }
    return stated(difference.factsOnlyInSecond, "only in the second rulebook")
      + stated(difference.factsOnlyInFirst, "only in the first rulebook")
      + stated(difference.changedFacts, "is read otherwise")
  }
}

extension Program {
  /// What a parameter is on a day, for people.
  fileprivate func figure(_ id: ParameterID, on date: CalendarDate) -> String {
    let parameter = parameters[id]
    let entry = parameter.entries.last { entry in
      entry.from <= date && (entry.through.map { $0 >= date } ?? true)
    }
    switch entry?.figure {
    case .value(let value)?:
      return ValueText(self, .empty(of: self), style: .language(language)).text(
        value, parameter.type)
    case .unverified?: return "not confirmed"
    case nil: return "none on \(date)"
    }
  }
}
