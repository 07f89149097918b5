import Testing

@testable import AnnonaLanguage

/// A rulebook's text after its header, and all that is said about it.
struct FaultyRulebook: Sendable, CustomTestStringConvertible {
  let name: String
  let text: String
  let expected: [String]

  init(_ name: String, _ text: String, _ expected: String...) {
    self.name = name
    self.text = text
    self.expected = expected
  }

  var testDescription: String { name }
}

struct RulebookDiagnosticsTests {
  @Test(arguments: faultyKeys + faultyValues + faultyNames)
  func `A fault is told in these words`(_ rulebook: FaultyRulebook) {
    let lines = ReadRulebook("rulebook: xx.test\n" + rulebook.text).lines
    #expect(lines == rulebook.expected)
  }

  @Test func `No file has a header`() {
    #expect(
      ReadRulebook("rules:\n  household.x: 1\n").lines == [
        "K030 ‹› no file says which rulebook this is -> write `rulebook: ID`"
      ])
  }

  @Test func `Two files have a header`() {
    #expect(
      ReadRulebook("rulebook: xx.one\n", "rulebook: xx.two\n").lines == [
        """
        K031 ‹xx.two› `xx.two` is the second header of one rulebook \
        -> take it out, or move its files to a folder of their own
        """,
        "  ‹xx.one› the first header stands here",
      ])
  }

  @Test func `A header's key in another file`() {
    #expect(
      ReadRulebook("rulebook: xx.one\n", "currency: EUR\n").lines == [
        """
        K005 ‹currency› `currency` stands only beside `rulebook`, which is missing here \
        -> add `rulebook`, or take `currency` out
        """
      ])
  }

  @Test func `One rule in two files`() {
    #expect(
      ReadRulebook(
        "rulebook: xx.one\nrules:\n  household.x: 1\n", "rules:\n  household.x: 2\n"
      ).lines == [
        "K023 ‹x› `household.x` is declared twice -> rename one of the two, or take it out",
        "  ‹x› it was declared here first",
      ])
  }

  @Test func `A file that is a list`() {
    #expect(
      ReadRulebook("rulebook: xx.one\n", "- household.x\n").lines.map { $0.prefix(4) } == ["K032"]
    )
  }

  @Test func `Every code has a case`() {
    let lines = (faultyKeys + faultyValues + faultyNames).flatMap(\.expected)
    for number in [1, 2, 3, 4, 5, 6] + Array(10...18) + Array(20...23) {
      let code = "K0\(number < 10 ? "0" : "")\(number) "
      #expect(lines.contains { $0.contains(code) }, "\(code)")
    }
  }
}

private let faultyKeys = [
  FaultyRulebook(
    "unknown key with a near one",
    """
    entities:
      household:
        facts:
          income: { type: EUR/month, titel: Income }
    """,
    "K001 ‹titel› `titel` is not a key of a fact -> write `title`"),
  FaultyRulebook(
    "unknown key like no other",
    """
    sources:
      act: { title: An act, wherever: here }
    """,
    "K001 ‹wherever› `wherever` is not a key of a source, which takes `title` and `url`"),
  FaultyRulebook(
    "missing key",
    """
    parameters:
      limit: { type: EUR }
    """,
    """
    K002 ‹limit› `limit` lacks `values`, which a parameter must have \
    -> write `values: ` and dates with a value each or a grid drawn below `|`
    """),
  FaultyRulebook(
    "no body",
    """
    rules:
      household.rebate: { title: Rebate }
    """,
    """
    K003 ‹household.rebate› `household.rebate` has no body \
    -> write one of `value`, `cases`, `all`, `any`, `table`, `scale` or `from`
    """),
  FaultyRulebook(
    "two bodies",
    """
    rules:
      household.rebate:
        value: 1
        all: { resident: true }
    """,
    """
    K004 ‹all› `household.rebate` has `value` and `all`, where only one of them can stand \
    -> keep one as a body and take the others out
    """,
    "  ‹value› `value` stands here"),
  FaultyRulebook(
    "hit without a table",
    """
    rules:
      household.rebate: { value: 1, hit: first }
    """,
    """
    K005 ‹hit› `hit` stands only beside `table`, which is missing here \
    -> add `table`, or take `hit` out
    """),
  FaultyRulebook(
    "not supported, an error",
    """
    benefits:
      grant:
        entitled: household.entitled
        pays: { first: { amount: 100 EUR, once: 2025-01-01 } }
    """,
    "K006 ‹pays› `pays` is not supported yet"),
  FaultyRulebook(
    "not supported, a warning",
    """
    entities: { household: { facts: { income: { type: EUR/month, group: money } } } }
    """,
    "warning K006 ‹group› `group` is not supported yet, and changes no decision"),
]

private let faultyValues = [
  FaultyRulebook(
    "empty", "entities:\n",
    "K010 ‹entities› nothing stands under `entities`, which takes names with a value each"),
  FaultyRulebook(
    "text for keys", "calendar: strict\n",
    "K011 ‹strict› `calendar` takes keys of its own, not a text"),
  FaultyRulebook(
    "list for a text", "title: [a, b]\n", "K011 ‹[a, b]› `title` takes a text, not a list"),
  FaultyRulebook(
    "keys for an expression",
    """
    rules:
      household.x: { value: { a: 1 } }
    """,
    "K011 ‹{ a: 1 }› `value` takes an expression, not keys of its own"),
  FaultyRulebook(
    "not a word",
    """
    entities: { household: { facts: { income: { type: EUR/month, varies: montly } } } }
    """,
    """
    K012 ‹montly› `varies` takes `never`, `daily`, `monthly` or `yearly`, not `montly` \
    -> write `monthly`
    """),
  FaultyRulebook(
    "yes for true",
    """
    entities: { household: { facts: { income: { type: EUR/month, optional: yes } } } }
    """,
    "K012 ‹yes› `optional` takes `true` or `false`, not `yes` -> write `true`"),
  FaultyRulebook(
    "not a currency", "currency: Euro\n",
    "K013 ‹Euro› `currency` takes a currency code such as `EUR`, not `Euro`"),
  FaultyRulebook(
    "not a language", "title: { portuguese: Abono }\n",
    "K013 ‹portuguese› `portuguese` takes a language code such as `en`, not `portuguese`"),
  FaultyRulebook(
    "not a date", "in_force: { from: 2025-02-29 }\n",
    "K014 ‹2025-02-29› `2025-02-29` is not a date such as `2025-03-01`"),
  FaultyRulebook(
    "three bounds",
    """
    parameters:
      limit: { type: EUR, values: { 2025-01-01: { unverified: No text., between: [1, 2, 3] } } }
    """,
    """
    K015 ‹[1, 2, 3]› `between` takes the least and the greatest value, not 3 values \
    -> write `[LEAST, GREATEST]`
    """),
  FaultyRulebook(
    "otherwise before the end",
    """
    rules:
      household.x:
        cases:
          - otherwise: 1
          - { when: resident, value: 2 }
    """,
    """
    K016 ‹otherwise› `otherwise` is not the last of the cases, so those after it never count \
    -> move it to the end
    """),
  FaultyRulebook(
    "condition without a name",
    """
    rules:
      household.x:
        all:
          - resident
          - income > 3 EUR
    """,
    """
    K017 ‹income > 3 EUR› a condition that is more than a rule's name needs a name of its own \
    -> write `NAME: income > 3 EUR`
    """),
  FaultyRulebook(
    "repealed: false",
    """
    rules:
      household.x: { from: { 2024-01-01: 1, 2025-01-01: { repealed: false } } }
    """,
    """
    K018 ‹false› a version that is not repealed has a body in place of `repealed` \
    -> write `true`
    """),
]

private let faultyNames = [
  FaultyRulebook(
    "not snake case", "entities: { HouseHold: { title: Household } }\n",
    """
    K020 ‹HouseHold› `HouseHold` is not a name: names are lower case words joined by `_`, \
    the first with a letter -> write `house_hold`
    """),
  FaultyRulebook(
    "a digit first", "entities: { 2nd: { title: Second } }\n",
    """
    K020 ‹2nd› `2nd` is not a name: names are lower case words joined by `_`, \
    the first with a letter
    """),
  FaultyRulebook(
    "a keyword", "entities: { every: { title: Every } }\n",
    """
    K021 ‹every› `every` is a word of the language, so nothing can be called so \
    -> write another name
    """),
  FaultyRulebook(
    "a unit of time",
    """
    entities: { household: { facts: { months: integer } } }
    """,
    """
    K021 ‹months› `months` is a word of the language, so nothing can be called so \
    -> write another name
    """),
  FaultyRulebook(
    "a choice called unknown", "choices: { status: [single, unknown] }\n",
    """
    K021 ‹unknown› `unknown` is a word of the language, so nothing can be called so \
    -> write another name
    """),
  FaultyRulebook(
    "a rule without its entity", "rules: { rebate: 1 }\n",
    """
    K022 ‹rebate› `rebate` is not a rule's name, which is an entity, one dot and a name \
    -> write `ENTITY.rebate`
    """),
  FaultyRulebook(
    "a rule with two dots", "rules: { household.person.rebate: 1 }\n",
    """
    K022 ‹household.person.rebate› `household.person.rebate` is not a rule's name, \
    which is an entity, one dot and a name
    """),
  FaultyRulebook(
    "a fact and a rule of one name",
    """
    entities: { household: { facts: { income: EUR/month } } }
    rules: { household.income: 1 }
    """,
    "K023 ‹income› `household.income` is declared twice -> rename one of the two, or take it out",
    "  ‹income› it was declared here first"),
  FaultyRulebook(
    "a choice's member twice", "choices: { status: [single, married, single] }\n",
    "K023 ‹single› `single` is declared twice -> rename one of the two, or take it out",
    "  ‹single› it was declared here first"),
]
