public import AnnonaValues

/// A text in the languages it was written in.
public struct LocalizedText: Sendable, Hashable {
  /// Language code to text; a text written without a language stands under the rulebook's.
  public var variants: [String: String]

  public init(_ variants: [String: String] = [:]) { self.variants = variants }

  public var isEmpty: Bool { variants.isEmpty }

  /// The text in the language, else in the fallback, else in the first language by code; `nil` when there is none.
  public func text(in language: String, else fallback: String) -> String? {
    variants[language] ?? variants[fallback] ?? variants.min { $0.key < $1.key }?.value
  }
}

/// The days on which something is law: from the first to the last, both in; open ends are `nil`.
public struct InForce: Sendable, Hashable {
  public var from: CalendarDate?
  public var through: CalendarDate?

  public init(from: CalendarDate? = nil, through: CalendarDate? = nil) {
    self.from = from
    self.through = through
  }

  public func contains(_ date: CalendarDate) -> Bool {
    if let from, date < from { return false }
    if let through, date > through { return false }
    return true
  }
}

/// How dates are reckoned; a rulebook's own, carried by the expressions written in it.
public struct Calendar: Sendable, Hashable {
  public var leapDayBirthday: LeapDayBirthday?
  public var monthOverflow: MonthOverflow?
  /// Month and day on which the year starts, where one was declared.
  public var yearStarts: MonthDay?

  /// The day on which a week starts, where one was declared.
  public var weekStarts: Weekday?

  /// Day 1 of the calendar was a Monday.
  public enum Weekday: Int, Sendable, Hashable, CaseIterable {
    case monday, tuesday, wednesday, thursday, friday, saturday, sunday

    var name: String { "\(self)" }
  }

  public struct MonthDay: Sendable, Hashable {
    public let month: Int
    public let day: Int

    public init(month: Int, day: Int) {
      self.month = month
      self.day = day
    }
  }

  public init() {}
}

/// A law that rules cite: `act` with its title and address.
public struct LawSource: Sendable {
  public let name: String
  public let title: LocalizedText
  public let url: String?

  public init(name: String, title: LocalizedText, url: String?) {
    self.name = name
    self.title = title
    self.url = url
  }
}

/// A provision as cited: `act s 3(1)`.
public struct Citation: Sendable, Hashable {
  /// As written, the short name of the source included.
  public let text: String
  public let source: SourceID?
  public let span: Span

  public init(text: String, source: SourceID?, span: Span) {
    self.text = text
    self.source = source
    self.span = span
  }
}
