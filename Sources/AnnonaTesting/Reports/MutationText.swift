import AnnonaLanguage

/// What fixtures did not notice, by name and place, then the score.
package struct MutationText {
  package init() {}

  package func render(_ suite: FixtureSuite, _ result: Mutation.Result) -> String {
    var lines = ["Mutation of \(suite.program.id)"]
    if !result.survivors.isEmpty { lines.append("  changes that no case notices") }
    for survivor in result.survivors {
      lines.append("    \(place(survivor.mutant, suite))\(survivor.mutant.name)")
      if let household = survivor.household, let difference = survivor.difference {
        lines.append("      \(difference)")
        lines.append("      today: \(household.today)")
        let yaml = HouseholdYAML(suite.program, household)
        if !yaml.suppositions.isEmpty {
          lines.append("      suppose: { \(yaml.suppositions.joined(separator: ", ")) }")
        }
        lines.append("      given: \(yaml.given)")
      } else {
        lines.append("      no household was found that tells it apart")
      }
    }
    for score in result.scores {
      let name = score.change.rawValue
      let pad = String(repeating: " ", count: max(1, 30 - name.count))
      lines.append("  \(name)\(pad)\(score.killed) of \(score.total) (\(score.percent) %)")
    }
    let percent = result.total == 0 ? 100 : result.killed * 100 / result.total
    lines.append(
      "  noticed\(String(repeating: " ", count: 23))\(result.killed) of \(result.total) (\(percent) %)"
    )
    return lines.joined(separator: "\n") + "\n"
  }

  private func place(_ mutant: Mutant, _ suite: FixtureSuite) -> String {
    guard suite.files.indices.contains(Int(mutant.span.file)) else { return "" }
    let file = suite.files[Int(mutant.span.file)]
    return "\(file.path):\(file.position(of: mutant.span.start).line): "
  }
}
