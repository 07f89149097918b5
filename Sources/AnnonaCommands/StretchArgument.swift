import Annona

/// The stretch of time of a schedule on the command line: `--from 2025-01 --through 2025-12`, or dates.
enum StretchArgument {
  /// A hundred years, so that work stays bounded.
  private static let limit = 36_525

  static func days(
    from: String?, through: String?
  ) throws -> (from: CalendarDate, through: CalendarDate) {
    guard let from else {
      throw RequestProblem(
        "a schedule needs its first month: add `--from`, such as `--from 2025-01`")
    }
    guard let through else {
      throw RequestProblem(
        "a schedule needs its last month: add `--through`, such as `--through 2025-12`")
    }
    let first = try day(from, option: "--from")
    let last = try day(through, option: "--through")
    let end = last.isMonth ? last.day.endOfMonth : last.day
    guard first.day <= end else {
      throw RequestProblem("`--through \(through)` comes before `--from \(from)`")
    }
    guard end.days(since: first.day) < limit else {
      throw RequestProblem("a schedule goes over a hundred years at most")
    }
    return (first.day, end)
  }

  /// The date, or the first day of the month.
  private static func day(
    _ text: String, option: String
  ) throws -> (day: CalendarDate, isMonth: Bool) {
    if let date = CalendarDate(text: text) { return (date, false) }
    if let month = CalendarDate(text: text + "-01") { return (month, true) }
    throw RequestProblem(
      "`\(option) \(text)` is no month and no date: write it as in `\(option) 2025-01`")
  }
}
