import AnnonaEngine
import AnnonaLanguage

/// Suggested fixtures as a file that an author completes: every `fill_in` is a value that the law must give.
package struct SuggestionYAML {
  package static let blank = "fill_in"

  package init() {}

  package func render(
    _ program: Program, _ suggestions: [Suggesting.Suggestion], missing: [CoverageItem]
  ) -> String {
    var lines: [String] = []
    if suggestions.isEmpty {
      lines.append("# No case is missing that a search could find.")
    } else {
      lines += [
        "# In place of each `\(Self.blank)` write what the law says, and in `source` where it says so.",
        "tests: \(program.id)", "cases:",
      ]
      for (index, suggestion) in suggestions.enumerated() {
        lines += self.lines(program, suggestion, number: index + 1)
      }
    }
    if !missing.isEmpty {
      lines.append("# No household was found for these:")
      lines += missing.map { "#   \($0.kind.rawValue): \($0.name)" }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func lines(
    _ program: Program, _ suggestion: Suggesting.Suggestion, number: Int
  ) -> [String] {
    var lines = suggestion.covers.prefix(8).map { "  # \($0.kind.rawValue): \($0.name)" }
    if suggestion.covers.count > 8 {
      lines.append("  # and \(suggestion.covers.count - 8) more")
    }
    let fixture = HouseholdYAML(program, suggestion.household)
      .fixture(named: "suggested case \(number)", expecting: names(program, suggestion))
    return lines + fixture.map { "  " + $0 }
  }

  /// What the case is to be about: the rules that it is suggested for, else the benefits.
  private func names(_ program: Program, _ suggestion: Suggesting.Suggestion) -> [String] {
    let names = ValueText(program, suggestion.household.facts)
    var found: [String] = []
    for rule in suggestion.covers.compactMap(\.rule) {
      for instance in suggestion.household.facts.instances(of: program.rules[rule].entity) {
        let id = names.id(of: rule, for: instance)
        if !found.contains(id) { found.append(id) }
      }
    }
    let needsBenefit = found.isEmpty || suggestion.covers.contains { $0.kind == .outcomes }
    for benefit in program.benefits where needsBenefit {
      guard let place = benefit.members else {
        found.append(benefit.name)
        continue
      }
      let members = suggestion.household.facts.instances(of: program.places[place].member)
      found += members.map { "\(benefit.name)/\(names.name(of: $0))" }
    }
    return found
  }
}
