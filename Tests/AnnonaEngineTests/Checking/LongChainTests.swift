import AnnonaLanguage
import Support
import Testing

/// Rules that each read the next are checked in whatever order they stand, however many there are.
@Test(arguments: [false, true])
func longChainsOfRulesAreChecked(backwards: Bool) {
  let links = (0..<3_000).map { link in
    "  household.r\(link): \(link == 0 ? "income" : "r\(link - 1) + 1 EUR")\n"
  }
  let text = """
    rulebook: test.chain
    case: household
    currency: EUR
    entities: { household: { facts: { income: { type: EUR, min: 0 } } } }
    rules:
    \((backwards ? links.reversed() : links).joined())
    benefits:
      help: { title: Help, entitled: income > 0 EUR, amount: household.r2999 }
    """
  #expect(checked(text).diagnostics.map(\.message) == [])
}

/// What stands at the end of a long chain is proved like all else, and so is what comes after it.
@Test func theEndsOfLongChainsAreProved() {
  let links = (1..<450).map { link in
    "  household.r\(link): { type: integer, value: r\(link - 1) }\n"
  }
  let table = { (name: String, column: String) in
    """
      household.\(name):
        type: EUR
        table: |
          \(column) || value
          1 to 5   || 1
          7 to 12  || 2

    """
  }
  let text = """
    rulebook: test.chain
    case: household
    currency: EUR
    entities: { household: { facts: { size: { type: integer, min: 1, max: 12 } } } }
    rules:
      household.r0: { type: integer, value: size }
    \(links.joined())\(table("deep", "r449"))\(table("flat", "size"))
    benefits:
      help: { title: Help, entitled: size > 0, amount: deep + flat }
    """
  #expect(
    checked(text).diagnostics.map(\.message) == [
      "the table of `household.deep` leaves out a case",
      "the table of `household.flat` leaves out a case",
    ])
}

/// Functions too.
@Test func longChainsOfFunctionsAreChecked() {
  let links = (0..<3_000).map { link in
    "  f\(link): { takes: { x: EUR }, value: \(link == 2_999 ? "x" : "f\(link + 1)(x)") }\n"
  }
  let text = """
    rulebook: test.chain
    case: household
    currency: EUR
    entities: { household: { facts: { income: { type: EUR, min: 0 } } } }
    functions:
    \(links.joined())
    benefits:
      help: { title: Help, entitled: income > 0 EUR, amount: 10 EUR }
    """
  #expect(checked(text).diagnostics.filter { $0.severity == .error }.map(\.message) == [])
}

/// Where names alone tell no order, and typing one rule would wait for too many others, a declared type is asked for.
@Test func rulesWaitingForTooManyOthersNeedTypes() {
  let count = 1_000
  let links = (0..<count).flatMap { link in
    [
      "  person.r\(link): 1 EUR\n",
      "  household.r\(link): \(link == 0 ? "income" : "r\(link - 1)") + applicant.r\(link + 1)\n",
    ]
  }
  let text = """
    rulebook: test.chain
    case: household
    currency: EUR
    entities:
      household:
        facts: { income: { type: EUR, min: 0 } }
        has: { applicant: person }
      person: { facts: { name: text } }
    rules:
      person.r\(count): 1 EUR
    \(links.joined())
    benefits:
      help: { title: Help, entitled: income > 0 EUR, amount: household.r\(count - 1) }
    """
  let found = checked(text).diagnostics
  #expect(Set(found.map(\.code)) == ["R004"])
  #expect(found.first?.help == "declare `type:` on the rules along the chain")
}
