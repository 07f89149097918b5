import AnnonaValues
import Support
import Testing

@Suite struct DateTests {
  @Test(arguments: [
    "2023-02-29", "2025-3-1", "20250301", "2025-13-01", "2025-00-10", "2025-01-00", "0000-01-01",
    "10000-01-01",
    "2025-01-32", "1900-02-29", " 2025-01-01", "2025-01-01 ", "+025-01-01", "2025/01/01",
    "٢٠٢٥-01-01", "",
  ])
  func otherShapesAreNoDates(text: String) { #expect(CalendarDate(text: text) == nil) }

  @Test(arguments: ["2024-02-29", "0001-01-01", "9999-12-31", "2000-02-29", "1970-01-01"])
  func textIsReadAndPrinted(text: String) throws { #expect(try date(text).description == text) }

  @Test func hugeParts() {
    #expect(CalendarDate(year: Int.max, month: Int.min, day: Int.max) == nil)
    #expect(CalendarDate(year: 2024, month: 2, day: Int.max) == nil)
    #expect(CalendarDate(dayNumber: Int.max) == nil && CalendarDate(dayNumber: 0) == nil)
  }

  /// From, months, then under `error` (nil: overflow), `last_day`, `next_day`.
  @Test(
    arguments: [
      ("2023-01-31", 1, nil, "2023-02-28", "2023-03-01"),
      ("2024-01-31", 2, "2024-03-31", "2024-03-31", "2024-03-31"),
      ("2000-02-29", 18 * 12, nil, "2018-02-28", "2018-03-01"),
      ("2000-02-29", 48, "2004-02-29", "2004-02-29", "2004-02-29"),
      ("2023-02-28", 12, "2024-02-28", "2024-02-28", "2024-02-28"),
      ("2024-02-29", 13, "2025-03-29", "2025-03-29", "2025-03-29"),
      ("2024-02-29", 12, nil, "2025-02-28", "2025-03-01"),
      ("2024-03-31", -1, nil, "2024-02-29", "2024-03-01"),
      ("2024-05-31", -3, nil, "2024-02-29", "2024-03-01"),
      ("2023-12-31", -1, nil, "2023-11-30", "2023-12-01"),
      ("9999-12-31", 0, "9999-12-31", "9999-12-31", "9999-12-31"),
      ("0001-01-01", 119_987, "9999-12-01", "9999-12-01", "9999-12-01"),
    ] as [(String, Int, String?, String, String)])
  func months(from: String, months: Int, strict: String?, last: String, next: String) throws {
    let from = try date(from)
    if let strict {
      #expect(try from.adding(months: months, overflow: .error) == date(strict))
    } else {
      #expect(throws: DateFault.monthOverflow) { try from.adding(months: months, overflow: .error) }
    }
    #expect(try from.adding(months: months, overflow: .lastDay) == date(last))
    #expect(try from.adding(months: months, overflow: .nextDay) == date(next))
  }

  @Test func chainedAdditionsRoundEach() throws {
    let once = try date("2024-02-29").adding(months: 12, overflow: .lastDay)
    #expect(try once.adding(months: 1, overflow: .lastDay) == date("2025-03-28"))
  }

  @Test func outOfRange() throws {
    for amount in [Int.max, Int.min, 120_000, -120_000] {
      #expect(throws: DateFault.outOfRange) {
        try date("2024-01-01").adding(months: amount, overflow: .error)
      }
    }
    for amount in [Int.max, Int.min, 3_652_059, -3_652_059] {
      #expect(throws: DateFault.outOfRange) { try date("2024-01-01").adding(days: amount) }
    }
    #expect(throws: DateFault.outOfRange) {
      try CalendarDate.latest.adding(
        number("1e9".replacing("e9", with: "000000000000000000000")), .days, overflow: .error)
    }
  }

  @Test func fractionalDurations() throws {
    let start = try date("2024-01-15")
    #expect(throws: DateFault.fractionalDuration) {
      try start.adding(number("1.5"), .months, overflow: .error)
    }
    #expect(
      try start.adding(number("0.5") * Number(12), .months, overflow: .error) == date("2024-07-15"))
  }

  @Test func daysBetween() throws {
    #expect(try date("2024-01-01").days(since: date("1930-01-01")) == 34_333)
    #expect(try date("1930-01-01").days(since: date("2024-01-01")) == -34_333)
    #expect(CalendarDate.latest.days(since: .earliest) == 3_652_058)
  }

  @Test(arguments: [
    ("2000-02-29", "2018-02-28", 17, 18), ("2000-02-29", "2018-03-01", 18, 18),
    ("2000-02-29", "2004-02-28", 3, 3),
    ("2000-02-29", "2004-02-29", 4, 4), ("2022-03-15", "2025-03-14", 2, 2),
    ("2022-03-15", "2025-03-15", 3, 3),
    ("2024-09-10", "2024-09-10", 0, 0), ("0001-01-01", "9999-12-31", 9998, 9998),
  ])
  func ages(born: String, on: String, mar1: Int, feb28: Int) throws {
    #expect(try date(born).completedYears(until: date(on), leapDayBirthday: .mar1) == mar1)
    #expect(try date(born).completedYears(until: date(on), leapDayBirthday: .feb28) == feb28)
  }

  @Test(
    arguments: [
      ("2023-01-31", "2023-02-28", nil, 1, 0), ("2023-01-31", "2023-03-01", 1, 1, 1),
      ("2023-01-31", "2023-03-30", 1, 1, 1), ("2023-01-31", "2023-03-31", 2, 2, 2),
      ("2023-01-15", "2023-02-14", 0, 0, 0), ("2023-01-15", "2023-02-15", 1, 1, 1),
      ("2024-02-29", "2025-02-28", nil, 12, 11), ("2023-05-31", "2023-05-31", 0, 0, 0),
    ] as [(String, String, Int?, Int, Int)])
  func monthsBetween(from: String, to: String, strict: Int?, last: Int, next: Int) throws {
    let (from, to) = (try date(from), try date(to))
    if let strict {
      #expect(try from.completedMonths(until: to, overflow: .error) == strict)
    } else {
      #expect(throws: DateFault.monthOverflow) {
        try from.completedMonths(until: to, overflow: .error)
      }
    }
    #expect(try from.completedMonths(until: to, overflow: .lastDay) == last)
    #expect(try from.completedMonths(until: to, overflow: .nextDay) == next)
  }

  @Test func theLaterDateFirstIsAnError() throws {
    let (born, today) = (try date("2034-01-01"), try date("2024-01-01"))
    #expect(throws: DateFault.datesReversed) {
      try born.completedYears(until: today, leapDayBirthday: .mar1)
    }
    #expect(throws: DateFault.datesReversed) {
      try born.completedMonths(until: today, overflow: .lastDay)
    }
    #expect(throws: DateFault.datesReversed) {
      try born.completedYears(until: today, overflow: .error)
    }
  }

  // MARK: - Against a calendar that counts day by day

  @Test func everyDayHasItsNumberAndParts() throws {
    var (year, month, day) = (1, 1, 1)
    var current = CalendarDate.earliest
    var mistakes = 0
    while true {
      if current.parts != (year, month, day)
        || CalendarDate(year: year, month: month, day: day) != current
      {
        mistakes += 1
      }
      let leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
      let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      day += 1
      if day > lengths[month - 1] { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
      guard let next = current.next else { break }
      current = next
    }
    #expect(mistakes == 0)
    #expect((year, month, day) == (10_000, 1, 1))
    #expect(current == .latest)
  }

  /// One month at a time on a bare (year, month) pair, the day put back at the end.
  private func slowly(
    _ date: CalendarDate, _ months: Int, _ overflow: MonthOverflow
  ) -> CalendarDate? {
    var (year, month) = (date.year, date.month)
    for _ in 0..<abs(months) {
      month += months.signum()
      if month == 13 { (year, month) = (year + 1, 1) }
      if month == 0 { (year, month) = (year - 1, 12) }
    }
    if let exact = CalendarDate(year: year, month: month, day: date.day) { return exact }
    switch overflow {
    case .error: return nil
    case .lastDay:
      for day in [30, 29, 28] {
        if let found = CalendarDate(year: year, month: month, day: day) { return found }
      }
      return nil
    case .nextDay: return CalendarDate(year: year, month: month + 1, day: 1)
    }
  }

  @Test(arguments: [11, 12, 13] as [UInt64])
  func monthsAgreeWithTheSlowCalendar(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<2000 {
      let start = try #require(CalendarDate(dayNumber: random.int(700_000...760_000)))
      let months = random.int(-60...60)
      for mode in MonthOverflow.allCases {
        let expected = slowly(start, months, mode)
        #expect(
          (try? start.adding(months: months, overflow: mode)) == expected,
          "\(start) + \(months), seed \(seed)")
        guard mode != .error, months >= 0, let end = expected else { continue }
        // The greatest n that does not pass the end, found by trying.
        let later = try end.adding(days: random.int(0...20))
        var count = 0
        while let next = slowly(start, count + 1, mode), next <= later { count += 1 }
        #expect(
          try start.completedMonths(until: later, overflow: mode) == count,
          "\(start) \(later), seed \(seed)")
        #expect(try start.completedYears(until: later, overflow: mode) == count / 12)
      }
    }
  }

  @Test(arguments: [21, 22] as [UInt64])
  func agesCountBirthdaysReached(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<2000 {
      let leapDay = random.int(0...2) == 0
      let year = random.int(1890...2020)
      let born = try #require(
        leapDay
          ? CalendarDate(year: year / 4 * 4 == 1900 ? 1904 : year / 4 * 4, month: 2, day: 29)
          : CalendarDate(dayNumber: random.int(700_000...737_000)))
      let today = try born.adding(days: random.int(0...40_000))
      for rule in LeapDayBirthday.allCases {
        var birthdays = 0
        for year in (born.year + 1)...(today.year + 1) {
          let birthday =
            CalendarDate(year: year, month: born.month, day: born.day)
            ?? CalendarDate(year: year, month: rule == .feb28 ? 2 : 3, day: rule == .feb28 ? 28 : 1)
          if let birthday, birthday <= today { birthdays += 1 }
        }
        #expect(
          try born.completedYears(until: today, leapDayBirthday: rule) == birthdays,
          "\(born) \(today), seed \(seed)")
      }
    }
  }

  @Test func edgesOfMonths() throws {
    #expect(try date("2024-02-15").startOfMonth == date("2024-02-01"))
    #expect(try date("2024-02-15").endOfMonth == date("2024-02-29"))
    #expect(try date("9999-12-31").endOfMonth == .latest)
    #expect(try date("0001-01-31").startOfMonth == .earliest)
    #expect(CalendarDate.latest.next == nil && CalendarDate.earliest.previous == nil)
  }
}
