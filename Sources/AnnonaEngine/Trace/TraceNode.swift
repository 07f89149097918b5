public import AnnonaLanguage
public import AnnonaValues

/// One step of a trace: what a rule, an expression, a fact or a figure comes to, and from what.
///
/// The tree says what the rules mean, in source order, whatever an evaluator happened to run.
public struct TraceNode: Sendable {
  public enum Kind: Sendable, Hashable {
    case rule(RuleID, Int32)
    case fact(FactID, Int32)
    case members(PlaceID, Int32)
    case parameter(ParameterID)
    /// The case's own date, or the one that was moved to.
    case today
    /// A part of a formula: an operation, with the words it was written with in `span`.
    case operation
    case constant
    /// One element of a list that was gone through.
    case element(Int32?)
    /// A row of a table, an exception, a branch of `cases`, the base: something that could have given the value; a scale's bracket gives a part of it.
    case candidate(Candidate)
    /// A rule's last step.
    case rounding(RoundingMode)
  }

  public enum Candidate: String, Sendable, Hashable {
    case row, branch, exception, base, bracket
  }

  /// What became of a candidate, or of an operand.
  public enum Role: Sendable, Hashable {
    case operand
    /// It gave the value.
    case fired
    /// It may yet.
    case possible
    /// Its condition does not hold.
    case didNotApply
    /// Something before it had already decided, or no branch led to it.
    case notReached(after: String)
    /// An exception took its place, by name.
    case displaced(by: Fault.Rival)
  }

  public internal(set) var kind: Kind
  /// Stable: rule, instance, date if it is not the case's, and the position in the rule: `person/maria.age#0.1`.
  public internal(set) var id: String
  public internal(set) var title: LocalizedText
  /// A row's, exception's or branch's name.
  public internal(set) var name: String?
  /// `nil` for what was not reached.
  public internal(set) var state: State?
  public internal(set) var type: ValueType
  public internal(set) var role: Role = .operand
  public internal(set) var citations: [Citation] = []
  public internal(set) var span: Span
  public internal(set) var children: [TraceNode] = []
  /// Whether the same node stands earlier in the tree, with its operands.
  public internal(set) var isRepeated = false
  /// Whether the value of the step that it is part of rests on it.
  public internal(set) var carries = true
  /// For a choice by order: who could as well have been chosen, had the case named them in another order.
  public internal(set) var ties: [String] = []
  /// For a figure or a version of a rule: the days on which it holds.
  public internal(set) var validity: InForce?
  /// For a fact: what the case says of it, and from where.
  public internal(set) var given: FactState?
  public internal(set) var origin: Origin?
  /// The rule's value was set for this case.
  public internal(set) var isSupposed = false
  /// The fact does not vary and was read as of another date than the case's.
  public internal(set) var isReadAsGiven = false

  /// The node of an id, in this tree.
  package func node(_ id: String) -> TraceNode? {
    if self.id == id { return self }
    for child in children {
      if let found = child.node(id) { return found }
    }
    return nil
  }

  init(
    _ kind: Kind, id: String, title: LocalizedText = .init(), state: State?, type: ValueType,
    span: Span
  ) {
    self.kind = kind
    self.id = id
    self.title = title
    self.state = state
    self.type = type
    self.span = span
  }
}
