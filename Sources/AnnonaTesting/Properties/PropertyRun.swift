import AnnonaEngine
import AnnonaLanguage

/// What came of one property.
package struct PropertyResult: Sendable {
  package enum Verdict: Sendable {
    /// Shown to hold for every household, without trying any.
    case proved
    /// Held for so many households that could be compared; so many of them broke it where the law does.
    case tested(households: Int, acknowledged: Int)
    case violated(CounterExample)
  }

  package let property: Property
  package let verdict: Verdict

  package var isViolated: Bool { if case .violated = verdict { true } else { false } }
}

/// The smallest household that was found to break a property.
package struct CounterExample: Sendable {
  /// `support` falls from 65 EUR to 0 EUR when …
  package let words: String
  /// A file of fixtures, as YAML, that shows it: it passes while the property is broken.
  package let fixture: String
}

/// The properties of one rulebook, each proved or tried on generated households.
package struct PropertyRun: Sendable {
  package let program: Program
  package let seed: UInt64
  package let results: [PropertyResult]

  /// - Parameters:
  ///   - households: how many are made for each property that cannot be proved.
  ///   - seed: the same gives the same households.
  ///   - models: the households of fixtures, which every second one is like: they meet conditions that one made at random seldom meets.
  package init(
    _ program: Program, households: Int, seed: UInt64, like models: [Household] = [],
    where isWanted: (Property) -> Bool = { _ in true }
  ) {
    self.program = program
    self.seed = seed
    results = program.properties.filter(isWanted).map { property in
      if isProved(property, of: program) {
        return PropertyResult(property: property, verdict: .proved)
      }
      var search = PropertySearch(program, property, like: models, seed: seed)
      if let breach = search.run(households: households) {
        let fixture = CounterExampleYAML(program, property).render(breach)
        return PropertyResult(
          property: property,
          verdict: .violated(CounterExample(words: breach.words, fixture: fixture)))
      }
      return PropertyResult(
        property: property,
        verdict: .tested(households: search.compared, acknowledged: search.acknowledged))
    }
  }

  package var violated: [PropertyResult] { results.filter(\.isViolated) }

  package func place(_ property: Property) -> (path: String, line: Int, column: Int)? {
    guard program.files.indices.contains(Int(property.span.file)) else { return nil }
    let file = program.files[Int(property.span.file)]
    let position = file.position(of: property.span.start)
    return (file.path, position.line, position.column)
  }
}
