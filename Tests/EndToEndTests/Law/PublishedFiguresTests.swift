import AnnonaEngine
import AnnonaLanguage
import AnnonaTesting
import AnnonaValues
import Testing

/// No published figure is left out: each stands as a fixture beside the rules, with what was published.
///
/// What the fixture gives is held by `FixtureTests`.
@Suite struct PublishedFiguresTests {
  /// The file of published cases, its rulebook, and how many there are.
  static let programmes = [
    ("nz_rates_rebate", "nz.rates_rebate", 52),
    ("uk_child_benefit_hicbc", "uk.child_benefit", 19),
    ("fr_allocations_familiales", "fr.allocations_familiales", 22),
    ("fr_prime_naissance", "fr.prime_naissance", 4),
    ("us_fema_ihp", "us.fema_ihp", 9),
    ("pt_tarifa_social_energia", "pt.tarifa_social", 12),
  ]

  @Test(arguments: programmes) func areFixtures(_ file: String, _ rulebook: String, _ count: Int)
    throws
  {
    let fixtures = try FixtureTests.suites.get().flatMap(\.fixtures)
      .filter { $0.rulebook == rulebook }
    let figures = try PublishedFigure.all(file)
    #expect(figures.count == count)
    for figure in figures {
      let found = fixtures.filter { $0.name == figure.id }
      #expect(found.count == 1, "\(figure.id): \(found.count) fixtures")
      for (key, published) in figure.expected where !Self.isFurther(key) {
        let expected = found.flatMap(\.expectations)
        #expect(
          expected.contains { Self.says($0, published, times: figure.input["weeks"]) },
          "\(figure.id): \(key) \(published), not \(expected)")
      }
    }
  }

  /// A second figure of the same case that says nothing new.
  private static func isFurther(_ key: String) -> Bool {
    key == "four_weekly" || key == "coefficient"
  }

  private static func says(
    _ expected: AnnonaTesting.Expectation, _ published: String, times weeks: String?
  ) -> Bool {
    switch published {
    case "true": return expected.outcome == .entitled
    case "false": return expected.outcome == .notEntitled
    default: break
    }
    guard let number = Number(text: published) else {
      return expected.outcome?.rawValue == published || expected.value == .exactly(.text(published))
    }
    switch expected.value {
    case .exactly(.number(let figure)), .rounded(let figure, _, _), .near(let figure, _):
      let weeks = weeks.flatMap { Number(text: $0) }
      return figure == number || weeks.map { (try? number / $0) == figure } ?? false
    case nil: return number == .zero && expected.outcome == .notEntitled
    default: return false
    }
  }
}
