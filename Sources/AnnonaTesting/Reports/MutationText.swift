import AnnonaEngine
import AnnonaLanguage

/// What fixtures did not notice, by name and place, each with a case that would, then the score.
package struct MutationText {
  private let suite: FixtureSuite
  private let result: Mutation.Result

  package init(_ suite: FixtureSuite, _ result: Mutation.Result) {
    self.suite = suite
    self.result = result
  }

  package func render() -> String {
    var lines = ["Mutation of \(suite.program.id)"]
    if result.failing > 0 {
      let cases = result.failing == 1 ? "1 case fails" : "\(result.failing) cases fail"
      lines.append("  \(cases) without any change, and so can notice none")
    }
    if !result.survivors.isEmpty { lines.append("  changes that no case notices") }
    for survivor in result.survivors {
      lines.append("    \(place(survivor.mutant))\(survivor.mutant.name)")
      lines += self.lines(survivor).map { "      " + $0 }
    }
    if !result.equivalents.isEmpty { lines.append("  changes that change nothing, and why") }
    for equivalent in result.equivalents {
      lines.append("    \(place(equivalent.mutant))\(equivalent.mutant.name)")
      lines.append("      \(equivalent.ground.kind.rawValue): \(equivalent.ground.words)")
    }
    for score in result.scores {
      lines.append(count(score.change.rawValue, score.killed, score.total, score.percent))
    }
    lines.append(count("noticed", result.killed, result.total, result.percent))
    return lines.joined(separator: "\n") + "\n"
  }

  private func count(_ name: String, _ killed: Int, _ total: Int, _ percent: Int) -> String {
    let pad = String(repeating: " ", count: max(1, 30 - name.count))
    return "  \(name)\(pad)\(killed) of \(total) (\(percent) %)"
  }

  private func lines(_ survivor: Mutation.Survivor) -> [String] {
    guard let difference = survivor.difference else {
      return ["no household was found that tells it apart"]
    }
    return ["\(difference.name) is \(difference.now); so changed it would be \(difference.changed)"]
      + fixture(survivor.mutant, difference)
  }

  /// What to add to a file of fixtures, as soon as the law has said what is right.
  private func fixture(_ mutant: Mutant, _ difference: Mutation.Difference) -> [String] {
    HouseholdYAML(suite.program, difference.household).fixture(
      named: JSONValue.string(mutant.name).compact, expecting: [difference.name])
  }

  private func place(_ mutant: Mutant) -> String {
    located(mutant).map { "\($0.path):\($0.line): " } ?? ""
  }

  private func located(_ mutant: Mutant) -> (path: String, line: Int)? {
    guard suite.files.indices.contains(Int(mutant.span.file)) else { return nil }
    let file = suite.files[Int(mutant.span.file)]
    return (file.path, file.position(of: mutant.span.start).line)
  }

  // MARK: - For programs

  package var json: JSONValue {
    .object([
      "rulebook": .string(suite.program.id), "noticed": .integer(result.killed),
      "total": .integer(result.total), "percent": .integer(result.percent),
      "failing": .integer(result.failing),
      "survivors": .array(result.survivors.map(json)),
      "equivalents": .array(
        result.equivalents.map { equivalent in
          .object(
            members(equivalent.mutant) + [
              .init("ground", .string(equivalent.ground.kind.rawValue)),
              .init("because", .string(equivalent.ground.words)),
            ])
        }),
      "scores": .array(
        result.scores.map { score in
          .object([
            "change": .string(score.change.rawValue), "noticed": .integer(score.killed),
            "total": .integer(score.total), "percent": .integer(score.percent),
          ])
        }),
    ])
  }

  private func members(_ mutant: Mutant) -> [JSONValue.Member] {
    let place = located(mutant)
    return [
      .init("name", .string(mutant.name)), .init("change", .string(mutant.change.rawValue)),
      .init("file", .optional(place?.path)),
      .init("line", place.map { .integer($0.line) } ?? .null),
    ]
  }

  private func json(_ survivor: Mutation.Survivor) -> JSONValue {
    guard let difference = survivor.difference else {
      return .object(members(survivor.mutant) + [.init("difference", .null)])
    }
    let fixture = fixture(survivor.mutant, difference).joined(separator: "\n")
    let told: JSONValue = .object([
      "name": .string(difference.name), "now": .string(difference.now),
      "changed": .string(difference.changed), "fixture": .string(fixture),
    ])
    return .object(members(survivor.mutant) + [.init("difference", told)])
  }

  /// One finding a survivor, at the place that was changed.
  package var diagnostics: [Diagnostic] {
    result.survivors.map { survivor in
      Diagnostic(
        "SURVIVED", .warning, at: survivor.mutant.span,
        "no case notices a change of \(survivor.mutant.name)",
        help: survivor.difference.map { fixture(survivor.mutant, $0).joined(separator: "\n") })
    }
  }
}
