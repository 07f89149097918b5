import Annona
import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// A value's state beside what a case expects: a value, `{ unknown: …, needs: …, can_fail: … }` or `{ error: … }`.
struct StateText {
  let state: State
  let type: ValueType
  let names: ValueText

  init(_ state: State, _ type: ValueType, _ names: ValueText) {
    self.state = state
    self.type = type
    self.names = names
  }

  /// What is different, or `nil`.
  func mismatch(_ wanted: Node) -> String? {
    let found = description
    if let text = wanted.text {
      guard case .known = state, found == text else { return "found \(found), expected \(text)" }
      return nil
    }
    let keys = wanted.entries.map(\.key.text)
    let isKnownShape = keys.allSatisfy {
      ["unknown", "needs", "can_fail", "error", "faults"].contains($0)
    }
    guard isKnownShape, keys.contains("unknown") != keys.contains("error") else {
      return "the expectation has keys \(keys)"
    }
    let problems: [String?] =
      switch state {
      case .known: ["known"]
      case .error(let faults):
        [
          same("error", codes(faults), wanted["error"]?.texts?.sorted()),
          wanted["faults"].flatMap { same("faults", "\(faults.count)", $0.text) },
        ]
      case .open(let possible):
        [
          same("unknown", range, wanted["unknown"]?.text),
          same("can_fail", codes(possible.mayFail), wanted["can_fail"]?.texts?.sorted() ?? []),
          wanted["needs"].flatMap { same("needs", waits(possible), $0.texts?.sorted()) },
        ]
      }
    let differences = problems.compactMap { $0 }
    return differences.isEmpty
      ? nil : "found \(found); different: \(differences.joined(separator: "; "))"
  }

  private func same<Text: Equatable>(_ what: String, _ found: Text, _ wanted: Text?) -> String? {
    found == wanted ? nil : "\(what) \(found), not \(wanted.map { "\($0)" } ?? "that")"
  }

  private var description: String {
    switch state {
    case .known(let value): names.text(value, type)
    case .error(let faults): "error \(codes(faults)), \(faults.count) faults"
    case .open(let possible):
      "unknown \(range), needs \(waits(possible)), can_fail \(codes(possible.mayFail))"
    }
  }

  private var range: String {
    var texts = names.text(state.domain, type)
    if case .boolean(let truth)? = state.domain.present, truth.known == nil {
      texts = texts.replacing("unknown", with: "true or false")
    }
    return texts
  }

  private func waits(_ possible: State.Possible) -> [String] {
    possible.waits.map(names.id(of:)).sorted()
  }

  private func codes(_ faults: Faults) -> [String] {
    Set(faults.map(\.code.rawValue)).sorted()
  }
}

/// What is asked of a benefit's decision, each as one line of text.
struct BenefitText {
  let json: JSONValue

  init(_ json: JSONValue) { self.json = json }

  func value(of key: String) -> String? {
    switch key {
    case "outcome", "amount", "next_review_on": json[key]?.text ?? "none"
    case "bounds":
      json["bounds"].map { bounds in
        guard case .object = bounds else { return "none" }
        return "\(bounds["from"]?.text ?? "any") to \(bounds["to"]?.text ?? "any")"
      }
    case "needs", "assumed": list(json[key]?.items.compactMap(\.text))
    case "faults", "dismissed_faults":
      list(Set((json[key]?.items ?? []).compactMap { $0["code"]?.text }).sorted())
    case "referrals":
      list(
        json["referrals"]?.items.map {
          "\($0["id"]?.text ?? ""): \($0["cause"]?.text ?? "")"
        })
    case "reasons":
      list(
        json["reasons"]?.items.map {
          "\($0["id"]?.text ?? ""): \($0["state"]?.text ?? "")"
        })
    case "paid":
      list(
        json["periods"]?.items.map { period in
          let day = period["from"]?.text ?? period["date"]?.text ?? ""
          return "\(day): \(period["amount"]?.text ?? period["outcome"]?.text ?? "")"
        })
    case "texts": list(json["reasons"]?.items.compactMap { $0["text"]?.text })
    case "margins":
      list(
        json["reasons"]?.items.compactMap { reason in
          reason["margin"]?["difference"]?.text.map { "\(reason["id"]?.text ?? ""): \($0)" }
        })
    default: nil
    }
  }

  private func list(_ texts: [String]?) -> String? {
    texts.map { "[" + $0.joined(separator: ", ") + "]" }
  }

  /// What is expected, in the same form.
  static func written(_ node: Node) -> String {
    switch node.content {
    case .scalar(let scalar): scalar.text
    case .sequence(let items): "[" + items.compactMap(\.text).joined(separator: ", ") + "]"
    case .mapping(let entries):
      "[" + entries.map { "\($0.key.text): \($0.value.text ?? "")" }.joined(separator: ", ") + "]"
    }
  }
}

extension JSONValue {
  subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  var items: [JSONValue] {
    guard case .array(let items) = self else { return [] }
    return items
  }

  var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }
}
