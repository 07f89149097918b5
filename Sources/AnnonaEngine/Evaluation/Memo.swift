import AnnonaLanguage

/// What each rule came to for an instance, worked out once, and which rules it read.
///
/// As of the day decided for, where most rules are read, an entry is found by its place: a row an instance, a column a rule.
/// What is read as of other days, for a generic member or by column is found by its whole key.
struct Memo {
  struct Entry {
    let key: RuleKey
    let state: State
    let notes: Notes
    /// Where `reads` names the entries that it read.
    let reads: Range<Int>
  }

  private(set) var entries: [Entry] = []
  /// Entries by number: for each entry, one after the other, those that it read.
  private(set) var reads: [Int32] = []
  /// Whether any entry has notes of its own.
  private(set) var hasNotes = false

  private let clock: Clock
  private let rules: Int
  /// The number of the entry at each place; none where it is negative.
  private var places: [Int32]
  private var elsewhere: [RuleKey: Int32] = [:]

  init(_ program: Program, _ facts: Case, _ clock: Clock) {
    self.clock = clock
    // Where a whole epoch is examined, few rules are read.
    rules = clock.today.only == nil ? 0 : program.rules.count
    places = Array(repeating: -1, count: rules * facts.instances.count)
  }

  private func place(of key: RuleKey) -> Int? {
    guard rules > 0, key.output == nil, key.instance >= 0, key.clock == clock else { return nil }
    return Int(key.instance) * rules + Int(key.rule.index)
  }

  /// The number of a rule's entry.
  func number(of key: RuleKey) -> Int32? {
    guard let place = place(of: key) else { return elsewhere[key] }
    return places[place] < 0 ? nil : places[place]
  }

  func state(_ number: Int32) -> State { entries[Int(number)].state }

  mutating func add(
    _ key: RuleKey, _ state: State, _ notes: Notes, reads read: ArraySlice<Int32>
  ) -> Int32 {
    let number = Int32(entries.count)
    let start = reads.count
    reads += read
    entries.append(Entry(key: key, state: state, notes: notes, reads: start..<reads.count))
    if !notes.isEmpty { hasNotes = true }
    if let place = place(of: key) { places[place] = number } else { elsewhere[key] = number }
    return number
  }

  /// Forgets all but the first entries.
  mutating func keep(first count: Int) {
    while entries.count > count, let last = entries.popLast() {
      reads.removeLast(last.reads.count)
      if let place = place(of: last.key) { places[place] = -1 } else { elsewhere[last.key] = nil }
    }
  }
}

/// What was met on the way to a value and is not part of it.
struct Notes {
  /// Faults that did not decide.
  var dismissed: [Fault] = []
  /// Facts taken by default.
  var assumed: [Wait] = []

  var isEmpty: Bool { dismissed.isEmpty && assumed.isEmpty }
}

/// A rule's value for an instance, as of a date: what is worked out once.
struct RuleKey: Hashable {
  let rule: RuleID
  let instance: Int32
  let clock: Clock
  /// The column of a table with several.
  let output: Int?

  /// Keys that are alike here are few.
  func hash(into hasher: inout Hasher) {
    hasher.combine(rule.index)
    hasher.combine(instance)
    hasher.combine(clock.law.first)
  }
}

/// How far an evaluator has come, so that what is only looked at leaves no mark.
struct Progress {
  let notes: Notes
  let reads: Int
  let reached: Int
}

extension Evaluator {
  var progress: Progress { Progress(notes: notes, reads: reads.count, reached: reached.count) }

  /// As if nothing had been read since; the values that were worked out are kept.
  func restore(_ progress: Progress) {
    notes = progress.notes
    reads.removeLast(reads.count - progress.reads)
    reached.removeLast(reached.count - progress.reached)
  }

  /// All that was met since, in the rules that were read and in those that they read.
  func notes(since progress: Progress) -> Notes {
    var all = notes
    guard memo.hasNotes else { return all }
    var isMet = [Bool](repeating: false, count: memo.entries.count)
    for number in reads[progress.reads...] { isMet[Int(number)] = true }
    // Whatever a rule reads was settled before it.
    for number in isMet.indices.reversed() where isMet[number] {
      if !memo.entries[number].notes.isEmpty {
        all.dismissed += memo.entries[number].notes.dismissed
        all.assumed += memo.entries[number].notes.assumed
      }
      for place in memo.entries[number].reads { isMet[Int(memo.reads[place])] = true }
    }
    return all
  }
}
