import Annona
internal import AnnonaLanguage
import Foundation
import GRDB

extension DecisionLog {
  /// The names in a query that neither a record nor a rulebook of the log knows, each once, in order.
  public func unknownNames(in query: LogQuery) throws(LogProblem) -> [String] {
    try read { db in
      var words: Set<Substring>?
      var unknown: [String] = []
      for condition in query.conditions {
        guard let kind = Term.Kind(rawValue: condition.kind), let name = condition.name,
          let kinds = kind.sharingNames, !unknown.contains(name),
          try !Self.isKnown(name, kinds, in: db)
        else { continue }
        let known = try words ?? Self.words(in: db)
        words = known
        // A name is one of a rulebook where each of its parts is declared there.
        if !name.split(separator: ".").allSatisfy(known.contains) { unknown.append(name) }
      }
      return unknown
    }
  }

  private static func isKnown(_ name: String, _ kinds: [Term.Kind], in db: Database) throws -> Bool
  {
    try kinds.contains { kind in
      try !terms(LogQuery.Condition(kind, name), in: db).isEmpty
    }
  }

  /// What the rulebooks declare: every key of their files, and their ids, part by part.
  private static func words(in db: Database) throws -> Set<Substring> {
    var words: Set<Substring> = []
    let rows = try Row.fetchCursor(db, sql: "SELECT bytes FROM sources")
    while let row = try rows.next() {
      let source = SourceFile(path: "", bytes: Array(row[0] as Data))
      guard let node = readNodes(source, index: 0).0 else { continue }
      node.collect(into: &words)
    }
    return words
  }
}

extension Node {
  fileprivate func collect(into words: inout Set<Substring>) {
    switch content {
    case .mapping(let entries):
      for entry in entries {
        words.formUnion(entry.key.text.split(separator: "."))
        if entry.key.text == "rulebook", case .scalar(let id) = entry.value.content {
          words.formUnion(id.text.split(separator: "."))
        }
        entry.value.collect(into: &words)
      }
    case .sequence(let nodes): for node in nodes { node.collect(into: &words) }
    case .scalar: break
    }
  }
}

extension Term.Kind {
  /// The kinds whose names are of the same things; `nil` where names are anybody's.
  fileprivate var sharingNames: [Term.Kind]? {
    switch self {
    case .rule, .turned: [.rule, .turned]
    case .parameter: [.parameter]
    case .outcome: [.outcome]
    case .presumption, .adversePresumption, .declined, .needed:
      [.presumption, .adversePresumption, .declined, .needed]
    case .provision, .purpose, .officer: nil
    }
  }
}
