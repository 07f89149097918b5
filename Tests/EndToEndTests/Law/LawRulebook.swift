import Annona
import AnnonaEngine
import AnnonaLanguage
import AnnonaValues
import Foundation
import Testing

/// The rulebooks below `Rules`, which are part of the project.
enum LawRulebook {
  static let project = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// `pt.ias` is the folder `pt/ias`.
  static func load(_ id: String) throws -> LoadedRulebook {
    let folder = id.split(separator: ".").reduce(project.appendingPathComponent("Rules")) {
      $0.appendingPathComponent(String($1))
    }
    return try Rulebook.load(at: folder.path)
  }
}

extension Program {
  /// The rule that a fixture calls `household.tier`.
  func rule(_ name: String) throws -> RuleID {
    try RuleID(#require(rules.firstIndex { $0.name == name }, "no rule \(name)"))
  }

  func fact(_ name: String) throws -> FactID {
    try FactID(
      #require(
        facts.firstIndex { "\(entities[$0.entity].name).\($0.name)" == name }, "no fact \(name)"))
  }

  func place(_ name: String) throws -> PlaceID {
    try PlaceID(#require(places.firstIndex { $0.name == name }, "no place \(name)"))
  }
}
