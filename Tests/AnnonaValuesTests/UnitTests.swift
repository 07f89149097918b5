import AnnonaValues
import Testing

@Suite struct UnitTests {
  private func unit(_ text: String) throws -> Unit {
    text.isEmpty ? .none : try #require(Unit(text: text))
  }

  @Test(arguments: [
    ("EUR/month", "EUR/month"), ("EUR", "EUR"), ("EUR*month", "EUR*month"),
    ("month*EUR", "EUR*month"),
    ("EUR^2", "EUR^2"), ("EUR*EUR", "EUR^2"), ("months/year", "month/year"), ("1/month", "1/month"),
    ("EUR/month^2", "EUR/month^2"), ("EUR/month/kWh", "EUR/kWh/month"), ("years", "year"),
    ("weeks", "week"),
    ("days", "day"), ("EUR/EUR", ""), ("kWh", "kWh"), ("m3", "m3"), ("día", "día"),
    ("1/EUR*month", "month/EUR"),
    ("m²", "m²"),
  ])
  func textIsReadAndPrinted(text: String, description: String) throws {
    guard text != "m²" else {
      #expect(Unit(text: text) == nil)
      return
    }
    #expect(try unit(text).description == description)
    #expect(try unit(description) == unit(text))
  }

  @Test(arguments: [
    "", "/", "EUR/", "EUR//month", "*EUR", "EUR month", "EUR^", "EUR^0", "EUR^-1", "EUR^1000", "3",
    "1", "2/month",
    "EUR ", "EUR^2.5", "EUR$", "1\u{301}x", "1/",
  ])
  func otherShapesAreNoUnits(text: String) {
    #expect(Unit(text: text) == nil)
  }

  @Test func longTextIsAnsweredSafely() {
    let names = (0..<50_000).map { "a\($0)" }.joined(separator: "*")
    #expect(Unit(text: names) == nil)
    let same = String(repeating: "a*", count: 50_000) + "a"
    #expect(Unit(text: same)?.description == "a^50001")
  }

  @Test(arguments: [
    ("EUR/month", "month/year", "EUR/year"), ("EUR/month", "year", "EUR*year/month"),
    ("EUR", "1/EUR", ""), ("EUR/month", "month", "EUR"), ("EUR", "EUR", "EUR^2"),
  ])
  func productsCancelEqualNamesAndNeverConvert(one: String, other: String, product: String) throws {
    #expect(try unit(one) * unit(other) == unit(product))
    #expect(try unit(other) * unit(one) == unit(product))
    #expect(try unit(product) / unit(other) == unit(one))
  }

  @Test func quotientsAndPowers() throws {
    #expect(try (unit("EUR/month") / unit("EUR/year")).description == "year/month")
    #expect(try (unit("EUR") * unit("EUR/month")).power(2) == unit("EUR^4/month^2"))
    #expect(try unit("EUR/month").power(-1) == unit("month/EUR"))
    #expect(try unit("EUR/month").power(0) == .none)
    #expect(Unit("x").power(Int.max).power(Int.min).power(Int.max).factors.count == 1)
    #expect(Unit("EUR", 0) == .none)
    #expect(Unit("months", Int.min).names == ["month"])
  }

  @Test(arguments: [
    ("EUR/month", "EUR/year", "12"), ("EUR/year", "EUR/month", "1/12"), ("year", "month", "12"),
    ("month", "year", "1/12"), ("week", "day", "7"), ("EUR*year/month", "EUR", "12"),
    ("month/year", "", "1/12"), ("EUR", "EUR", "1"), ("year^2", "month^2", "144"),
    ("EUR/week", "EUR/day", "1/7"), ("", "", "1"),
  ])
  func exactRatios(from: String, to: String, ratio: String) throws {
    #expect(try unit(from).ratio(to: unit(to)) == number(ratio))
  }

  @Test(arguments: [
    ("EUR/week", "EUR/year"), ("month", "day"), ("EUR", "USD"), ("EUR", ""), ("EUR/month", "EUR"),
    ("year", "week"), ("kWh", "Wh"),
  ])
  func nothingElseConverts(from: String, to: String) throws {
    #expect(try unit(from).ratio(to: unit(to)) == nil)
  }

  @Test func conversionsOfTheDecisions() throws {
    // (100 EUR/month * 1 year) as EUR
    let amount = try Number(100) * #require(try unit("EUR*year/month").ratio(to: unit("EUR")))
    #expect(amount == Number(1200))
    // (36 months / 1 year) as number
    #expect(try Number(36) * #require(unit("month/year").ratio(to: .none)) == Number(3))
  }

  @Test func durations() {
    #expect(Unit.year.durationKind == .months && Unit.month.durationKind == .months)
    #expect(Unit.week.durationKind == .days && Unit.day.durationKind == .days)
    #expect(Unit.none.durationKind == nil && Unit("EUR").durationKind == nil)
    #expect(Unit("month", 2).durationKind == nil && Unit("month", -1).durationKind == nil)
    #expect(Unit.year.finer(.month) == .month && Unit.month.finer(.year) == .month)
    #expect(Unit.year.finer(.year) == .year && Unit.week.finer(.day) == .day)
    #expect(Unit.year.finer(.day) == nil && Unit.year.finer(.none) == nil)
  }

  @Test(arguments: [
    ("EUR", "0.01"), ("JPY", "1"), ("KWD", "0.001"), ("CLF", "0.0001"), ("NZD", "0.01"),
    ("XOF", "1"),
    ("ISK", "1"), ("BHD", "0.001"), ("XCG", "0.01"),
  ])
  func minorUnits(code: String, unit: String) throws {
    #expect(try Unit.minorUnit(ofCurrency: code) == number(unit))
  }

  @Test func currencies() throws {
    #expect(Unit.minorUnit(ofCurrency: "XXX") == nil)
    #expect(Unit.minorUnit(ofCurrency: "eur") == nil)
    #expect(try unit("EUR/month").currency == "EUR")
    #expect(try unit("kWh/month").currency == nil)
    #expect(Unit.currencies.count == 168)
    #expect(Set(Unit.currencies).count == 168)
    for code in Unit.currencies {
      #expect(code.utf8.count == 3 && code.utf8.allSatisfy { (0x41...0x5A).contains($0) })
    }
  }
}
