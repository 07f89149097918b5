import AnnonaValues
import Support
import Testing

@Suite struct DateRangeTests {
  /// `2024-01-01..2024-12-31` or one date.
  private func days(_ text: String) throws -> DateRange {
    guard let dots = text.firstRange(of: "..") else { return try .exactly(date(text)) }
    return try #require(
      DateRange(
        lower: date(String(text[..<dots.lowerBound])), upper: date(String(text[dots.upperBound...]))
      ))
  }

  @Test func comparisonsAreThoseOfAnyRange() throws {
    let (year, march) = (try days("2024-01-01..2024-12-31"), try days("2025-03-01"))
    #expect(year.isLess(than: march) == .yes)
    #expect(year.equals(march) == .no)
    #expect(try year.isAtMost(days("2024-06-01")) == .open)
    #expect(try year.isAtMost(days("2024-12-31")) == .yes)
    #expect(try year.isBetween(days("2024-01-01"), days("2024-12-31")) == .yes)
    #expect(march.equals(march) == .yes)
    #expect(year.equals(year) == .open)
    #expect(DateRange.all.isLess(than: .exactly(.earliest)) == .no)
    #expect(DateRange(lower: .latest, upper: .earliest) == nil)
  }

  @Test(
    arguments: [
      ("2024-01-01..2024-01-28", "1", MonthOverflow.error, "2024-02-01..2024-02-28", []),
      ("2024-01-01..2024-01-31", "1", .error, "2024-02-01..2024-02-29", [.monthOverflow]),
      ("2024-01-01..2024-01-31", "1", .nextDay, "2024-02-01..2024-03-01", []),
      ("2023-01-31", "1", .error, nil, [.monthOverflow]),
      ("2023-01-31", "2", .error, "2023-03-31", []),
      ("2023-01-31", "{1, 2}", .lastDay, "2023-02-28..2023-03-31", []),
      ("2024-06-01", "0.. by 1", .lastDay, "2024-06-01..9999-12-31", [.outOfRange]),
      ("2024-06-01", ".. by 1", .lastDay, "0001-01-01..9999-12-31", [.outOfRange]),
      ("2024-06-01", "0.5..2.5", .lastDay, "2024-07-01..2024-08-01", [.fractionalDuration]),
      ("2024-06-01", "0.5..0.7", .lastDay, nil, [.fractionalDuration]),
      ("2024-06-01", "200000", .lastDay, nil, [.outOfRange]),
      ("2024-06-01..2024-06-02", "200000", .lastDay, nil, [.outOfRange]),
      ("2024-06-01..2024-06-02", "-200000", .lastDay, nil, [.outOfRange]),
      ("2024-06-01..2024-06-02", "99999999999999999999999", .lastDay, nil, [.outOfRange]),
    ] as [(String, String, MonthOverflow, String?, [DateFault])])
  func shiftsByMonths(
    dates: String, months: String, mode: MonthOverflow, result: String?, faults: [DateFault]
  )
    throws
  {
    let shifted = try days(dates).shifted(by: range(months), .months, overflow: mode)
    #expect(shifted.values?.description == result)
    #expect(shifted.faults == faults)
  }

  @Test func counts() throws {
    let (born, today) = (try days("2024-01-01..2024-12-31"), try days("2025-03-01"))
    let ages = born.completedYears(until: today, leapDayBirthday: .mar1)
    #expect(try ages == Possible(range("{0, 1}")))
    #expect(try today.days(since: born) == range("60..425 by 1"))
    let unborn = try days("2025-01-01..2030-01-01").completedYears(
      until: today, leapDayBirthday: .mar1)
    #expect(try unborn == Possible(range("0"), faults: [.datesReversed]))
    #expect(
      today.completedYears(until: born, leapDayBirthday: .mar1)
        == Possible(nil, faults: [.datesReversed]))
    let months = try days("2023-01-30..2023-01-31").completedMonths(
      until: days("2023-02-28"), overflow: .error)
    #expect(months.faults == [.monthOverflow])
    let single = try days("2023-01-31").completedMonths(until: days("2023-02-28"), overflow: .error)
    #expect(single == Possible(nil, faults: [.monthOverflow]))
  }

  @Test func partsOfDates() throws {
    #expect(try days("2023-11-05..2025-02-03").years == range("{2023, 2024, 2025}"))
    #expect(try days("2023-11-05..2025-02-03").months == range("1..12 by 1"))
    #expect(try days("2023-02-05..2023-04-03").months == range("{2, 3, 4}"))
    #expect(try days("2023-02-05..2023-02-07").days == range("{5, 6, 7}"))
    #expect(try days("2023-02-05..2023-03-07").days == range("1..31 by 1"))
    #expect(try days("2023-02-05..2023-03-07").startOfMonth == days("2023-02-01..2023-03-01"))
    #expect(try days("2023-02-05..2023-03-07").endOfMonth == days("2023-02-28..2023-03-31"))
  }

  // MARK: - Properties

  private func anyRange(_ random: inout SeededRandom) throws -> DateRange {
    let first = random.int(737_000...739_500)
    let lower = try #require(CalendarDate(dayNumber: first))
    let upper = try #require(
      CalendarDate(dayNumber: first + random.one(of: [0, 0, 1, 5, 40, 800])))
    return try #require(DateRange(lower: lower, upper: upper))
  }

  private func member(of range: DateRange, _ random: inout SeededRandom) throws -> CalendarDate {
    try #require(CalendarDate(dayNumber: random.int(range.lower.dayNumber...range.upper.dayNumber)))
  }

  /// A value lies in the values, a fault among the faults.
  private func expect<R: OrderedRange, V>(
    _ possible: Possible<R, DateFault>, holds result: Result<V, DateFault>, _ what: String,
    as bound: (V) -> R.Bound
  ) {
    switch result {
    case .success(let value):
      #expect(
        possible.values?.contains(bound(value)) ?? false, "\(value) not in \(possible), \(what)")
    case .failure(let fault):
      #expect(possible.faults.contains(fault), "\(fault) not in \(possible), \(what)")
    }
  }

  private func result<V>(_ body: () throws(DateFault) -> V) -> Result<V, DateFault> {
    do { return .success(try body()) } catch { return .failure(error) }
  }

  @Test(arguments: [201, 202, 203] as [UInt64])
  func resultsOfMembersLieInTheResultOfRanges(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<1200 {
      let (one, other) = (try anyRange(&random), try anyRange(&random))
      let least = random.int(-30...30)
      let amounts = try #require(
        NumberRange.integers(from: least, through: least + random.one(of: [0, 1, 13])))
      let mode = random.one(of: MonthOverflow.allCases)
      let rule = random.one(of: LeapDayBirthday.allCases)
      let kind = random.one(of: DurationKind.allCases)
      let what = "\(one), \(other), \(amounts) \(kind), \(mode), seed \(seed)"
      for _ in 0..<4 {
        let (a, b) = (try member(of: one, &random), try member(of: other, &random))
        let amount = random.one(of: try #require(amounts.members))
        expect(
          one.shifted(by: amounts, kind, overflow: mode),
          holds: result { () throws(DateFault) in try a.adding(amount, kind, overflow: mode) }, what
        ) { $0 }
        expect(
          one.completedYears(until: other, leapDayBirthday: rule),
          holds: result { () throws(DateFault) in
            try a.completedYears(until: b, leapDayBirthday: rule)
          }, what
        ) { Number($0) }
        expect(
          one.completedMonths(until: other, overflow: mode),
          holds: result { () throws(DateFault) in try a.completedMonths(until: b, overflow: mode) },
          what
        ) { Number($0) }
        expect(
          one.completedYears(until: other, overflow: mode),
          holds: result { () throws(DateFault) in try a.completedYears(until: b, overflow: mode) },
          what
        ) { Number($0) }
        #expect(one.days(since: other).contains(Number(a.days(since: b))), "\(what)")
        #expect(
          one.years.contains(Number(a.year)) && one.months.contains(Number(a.month)), "\(what)")
        #expect(one.days.contains(Number(a.day)), "\(what)")
        #expect(one.startOfMonth.contains(a.startOfMonth) && one.endOfMonth.contains(a.endOfMonth))
        #expect(
          one.least(with: other).contains(min(a, b))
            && one.greatest(with: other).contains(max(a, b)))
        #expect(one.hull(with: other).contains(a) && one.hull(with: other).contains(b))
        let (less, equal) = (one.isLess(than: other), one.equals(other))
        #expect(a < b ? less.canBeTrue : less.canBeFalse, "\(what)")
        #expect(a == b ? equal.canBeTrue : equal.canBeFalse, "\(what)")
      }
    }
  }

  /// One date that is known gives what the date itself gives, faults and all.
  @Test(arguments: [301, 302] as [UInt64])
  func singleDatesAreExact(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<1500 {
      let a = try member(of: try anyRange(&random), &random)
      let b = try member(of: try anyRange(&random), &random)
      let mode = random.one(of: MonthOverflow.allCases)
      let amount = random.int(-40...40)
      let shifted = DateRange.exactly(a).shifted(
        by: .exactly(Number(amount)), .months, overflow: mode)
      switch result({ () throws(DateFault) in try a.adding(months: amount, overflow: mode) }) {
      case .success(let date): #expect(shifted == Possible(.exactly(date)))
      case .failure(let fault): #expect(shifted == Possible(nil, faults: [fault]))
      }
      let months = DateRange.exactly(a).completedMonths(until: .exactly(b), overflow: mode)
      switch result({ () throws(DateFault) in try a.completedMonths(until: b, overflow: mode) }) {
      case .success(let count): #expect(months == Possible(.exactly(Number(count))))
      case .failure(let fault): #expect(months == Possible(nil, faults: [fault]))
      }
    }
  }
}
