import AnnonaLanguage
import Support
import Testing

/// Tables that stand in files of comma-separated values.
@Suite struct TableFileTests {
  private static let rulebook = """
    rulebook: test.counties
    case: household
    currency: USD
    in_force: { from: 2024-01-01 }
    entities: { household: { facts: { county: text, size: { type: integer, min: 1 } } } }
    rules:
      household.rate:
        type: USD
        table: { csv: rates.csv }
      household.amount: rate * size
    benefits: { grant: { title: Grant, entitled: rate > 0, amount: amount } }
    """

  private func diagnostics(_ csv: String, named name: String = "rates.csv") -> String {
    let files = [
      SourceFile(path: "rules/a.yaml", text: Self.rulebook),
      SourceFile(path: "rules/\(name)", text: csv),
    ]
    // Tables' files come first among those read, as they are no part of the declarations.
    return DiagnosticText(files: [files[1], files[0]]).render(checked([files]).diagnostics)
  }

  @Test(arguments: [
    "county,size,rate\n\"Harris, TX\",up to 2,100.50\n\"Harris, TX\",above 2,70\notherwise,,0\n",
    "county,size,|| rate,cites\r\n\"Harris\",-,1,act 1\r\notherwise,,0,act 2\r\n",
  ]) func tableIsReadAndProved(csv: String) {
    #expect(diagnostics(csv) == "")
  }

  @Test func rowsAreProvedLikeDrawnOnes() {
    #expect(
      diagnostics("county,size,rate\n-,up to 2,1\n-,2 to 4,2\notherwise,,0\n") == """
        error[T001] rules/rates.csv:3:1: two rows of `household.rate` both apply
          3 | -,2 to 4,2
            | ^^^^^^^^^^
          also: rules/rates.csv:2:1: the other row
          2 | -,up to 2,1
            | ^^^^^^^^^^^
          example: county = …, size = 2: row_1 gives 1 USD, row_2 gives 2 USD
          help: write `above 2 to 4` in row_2, or write `hit: first` beside the table if the law ranks them

        """)
  }

  @Test(arguments: [
    ("county,size,rate\n\"Harris,1,2\n", "X101"),
    ("county,size,rate\n\"Harris\",1\n", "X089"),
  ]) func faultsArePlacedInTheFile(csv: String, code: String) {
    let text = diagnostics(csv)
    #expect(text.hasPrefix("error[\(code)] rules/rates.csv:2:"))
  }

  @Test func aMissingFileIsNamed() {
    #expect(
      diagnostics("", named: "rate.csv") == """
        error[K040] rules/a.yaml:9:19: there is no file `rates.csv` beside this one
          9 |     table: { csv: rates.csv }
            |                   ^^^^^^^^^
          help: did you mean `rate.csv`?

        """)
  }
}
