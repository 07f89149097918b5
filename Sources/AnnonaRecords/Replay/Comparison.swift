internal import AnnonaLanguage
import AnnonaValues

extension Difference {
  /// Of two documents of one case; `nil` where they say the same.
  init?(from one: JSONValue, to other: JSONValue) {
    let changes = Self.changes(
      from: one["outcomes"]?.items ?? [], to: other["outcomes"]?.items ?? [])
    let node = Self.node(from: one["steps"]?.items ?? [], to: other["steps"]?.items ?? [])
    if changes.isEmpty, node == nil { return nil }
    self.init(changes: changes, node: node)
  }

  // MARK: - Outcomes

  private static func changes(from one: [JSONValue], to other: [JSONValue]) -> [Change] {
    func names(_ outcomes: [JSONValue]) -> [(String, JSONValue)] {
      outcomes.map { ($0.subject, $0) }
    }
    let before = Dictionary(names(one)) { first, _ in first }
    let after = Dictionary(names(other)) { first, _ in first }
    var seen: Set<String> = []
    return (names(one) + names(other)).compactMap { name, _ in
      guard seen.insert(name).inserted else { return nil }
      let (old, new) = (before[name], after[name])
      guard old?.settlement != new?.settlement else { return nil }
      return Change(
        benefit: name, before: old?.settlement ?? "not decided",
        after: new?.settlement ?? "not decided", money: money(old, new))
    }
  }

  private static func money(_ old: JSONValue?, _ new: JSONValue?) -> String? {
    let (before, after) = (Quantity(old?.paid), Quantity(new?.paid))
    guard let unit = after?.unit ?? before?.unit, before?.unit ?? unit == unit,
      let difference = try? (after?.number ?? .zero) - (before?.number ?? .zero)
    else { return nil }
    return (difference.sign > 0 ? "+" : "") + difference.canonicalText
      + (unit.isEmpty ? "" : " \(unit)")
  }

  // MARK: - Steps

  private static func node(from one: [JSONValue], to other: [JSONValue]) -> Node? {
    let (before, after) = (shown(one), shown(other))
    var differs = one.map { step in
      guard let new = after[step.stepID] else { return false }
      return step["same_as"] == nil && new.meaning != step.meaning
    }
    if !differs.contains(true) {
      // No common step is another: one that only one of the two has.
      if let gone = one.first(where: { after[$0.stepID] == nil }) {
        return Node(id: gone.stepID, before: gone.shownValue, after: nil)
      }
      return other.first { before[$0.stepID] == nil }.map {
        Node(id: $0.stepID, before: nil, after: $0.shownValue)
      }
    }
    let own = differs
    var restsOnDifference = [Bool](repeating: false, count: one.count)
    for index in one.indices.reversed() where differs[index] {
      guard let whole = one[index]["of"]?.number, one.indices.contains(whole) else { continue }
      restsOnDifference[whole] = true
      differs[whole] = true
    }
    guard let first = one.indices.first(where: { own[$0] && !restsOnDifference[$0] })
    else { return nil }
    let step = one[first]
    return Node(
      id: step.stepID, before: step.shownValue, after: after[step.stepID]?.shownValue)
  }

  private static func shown(_ steps: [JSONValue]) -> [String: JSONValue] {
    Dictionary(steps.filter { $0["same_as"] == nil }.map { ($0.stepID, $0) }) { first, _ in first }
  }
}

extension JSONValue {
  /// `abono_de_familia/maria`; over a period `abono_de_familia/maria@2025-02-01`
  var subject: String {
    (self["benefit"]?.text ?? "") + (self["for"]?.text.map { "/\($0)" } ?? "")
      + (self["period"]?["from"]?.text.map { "@\($0)" } ?? "")
  }

  var paid: String? { self["amount"]?.text ?? self["total"]?.text }

  /// `entitled, 45 EUR/month`
  fileprivate var settlement: String {
    (self["outcome"]?.text ?? "") + (paid.map { ", \($0)" } ?? "")
  }

  fileprivate var stepID: String { self["id"]?.text ?? "" }

  /// What makes two steps of one id say the same.
  fileprivate var meaning: [JSONValue?] {
    [self["state"], self["value"], self["role"], self["by"], self["words"], self["from"]]
  }

  fileprivate var shownValue: String? {
    self["value"]?.text ?? self["role"]?.text ?? self["state"]?.text
  }
}

/// A number with its unit, read back from canonical text: `182.41 EUR/month`, `25000/3 EUR/year`.
private struct Quantity {
  let number: Number
  let unit: String

  init?(_ text: String?) {
    guard let words = text?.split(separator: " ", maxSplits: 1), let figure = words.first else {
      return nil
    }
    let parts = figure.split(separator: "/", maxSplits: 1).compactMap { Number(text: $0) }
    switch parts.count {
    case 1: number = parts[0]
    case 2:
      guard let quotient = try? parts[0] / parts[1] else { return nil }
      number = quotient
    default: return nil
    }
    unit = words.count == 2 ? String(words[1]) : ""
  }
}
