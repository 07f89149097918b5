import AnnonaValues

/// How dates are said.
extension Wording {
  /// `2025-03-01`; in a letter `1 March 2025`.
  func date(_ date: CalendarDate) -> String {
    guard manner != .brief else { return date.description }
    let day = date.day == 1 ? phrase(.firstDay) : String(date.day)
    return phrase(.longDate, day, phrase(Self.months[date.month - 1]), String(date.year))
  }

  private static let months: [Phrase] = [
    .january, .february, .march, .april, .may, .june, .july, .august, .september, .october,
    .november, .december,
  ]
}
