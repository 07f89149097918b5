/// Why an operation on dates has no result.
public enum DateFault: Error, Sendable, Hashable, CaseIterable {
  /// The day does not exist in the month reached, and the calendar's rule for that is `error`.
  case monthOverflow
  /// Before year 1 or after year 9999.
  case outOfRange
  /// The later date was given first.
  case datesReversed
  /// Not a whole number of months or of days.
  case fractionalDuration
}

/// What a day is that does not exist in the month reached by adding months.
public enum MonthOverflow: String, Sendable, Hashable, CaseIterable {
  case error
  /// The month's last day.
  case lastDay = "last_day"
  /// The first day of the following month.
  case nextDay = "next_day"
}

/// When somebody born on 29 February completes a year in a common year.
public enum LeapDayBirthday: String, Sendable, Hashable, CaseIterable {
  case feb28 = "feb_28"
  case mar1 = "mar_1"
}

/// A day of the proleptic Gregorian calendar, from year 1 to 9999.
@frozen
public struct CalendarDate: Sendable, Hashable {
  @usableFromInline let number: Int32

  @inlinable
  init(unchecked number: Int) { self.number = Int32(truncatingIfNeeded: number) }

  static let lastDayNumber = 3_652_059

  /// 0001-01-01
  public static let earliest = CalendarDate(unchecked: 1)
  /// 9999-12-31
  public static let latest = CalendarDate(unchecked: lastDayNumber)

  /// Days counted from 0001-01-01, which is 1.
  @inlinable public var dayNumber: Int { Int(number) }

  public init?(dayNumber: Int) {
    guard (1...Self.lastDayNumber).contains(dayNumber) else { return nil }
    self.init(unchecked: dayNumber)
  }

  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month),
      day >= 1, day <= Self.days(inMonth: month, ofYear: year)
    else { return nil }
    self.init(unchecked: Self.dayNumber(year, month, day))
  }

  /// `yyyy-mm-dd` and nothing else.
  public init?(text: some StringProtocol) {
    let bytes = Array(text.utf8.prefix(11))
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else {
      return nil
    }
    func number(_ places: Range<Int>) -> Int? {
      var value = 0
      for byte in bytes[places] {
        guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else {
      return nil
    }
    self.init(year: year, month: month, day: day)
  }

  // MARK: - Parts

  /// Year, month and day at once.
  public var parts: (year: Int, month: Int, day: Int) {
    // Years are taken to start in March, so that the leap day is their last.
    let shifted = dayNumber + 305
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  public var year: Int { parts.year }
  public var month: Int { parts.month }
  public var day: Int { parts.day }

  public static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// The month is from 1 to 12.
  public static func days(inMonth month: Int, ofYear year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted % 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 305
  }

  public var startOfMonth: CalendarDate { CalendarDate(unchecked: dayNumber - day + 1) }

  public var endOfMonth: CalendarDate {
    let (year, month, day) = parts
    return CalendarDate(unchecked: dayNumber - day + Self.days(inMonth: month, ofYear: year))
  }

  /// `nil` on 9999-12-31.
  public var next: CalendarDate? { CalendarDate(dayNumber: dayNumber + 1) }

  /// `nil` on 0001-01-01.
  public var previous: CalendarDate? { CalendarDate(dayNumber: dayNumber - 1) }
}

extension CalendarDate: Comparable {
  @inlinable
  public static func < (one: CalendarDate, other: CalendarDate) -> Bool {
    one.number < other.number
  }
}

extension CalendarDate: CustomStringConvertible {
  /// `yyyy-mm-dd`
  public var description: String {
    let (year, month, day) = parts
    func padded(_ number: Int, _ places: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: places - text.utf8.count) + text
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}
