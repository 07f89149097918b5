import AnnonaEngine
import AnnonaLanguage

/// What `needs`, `reasons` and `fired` can name, without members and dates.
struct ListedNames {
  private let program: Program
  /// Facts, lists of members, figures.
  private let needed: [String]
  /// Rows, branches and exceptions.
  private let candidates: [String]
  private let conditions: [String]

  init(_ program: Program) {
    self.program = program
    needed =
      program.facts.indices.map { program.id(of: FactID($0)) }
      + program.places.indices.map { program.id(of: PlaceID($0)) }
      + program.parameters.indices.map { program.id(of: ParameterID($0)) }
    candidates = program.rules.flatMap { rule in
      let name = Self.plainName(of: rule, program)
      let owners = [name] + rule.outputNames.map { "\(name).\($0)" }
      return owners.flatMap { owner in
        rule.versions.compactMap(\.body).flatMap { $0.candidates(of: owner) }
          + rule.exceptions.flatMap { $0.candidates(of: owner) }
      }
    }
    conditions = program.rules.map { Self.plainName(of: $0, program) }
  }

  /// As values are called: imported rules by the entity that they are of.
  private static func plainName(of rule: Rule, _ program: Program) -> String {
    let entity = program.entities[rule.entity].name
    if rule.entity == program.caseEntity || rule.name.hasPrefix(entity + ".") { return rule.name }
    return "\(entity).\(rule.name)"
  }

  // MARK: - Checking

  func checkNeeds(_ list: ListSyntax, _ facts: Case, _ found: inout [Diagnostic]) {
    for name in list.names {
      guard !needed.contains(plain(name.text)) else {
        checkMember(name, facts, &found)
        continue
      }
      found.append(
        .unknownInList(
          name.text, "fact, list of members or figure", near: near(name.text, among: needed),
          at: name.span))
    }
  }

  func checkFired(_ list: ListSyntax, _ found: inout [Diagnostic]) {
    for name in list.names where !candidates.contains(plain(name.text)) {
      // The brackets of a scale have numbers in place of names.
      if name.text.contains("#") { continue }
      found.append(
        .unknownInList(
          name.text, "row, branch or exception", near: near(name.text, among: candidates),
          at: name.span))
    }
  }

  func checkReasons(_ list: ListSyntax, _ found: inout [Diagnostic]) {
    for name in list.names {
      guard let word = name.text.split(separator: " ").first.map(String.init) else { continue }
      let written = plain(word)
      if conditions.contains(where: { $0 == written || $0.hasSuffix(".\(written)") }) { continue }
      if isFormula(written) { continue }
      let lasts = conditions.map { $0.split(separator: ".").last.map(String.init) ?? $0 }
      found.append(
        .unknownInList(
          word, "condition", near: didYouMean(written, among: conditions + lasts), at: name.span))
    }
  }

  /// A condition without a name is called by its formula, or a part of it.
  private func isFormula(_ word: String) -> Bool {
    var isPart = false
    func look(_ expression: Expression) {
      if isPart { return }
      isPart = program.text(at: expression.span).filter { !$0.isWhitespace }.contains(word)
    }
    for benefit in program.benefits { benefit.expressions.forEach(look) }
    for rule in program.rules { rule.forEachExpression(look) }
    return isPart
  }

  private func checkMember(_ name: NameSyntax, _ facts: Case, _ found: inout [Diagnostic]) {
    let parts = SubjectNames.Parts(name.text)
    guard let id = parts.id, id != parts.owner,
      let entity = program.entities.firstIndex(where: { $0.name == parts.owner }),
      facts.instance(id, of: EntityID(entity)) == nil
    else { return }
    let ids = facts.instances(of: EntityID(entity)).map { facts.instances[Int($0)].id }
    found.append(
      .unknownMember(id, parts.owner, near: didYouMean(id, among: ids), at: name.span))
  }

  // MARK: - Names

  /// `person/maria.salary@2024-05-01` is `person.salary`.
  private func plain(_ text: String) -> String {
    var rest = Substring(text)
    var result = ""
    while let mark = rest.firstIndex(where: { $0 == "@" || $0 == "/" }) {
      result += rest[..<mark]
      rest = rest[mark...].drop { $0 != "." }
    }
    return result + rest
  }

  /// The name that was probably meant, with the member of the one written.
  private func near(_ text: String, among names: [String]) -> String? {
    guard let near = didYouMean(plain(text), among: names) else { return nil }
    guard let id = SubjectNames.Parts(text).id, let dot = near.firstIndex(of: ".") else {
      return near
    }
    return "\(near[..<dot])/\(id)\(near[dot...])"
  }
}

extension Rule {
  /// The columns of a table that has several.
  fileprivate var outputNames: [String] {
    for case .table(let table)? in versions.map(\.body) where table.outputs.count > 1 {
      return table.outputs.map(\.name)
    }
    return []
  }
}

extension Body {
  fileprivate func candidates(of owner: String) -> [String] {
    switch self {
    case .value, .conditions, .scale: []
    case .cases(let branches, let otherwise):
      branches.indices.map { "\(owner).case_\($0 + 1)" }
        + (otherwise == nil ? [] : ["\(owner).otherwise"])
    case .table(let table): table.rows.map { "\(owner).\($0.name)" }
    }
  }
}

extension ExceptionRule {
  fileprivate func candidates(of owner: String) -> [String] {
    let own = "\(owner).\(name.split(separator: ".").last.map(String.init) ?? name)"
    return [own] + versions.compactMap(\.body).flatMap { $0.candidates(of: own) }
      + nested.flatMap { $0.candidates(of: own) }
  }
}
