public import AnnonaLanguage
public import AnnonaValues

/// Says what a program means for a case: the definition of every value, known, open or in error.
///
/// It reads nothing but the program, the case and the date it is given, and never stops halfway. An evaluator belongs to one thread.
public final class Evaluator {
  /// Whether what is assumed by default counts as known.
  public enum Assumptions: Sendable, Hashable {
    case taken
    /// Only what the law presumes; a default that cites no law is open.
    case onlyTheLaws
  }

  public let program: Program
  public let facts: Case
  /// The date decided for, or the epoch that is examined.
  public let clock: Clock
  public let assumptions: Assumptions
  /// Rules whose value is set for this case.
  public let supposed: [Supposition]
  /// Where it is noted what was exercised, if anybody wants to know.
  package var exercise: Exercise?

  var memo: Memo
  /// Entries of the memo by number, in the order in which they were first needed.
  var reached: [Int32] = []
  /// What was met in what is being read.
  var notes = Notes()
  /// Entries of the memo that what is being read has read, those of the innermost rule last.
  var reads: [Int32] = []
  var generics: [GenericMember] = []
  var genericIndex: [GenericMember: Int32] = [:]

  /// How many expressions and rules are being read within one another, and the rule that must be settled first because they are too many.
  var depth = 0
  var postponed: RuleKey?

  public init(
    _ program: Program, _ facts: Case, during days: Clock.Days,
    assumptions: Assumptions = .taken, suppose: [Supposition] = []
  ) {
    self.program = program
    self.facts = facts
    self.clock = Clock(days)
    self.assumptions = assumptions
    self.supposed = suppose
    memo = Memo(program, facts, Clock(days))
  }

  public convenience init(
    _ program: Program, _ facts: Case, today: CalendarDate, assumptions: Assumptions = .taken,
    suppose: [Supposition] = []
  ) {
    self.init(
      program, facts, during: Clock.Days(today), assumptions: assumptions, suppose: suppose)
  }

  /// A rule's value for an instance of its entity.
  public func value(of rule: RuleID, for instance: Int32 = 0, output: Int? = nil) -> State {
    settle {
      self.value(of: RuleKey(rule: rule, instance: instance, clock: self.clock, output: output))
    }
  }

  /// An expression's value, read with the instance as `this`.
  public func value(of expression: Expression, for instance: Int32 = 0) -> State {
    value(of: expression, in: Scope(rule: nil, instance: instance, clock: clock))
  }

  /// An expression's value where it stands, after all that it relies on, however deep.
  func value(of expression: Expression, in scope: Scope) -> State {
    settle { self.evaluate(expression, scope) }
  }

  // MARK: - Depth

  /// Rules may rely on one another to any depth; beyond this many, the inner one is settled first and the outer read again.
  static let depthLimit = 200

  /// Runs until nothing was postponed.
  func settle<Result>(_ body: () -> Result) -> Result {
    guard depth == 0 else { return body() }
    let before = progress
    var result = body()
    while let first = postponed {
      var stack = [first]
      postponed = nil
      while let key = stack.last {
        _ = value(of: key)
        if let inner = postponed {
          postponed = nil
          stack.append(inner)
        } else {
          stack.removeLast()
        }
      }
      notes = before.notes
      reads.removeLast(reads.count - before.reads)
      result = body()
    }
    return result
  }

  func value(of key: RuleKey) -> State {
    if let found = memo.number(of: key) {
      reads.append(found)
      return memo.state(found)
    }
    guard postponed == nil else { return .error([]) }
    guard depth < Self.depthLimit else {
      postponed = key
      return .error([])
    }
    depth += 1
    let start = reads.count
    let outer = notes
    notes = Notes()
    let state = supposedState(key) ?? read(key)
    let inner = notes
    notes = outer
    depth -= 1
    if postponed == nil {
      let number = memo.add(key, state, inner, reads: reads[start...])
      reads.removeLast(reads.count - start)
      reads.append(number)
      reached.append(number)
      return state
    }
    reads.removeLast(reads.count - start)
    return .error([])
  }

  func fault(
    _ code: Fault.Code, _ scope: Scope, _ span: Span, subject: Fault.Subject = .place,
    on date: CalendarDate? = nil
  ) -> Fault {
    Fault(
      code, rule: scope.rule, instance: scope.instance, span: span,
      date: date ?? scope.clock.today.first, subject: subject)
  }
}

/// A rule's value as set for a case: `household.tier: 3`.
public struct Supposition: Sendable, Hashable {
  public let rule: RuleID
  /// `nil` for every instance of its entity.
  public let instance: Int32?
  public let value: Value

  public init(rule: RuleID, instance: Int32?, value: Value) {
    self.rule = rule
    self.instance = instance
    self.value = value
  }
}

extension Evaluator {
  func supposedState(_ key: RuleKey) -> State? {
    if supposed.isEmpty { return nil }
    return supposition(key.rule, for: key.instance).map { .known($0.value) }
  }

  func supposition(_ rule: RuleID, for instance: Int32) -> Supposition? {
    supposed.last { $0.rule == rule && ($0.instance.map { $0 == instance } ?? true) }
  }
}
