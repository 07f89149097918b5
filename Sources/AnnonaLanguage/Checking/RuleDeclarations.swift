import AnnonaValues

/// What the checker knows of a rule while it works on it.
final class RuleWork {
  enum Progress {
    case waiting, running, done, failed
  }

  let syntax: RuleSyntax
  let book: Int
  /// Its own, then those that other laws make, each with the rulebook it is written in.
  var exceptions: [(syntax: ExceptionSyntax, book: Int)]
  /// The conditions of all versions, by name.
  var conditions: [(name: String, id: RuleID)] = []
  /// The columns of a table with several.
  var outputs: [(name: String, type: ValueType)] = []
  var declared: ValueType?
  var progress = Progress.waiting
  /// What earlier conditions of the same `all:` have shown.
  var narrowed: Set<StablePath> = []

  init(syntax: RuleSyntax, book: Int, exceptions: [(syntax: ExceptionSyntax, book: Int)]) {
    self.syntax = syntax
    self.book = book
    self.exceptions = exceptions
  }
}

/// Rules, their conditions and benefits get their places before any of them is looked into.
extension Checker {
  func declareRules(_ book: Int) {
    for syntax in rulebooks[book].syntax.functions { declare(syntax, in: book) }
    for syntax in rulebooks[book].syntax.rules { declare(syntax, in: book) }
  }

  /// An amendment is an exception of its target for every reader, whatever file it stands in.
  func declareAmendments(_ book: Int) {
    for syntax in rulebooks[book].syntax.amendments {
      guard let entity = entity(named: syntax.entity.text, in: book) else {
        report(.unknownEntity(syntax.entity, among: books[book].entities.keys.sorted()))
        continue
      }
      guard case .rule(let id)? = members[entity]?[syntax.rule.text] else {
        let names = members[entity].map { $0.keys.sorted() } ?? []
        report(
          .unknownMember(
            syntax.rule, of: program.entities[entity].name,
            near: didYouMean(syntax.rule.text, among: names)))
        continue
      }
      ruleWork[Int(id.index)].exceptions += syntax.exceptions.map { ($0, book) }
    }
  }

  private func declare(_ syntax: RuleSyntax, in book: Int) {
    guard let name = syntax.entity else { return }
    guard let entity = entity(named: name.text, in: book) else {
      report(.unknownEntity(name, among: books[book].entities.keys.sorted()))
      return
    }
    let id = RuleID(program.rules.count)
    guard claim(syntax.name, in: entity, as: .rule(id)) else { return }
    add(
      syntax, named: "\(program.entities[entity].name).\(syntax.name.text)", entity, parent: nil,
      in: book)
  }

  @discardableResult
  private func add(
    _ syntax: RuleSyntax, named name: String, _ entity: EntityID, parent: RuleID?, in book: Int
  ) -> RuleID {
    let id = RuleID(program.rules.count)
    var rule = Rule(name: name, entity: entity, type: .boolean, span: syntax.name.span)
    rule.title = text(syntax.title, in: book)
    rule.about = text(syntax.about, in: book)
    rule.citations = citations(syntax.citations, in: book)
    rule.met = text(syntax.met, in: book)
    rule.unmet = text(syntax.unmet, in: book)
    rule.parent = parent
    rule.rulebook = book
    program.rules.append(rule)
    let work = RuleWork(
      syntax: syntax, book: book, exceptions: syntax.exceptions.map { ($0, book) })
    if let type = syntax.type {
      work.declared = resolve(type, anonymous: syntax.name.text, in: book)
      if work.declared == nil { work.progress = .failed }
    } else if parent != nil {
      work.declared = .boolean
    }
    ruleWork.append(work)
    for version in syntax.versions {
      guard case .conditions(_, let conditions, _)? = version.body else { continue }
      ruleWork[Int(id.index)].declared = ruleWork[Int(id.index)].declared ?? .boolean
      for condition in conditions {
        let part = add(
          condition, named: "\(name).\(condition.name.text)", entity, parent: id, in: book)
        ruleWork[Int(id.index)].conditions.append((condition.name.text, part))
      }
    }
    return id
  }
}
