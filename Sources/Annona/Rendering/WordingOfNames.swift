import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// What people call members, facts, rules and provisions.
extension Wording {
  /// The member's own `name` where it is known, else the id in the case.
  func name(of instance: Int32) -> String {
    guard facts.instances.indices.contains(Int(instance)) else { return "?" }
    let declared = facts.instances[Int(instance)]
    let fact = program.entities[declared.entity].facts.first { program.facts[$0].name == "name" }
    if let fact, case .known(.text(let name)) = facts.state(of: fact, for: instance) {
      return line(name)
    }
    return line(declared.id)
  }

  /// What somebody else wrote, on one line and with nothing in it that a terminal would obey.
  func line(_ text: String) -> String {
    printable(text.split(whereSeparator: \.isNewline).joined(separator: " "))
  }

  func id(of wait: Wait) -> String { line(canonical.id(of: wait)) }

  func id(of rule: RuleID, for instance: Int32) -> String {
    line(canonical.id(of: rule, for: instance))
  }

  func id(of fact: FactID, for instance: Int32) -> String {
    line(canonical.id(of: fact, for: instance))
  }

  /// `Decreto-Lei n.º 176/2003, art. 14 n.º 1`: the source's title in place of its short name.
  func citation(_ citation: Citation) -> String {
    guard let id = citation.source, let title = text(program.sources[id].title) else {
      return citation.text
    }
    let rest = citation.text.dropFirst(program.sources[id].name.count).drop { $0 == " " }
    return rest.isEmpty ? title : "\(title), \(rest)"
  }

  /// A name that stands where nobody has written a title; in a letter its last part, in plain words.
  func plain(_ name: String) -> String {
    guard manner == .spelledOut else { return line(name) }
    let last = name.split(separator: ".").last.map(String.init) ?? name
    return line(last.split(separator: "_").joined(separator: " "))
  }

  /// A rule's name without those of what it is part of.
  func lastName(of rule: RuleID) -> String {
    let name = program.rules[rule].name
    return name.split(separator: ".").last.map(String.init) ?? name
  }

  /// `nil` where nothing is cited.
  func citations(_ citations: [Citation]) -> String? {
    citations.isEmpty ? nil : citations.map(citation).joined(separator: "; ")
  }

  /// What is waited for: its question where there is one, else its title, and its id.
  func need(_ wait: Wait) -> String {
    let id = self.id(of: wait)
    return asked(wait).map { manner == .spelledOut ? $0 : "\($0) (\(id))" } ?? id
  }

  /// Its question where there is one, else its title.
  func asked(_ wait: Wait) -> String? { question(wait) ?? title(wait) }

  private func question(_ wait: Wait) -> String? {
    switch wait {
    case .fact(let instance, let fact, _):
      text(program.facts[fact].ask).map { template($0, for: instance) }
    case .members(let instance, let place):
      text(program.places[place].ask).map { template($0, for: instance) }
    case .parameter: nil
    }
  }

  /// The title of what is waited for, else its id.
  func heading(_ wait: Wait) -> String {
    guard let title = title(wait) else { return id(of: wait) }
    let words = title + owner(wait)
    return manner == .spelledOut ? words : "\(words) (\(id(of: wait)))"
  }

  /// A fact's title with its owner where it is one of several members', without the id.
  func plainName(of fact: CaseFact) -> String {
    let wait = Wait.fact(fact.instance, fact.fact, period: nil)
    guard let title = title(wait) else { return id(of: wait) }
    return title + owner(wait)
  }

  /// `: Maria`, for what is one of several members'.
  private func owner(_ wait: Wait) -> String {
    switch wait {
    case .fact(let instance, _, _) where isOneOfSeveral(instance),
      .members(let instance, _) where isOneOfSeveral(instance):
      ": \(name(of: instance))"
    default: ""
    }
  }

  private func isOneOfSeveral(_ instance: Int32) -> Bool {
    guard instance > 0, facts.instances.indices.contains(Int(instance)) else { return false }
    return facts.instances[Int(instance)].place.map { program.places[$0].isList } ?? false
  }

  private func title(_ wait: Wait) -> String? {
    switch wait {
    case .fact(_, let fact, _): text(program.facts[fact].title)
    case .members(_, let place): text(program.places[place].title)
    case .parameter(let parameter, _): text(program.parameters[parameter].title)
    }
  }

  // MARK: - Texts with names in them

  /// Puts facts in place of `<name>` and `<name or "this child">`; what is open and has no other words stands as its title
  /// in brackets, and one of several members whose name is open as the id.
  func template(_ text: String, for instance: Int32) -> String {
    var result = ""
    var rest = Substring(text)
    while let open = rest.firstIndex(of: "<") {
      result += rest[..<open]
      guard let close = rest[open...].firstIndex(of: ">") else { break }
      let inside = rest[rest.index(after: open)..<close]
      result += insertion(inside, for: instance) ?? String(rest[open...close])
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }

  private func insertion(_ text: Substring, for instance: Int32) -> String? {
    let words = text.split(separator: " ", maxSplits: 2).map(String.init)
    guard let path = words.first else { return nil }
    var fallback: String?
    if words.count == 3, words[1] == "or", words[2].hasPrefix("\""), words[2].hasSuffix("\"") {
      fallback = String(words[2].dropFirst().dropLast())
    }
    return fact(path, for: instance, fallback)
  }

  private func fact(_ path: String, for instance: Int32, _ fallback: String?) -> String? {
    let names = path.split(separator: ".").map(String.init)
    guard let last = names.last, names.count <= 2 else { return nil }
    // A member that nobody has named yet has no facts.
    guard facts.instances.indices.contains(Int(instance)) else { return fallback ?? "[\(last)]" }
    var holder: Int32? = instance
    while let current = holder {
      let declared = facts.instances[Int(current)]
      let entity = program.entities[declared.entity]
      let found = entity.facts.first { program.facts[$0].name == last }
      if let found, names.count == 1 || names[0] == entity.name || names[0] == "this" {
        return text(of: found, for: current, fallback)
      }
      holder = declared.holder
    }
    return nil
  }

  private func text(of fact: FactID, for instance: Int32, _ fallback: String?) -> String {
    let declared = program.facts[fact]
    switch facts.state(of: fact, for: instance) {
    case .known(let value) where value != .null, .assumed(let value) where value != .null:
      return self.value(value, declared.type)
    case .known, .assumed: return fallback ?? ""
    case .absent: return fallback ?? ""
    default:
      // Whoever is one of several has a name in texts as everywhere else.
      if declared.name == "name", isOneOfSeveral(instance) { return name(of: instance) }
      return fallback ?? "[\(text(declared.title) ?? declared.name)]"
    }
  }
}
