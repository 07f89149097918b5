import AnnonaLanguage
import AnnonaValues
import Testing

/// Grids, and the small languages of `round:`, `type:` and units.
@Suite struct ShortTests {
  private func lines<T>(_ text: String, _ result: (T?, [Diagnostic])) -> [String] {
    result.1.map { problem($0, in: text).description } + (result.0 == nil ? ["nil"] : [])
  }

  @Test func rounding() throws {
    let read = try #require(parseRounding(scalar("0.01 half_up"), file: 0).0)
    #expect(sketch(read.step) == "0.01" && read.mode == .halfUp)
    #expect(read.span == Span(file: 0, start: 0, end: 12))
    let withUnit = try #require(parseRounding(scalar("1 EUR/month down"), file: 0).0)
    #expect(sketch(withUnit.step) == "1:EUR/month" && withUnit.mode == .down)
  }

  @Test(arguments: [
    (
      "0.01",
      "X061 [0.01] `round` does not say how halves are rounded | write `0.01 half_up`"
    ),
    (
      "2",
      "X061 [2] `round` does not say how halves are rounded"
        + " | write `0.01 half_up` for 2 decimals, or `2 half_up` for multiples of 2"
    ),
    (
      "0",
      "X061 [0] `round` does not say how halves are rounded"
        + " | write `1 half_up`: the step is an amount, such as `1` for whole numbers"
    ),
    ("1", "X061 [1] `round` does not say how halves are rounded | write `1 half_up`"),
    (
      "2 EUR",
      "X061 [2 EUR] `round` does not say how halves are rounded | write `2 EUR half_up`"
    ),
    (
      "half_up 0.01",
      "X064 [half_up] the step stands before `half_up` | write it like `0.01 half_up`"
    ),
    (
      "0.01 halfup",
      "X063 [halfup] `halfup` is not a way of rounding | write `half_up`, `half_even`, `half_down`, `up`, `down`, `floor` or `ceiling`"
    ),
    ("", "X030 [] an expression is missing here | -"),
    (
      "0.01 up down",
      "X036 [down] `down` cannot stand here | -"
    ),
  ])
  func roundingProblems(_ text: String, _ expected: String) {
    #expect(lines(text, parseRounding(scalar(text), file: 0)) == [expected, "nil"])
  }

  @Test(arguments: [
    ("boolean", "boolean"), ("EUR/month", "EUR/month"), ("list of person", "list(person)"),
    ("list of list of EUR*month", "list(list(EUR*month))"), ("pt.person", "pt.person"),
    (" date ", "date"), ("list", "list"),
  ])
  func types(_ text: String, _ expected: String) throws {
    let (type, problems) = parseType(scalar(text), file: 0)
    #expect(problems == [])
    #expect(describe(try #require(type)) == expected)
  }

  private func describe(_ type: TypeSyntax) -> String {
    switch type.kind {
    case .named(let name): name
    case .list(let inner): "list(\(describe(inner)))"
    case .choice: "choice"
    }
  }

  @Test func placeTypes() throws {
    let (type, isOptional, problems) = parsePlaceType(scalar("person optional"), file: 0)
    #expect(problems == [] && isOptional)
    #expect(describe(try #require(type)) == "person")
    let list = parsePlaceType(scalar("list of person"), file: 0)
    #expect(!list.isOptional)
  }

  @Test(arguments: [
    (
      "",
      "X066 [] a type is missing here | write it like `boolean`, `EUR/month` or `list of person`"
    ),
    ("list person", "X067 [list person] `list person` is not a type | write `list of person`"),
    ("[person]", "X067 [[person]] `[person]` is not a type | write `list of person`"),
    ("List<person>", "X067 [List<person>] `List<person>` is not a type | write `list of person`"),
    ("EUR / month", "X067 [EUR / month] `EUR / month` is not a type | write `EUR/month`"),
    ("whole number", "X067 [whole number] `whole number` is not a type | write `whole_number`"),
    (
      "date?",
      "X067 [date?] `date?` is not a type | write it like `boolean`, `EUR/month` or `list of person`"
    ),
    (
      "date optional",
      "X068 [optional] `optional` does not belong to the type here | write `optional: true` beside `type`"
    ),
  ])
  func typeProblems(_ text: String, _ expected: String) {
    #expect(lines(text, parseType(scalar(text), file: 0)) == [expected, "nil"])
  }

  @Test func units() throws {
    #expect(parseUnit(scalar("EUR/month"), file: 0).0?.unit == Unit(text: "EUR/month"))
    #expect(parseUnit(scalar("1/month"), file: 0).0?.unit == Unit(text: "1/month"))
    #expect(parseUnit(scalar("number"), file: 0).0?.unit == Unit.none)
    #expect(
      lines("EUR per month", parseUnit(scalar("EUR per month"), file: 0)) == [
        "X047 [EUR per month] `EUR per month` is not a unit | write it like `EUR/month` or `EUR*month`",
        "nil",
      ])
    #expect(
      lines(" ", parseUnit(scalar(" "), file: 0)) == [
        "X065 [] a unit is missing here | write it like `EUR/month`", "nil",
      ])
  }

  @Test func grids() throws {
    let text = """
      from       | 1   | 2
      -----------|-----|----
      2024-01-01 | 291 | 535
      # later
      2025-01-01 | 292 | 536
      """
    let grid = try #require(parseGrid(scalar(text), file: 0).0)
    #expect(grid.columns.map(\.text) == ["from", "1", "2"])
    #expect(
      grid.rows.map { $0.map(\.text) } == [
        ["2024-01-01", "291", "535"], ["2025-01-01", "292", "536"],
      ])
    #expect(grid.inputCount == nil)
    #expect(slice(text, grid.rows[1][2].span) == "536")
    let fixture = try #require(parseGrid(scalar("a | b || c\n1 | 2 || 3"), file: 0).0)
    #expect(fixture.inputCount == 2)
  }

  @Test(arguments: [
    (
      "above | rate\n0 | 10 % | 3",
      "X089 [0 | 10 % | 3] this row has 3 cells for 2 columns: `above`, `rate` | leave out what is too many"
    ),
    ("above | rate\n0 |", "X091 [0 |] the cell of `rate` is empty | write its value"),
    ("a | a\n0 | 1", "X088 [a] two columns are named `a` | give one of them another name"),
    ("a | \n0 | 1", "X086 [a |] a column has no heading | write what it holds"),
    ("a || b\n0 | 1", "X083 [0 | 1] this row has no `||` | write `||` where the columns have it"),
    (
      "a | b\n0 || 1",
      "X084 [||] this `||` is one too many | write `|` here: `||` stands once in a line, where the columns have it"
    ),
    (
      "a | b",
      "X081 [a | b] this table has columns and no rows | write a row for each case below the columns"
    ),
  ])
  func gridProblems(_ text: String, _ expected: String) {
    #expect(lines(text, parseGrid(scalar(text), file: 0)) == [expected, "nil"])
  }
}
