/// The lines of a file that its layout changes, with their numbers before and after.
///
/// Layout moves blanks and line breaks alone, so that lines are matched by their other signs, a few lines ahead at most:
/// the time it takes grows with the size of the file.
struct LayoutDifference {
  private static let farthest = 50

  private enum Change {
    case removed(Int)
    case added(Int)
  }

  private let old: [String]
  private let new: [String]
  private var changes: [Change] = []

  init(from old: String, to new: String) {
    self.old = Self.lines(old)
    self.new = Self.lines(new)
    compare()
  }

  func text(lineBreak: String) -> String {
    changes.map { change in
      switch change {
      case .removed(let line): "\(line + 1) - \(Self.visible(old[line]))"
      case .added(let line): "\(line + 1) + \(Self.visible(new[line]))"
      }
    }.map { $0 + lineBreak }.joined()
  }

  /// Blanks at the end of a line are what nobody sees.
  private static func visible(_ line: String) -> String {
    let end = line.reversed().prefix { $0 == " " || $0 == "\t" || $0 == "\r" }
    return line.dropLast(end.count)
      + end.reversed().map { $0 == " " ? "·" : $0 == "\t" ? "⇥" : "␍" }.joined()
  }

  private static func lines(_ text: String) -> [String] {
    var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
      .map { String(decoding: Array($0), as: UTF8.self) }
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  private mutating func compare() {
    let oldWords = old.map { $0.filter { !$0.isWhitespace } }
    let newWords = new.map { $0.filter { !$0.isWhitespace } }
    var (here, there) = (0, 0)
    while here < old.count, there < new.count {
      if old[here].utf8.elementsEqual(new[there].utf8) {
        (here, there) = (here + 1, there + 1)
      } else if oldWords[here] == newWords[there] {
        changes += [.removed(here), .added(there)]
        (here, there) = (here + 1, there + 1)
      } else {
        let (removed, added) = step(oldWords[here...], newWords[there...])
        changes += (here..<here + removed).map { .removed($0) }
        changes += (there..<there + added).map { .added($0) }
        (here, there) = (here + removed, there + added)
      }
    }
    changes += (here..<old.count).map { .removed($0) } + (there..<new.count).map { .added($0) }
  }

  /// How many lines on either side stand before two that match again.
  private func step(_ old: ArraySlice<String>, _ new: ArraySlice<String>) -> (Int, Int) {
    guard let first = old.first, let second = new.first else { return (old.count, new.count) }
    if first.isEmpty { return (1, 0) }
    if second.isEmpty { return (0, 1) }
    for distance in 1..<Self.farthest {
      if old.dropFirst(distance).first == second { return (distance, 0) }
      if new.dropFirst(distance).first == first { return (0, distance) }
    }
    return (1, 1)
  }
}
