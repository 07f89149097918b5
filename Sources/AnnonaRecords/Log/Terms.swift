internal import AnnonaLanguage

/// Something that decisions can be asked for by.
struct Term: Hashable {
  enum Kind: String, CaseIterable {
    /// A version of a rule that a step rests on: `person.age`, and the day from which it holds.
    case rule
    /// A figure, and the day from which it holds.
    case parameter
    case provision
    /// A benefit, and what it came to.
    case outcome
    /// A rule that an outcome turned on, and the outcome: a failed condition of a refusal, a met one of a grant.
    case turned
    /// A fact taken by default: `person.resident`, and whether the `law` presumes it or only the rulebook (`default`).
    case presumption
    /// The same, where a refusal or a charge rests on it; with the benefit.
    case adversePresumption = "adverse_presumption"
    /// A fact that somebody was asked for and would not say.
    case declined
    /// A fact that the outcome waits for.
    case needed
    /// What kind of decision: `determination`.
    case purpose
    /// The officer of an override.
    case officer
  }

  let kind: Kind
  let name: String
  let detail: String

  init(_ kind: Kind, _ name: String, _ detail: String = "") {
    self.kind = kind
    self.name = name
    self.detail = detail
  }
}

extension Record {
  /// The id of the record that an override is about.
  var about: Digest? { of.flatMap { Digest(text: $0) } }

  /// Each once, in a fixed order.
  var terms: [Term] {
    var terms: [Term] = []
    func add(_ term: Term) { terms.append(term) }
    add(Term(.purpose, purpose ?? ""))
    if let officer = document["override"]?["officer"]?.text { add(Term(.officer, officer)) }
    for version in document["rules"]?["versions"]?.items ?? [] {
      add(Term(.rule, version["rule"]?.text ?? "", version["from"]?.text ?? ""))
    }
    for figure in document["rules"]?["parameters"]?.items ?? [] {
      add(Term(.parameter, figure["parameter"]?.text ?? "", figure["from"]?.text ?? ""))
    }
    for provision in document["provisions"]?.items ?? [] {
      add(Term(.provision, provision.text ?? ""))
    }
    let presumed = document["assumptions"]?.items ?? []
    for assumption in presumed {
      let isLaw = assumption["presumed_by_law"] == .bool(true)
      add(Term(.presumption, general(assumption["id"]), isLaw ? "law" : "default"))
    }
    for fact in document["facts"]?["entries"]?.items ?? []
    where fact["state"]?.text == "declined" {
      add(Term(.declined, general(fact["id"])))
    }
    for outcome in document["outcomes"]?.items ?? [] { terms += self.terms(of: outcome) }
    var seen: Set<Term> = []
    return terms.filter { seen.insert($0).inserted }
  }

  private func terms(of outcome: JSONValue) -> [Term] {
    let benefit = outcome["benefit"]?.text ?? ""
    let result = outcome["outcome"]?.text ?? ""
    var terms = [Term(.outcome, benefit, result)]
    terms += (outcome["needs"]?.items ?? []).map { Term(.needed, general($0)) }
    let decisive = [
      "entitled": "met", "due": "met", "not_entitled": "unmet", "not_due": "unmet",
      "not_applicable": "unmet",
    ][result]
    for reason in outcome["reasons"]?.items ?? []
    where reason["id"]?.text != nil && reason["state"]?.text == decisive {
      terms.append(Term(.turned, general(reason["id"]), result))
    }
    if ["not_entitled", "not_applicable", "due"].contains(result) {
      terms += (outcome["assumed"]?.items ?? []).map {
        Term(.adversePresumption, general($0), benefit)
      }
    }
    return terms
  }

  /// `person.age` of `person/maria.age@2024-01-01`: the same for everybody.
  private func general(_ id: JSONValue?) -> String {
    guard var name = id?.text else { return "" }
    if let at = name.lastIndex(of: "@") { name = String(name[..<at]) }
    guard let slash = name.firstIndex(of: "/") else { return name }
    let entity = name[..<slash]
    for member in document["facts"]?["members"]?.items ?? [] {
      let prefix = "\(entity)/\(member["id"]?.text ?? "")."
      if name.hasPrefix(prefix) { return "\(entity).\(name.dropFirst(prefix.count))" }
    }
    return name
  }
}
