import AnnonaLanguage
import Support
import Testing

/// One event of which several rulebooks speak.
@Suite struct EventTests {
  private let base = """
    rulebook: base
    case: household
    in_force: { from: 2025-01-01 }
    entities:
      household: { has: { children: list of person } }
      person: { facts: { born: { type: date, varies: never } } }
    events:
      birth.registered: { children.id: child.id, children.born: child.born }
    """

  private func main(_ events: String) -> String {
    """
    rulebook: main
    case: base.household
    in_force: { from: 2025-01-01 }
    import: { base: base }
    entities: { base.person: { facts: { card: boolean } } }
    rules: { base.person.registered: card and born <= today }
    events: { birth.registered: { \(events) } }
    benefits:
      grant: { title: Grant, for: household.children, entitled: person.registered, events: birth.registered }
    """
  }

  private func check(_ base: String, _ main: String) -> (program: Program?, problems: [String]) {
    let (program, diagnostics) = checked([
      [SourceFile(path: "base.yaml", text: base)], [SourceFile(path: "main.yaml", text: main)],
    ])
    return (program, diagnostics.map { "\($0.code) \($0.message)" })
  }

  @Test func eachRulebookTakesItsFacts() throws {
    let (program, problems) = check(base, main("children.card: child.card"))
    #expect(problems == [])
    let event = try #require(program?.events.first)
    #expect(program?.events.count == 1)
    #expect(
      event.deliveries.map { $0.payload.joined(separator: ".") } == [
        "child.id", "child.born", "child.card",
      ])
  }

  @Test func theSameFactFromTheSamePlaceIsOne() throws {
    let (program, problems) = check(
      base, main("children.born: child.born, children.card: child.card"))
    #expect(problems == [])
    #expect(program?.events.first?.deliveries.count == 3)
  }

  @Test func theSameFactFromAnotherPlaceIsRefused() {
    let (_, problems) = check(base, main("children.born: child.date, children.card: child.card"))
    #expect(problems == ["B007 the event `birth.registered` brings `children.born` twice"])
  }

  /// What an import decides for another case is no fact of this one.
  @Test func anImportMayDecideSomethingElse() throws {
    let (program, problems) = check(
      base,
      """
      rulebook: main
      case: firm
      in_force: { from: 2025-01-01 }
      import: { base: base }
      entities: { firm: { facts: { small: boolean } } }
      benefits: { grant: { title: Grant, entitled: firm.small, events: birth.registered } }
      """)
    #expect(problems == [])
    #expect(program?.events.first?.deliveries.count == 0)
  }
}
