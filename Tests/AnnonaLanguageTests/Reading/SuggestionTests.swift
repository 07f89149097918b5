import AnnonaLanguage
import Testing

@Suite struct SuggestionTests {
  static let names = ["income", "income_year", "birth_date", "children", "tier", "tiers", "é"]

  @Test(arguments: [
    ("incone", "income"), ("incom", "income"), ("icnome", "income"), ("Income", "income"),
    ("birthDate", "birth_date"), ("birth-date", "birth_date"), ("bith_date", "birth_date"),
    ("childern", "children"), ("tire", "tier"), ("tierz", "tiers"), ("incomeyear", "income_year"),
  ])
  func findsTheName(_ word: String, _ name: String) {
    #expect(didYouMean(word, among: Self.names) == name)
    #expect(didYouMean(word, among: Self.names.reversed()) == name)
  }

  @Test(arguments: ["salary", "x", "", "rent", "in", String(repeating: "income", count: 1000)])
  func staysSilent(_ word: String) {
    #expect(didYouMean(word, among: Self.names) == nil)
  }

  @Test func doesNotSuggestTheWordItself() {
    #expect(didYouMean("income", among: ["income"]) == nil)
  }

  @Test func breaksTiesByBytes() {
    #expect(didYouMean("cart", among: ["care", "card"]) == "card")
    #expect(didYouMean("cart", among: ["card", "care"]) == "card")
  }
}
