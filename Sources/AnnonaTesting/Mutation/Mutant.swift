import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// One small change of a rulebook that its fixtures should notice.
package struct Mutant: Sendable {
  package enum Change: String, Sendable, Hashable, CaseIterable {
    case rowRemoved = "row or branch removed"
    case conditionDropped = "condition dropped"
    case alternativeDropped = "alternative dropped"
    case boundaryMoved = "boundary moved"
    case comparisonTurned = "comparison turned"
    case constantChanged = "constant changed by one unit"
    case dateMoved = "date moved by a day"
    case connective = "and and or exchanged"
    case quantifier = "some and every exchanged"
    case aggregate = "aggregate exchanged"
    case limitRemoved = "cap or floor removed"
    case rounding = "rounding changed"
    case exceptionRemoved = "exception removed"
    case exceptionAlways = "exception made unconditional"
    case previousFigure = "previous figure kept"
  }

  /// The part of a program that is another one.
  enum Edit: Sendable {
    case rule(RuleID, Rule)
    case function(FunctionID, Function)
    case benefit(BenefitID, Benefit)
    /// The entries that no longer hold as they did.
    case parameter(ParameterID, Parameter, entries: Set<CalendarDate>)
  }

  package let change: Change
  /// `household.tier: row_1: `10_000` as `10_000.01``
  package let name: String
  package let span: Span
  let edit: Edit
  /// How it might be proved that nothing changes.
  let question: MutantQuestion?

  /// The rulebook with the change.
  func program(from program: Program) -> Program {
    var changed = program
    switch edit {
    case .rule(let id, let rule): changed.rules[id] = rule
    case .function(let id, let function): changed.functions[id] = function
    case .benefit(let id, let benefit): changed.benefits[id] = benefit
    case .parameter(let id, let parameter, _): changed.parameters[id] = parameter
    }
    return changed
  }
}

/// What is to be proved of a mutant that no fixture notices.
enum MutantQuestion: Sendable {
  case equivalence(EquivalenceQuestion, EquivalenceProof.Place)
  /// Settled where the mutant was made.
  case settled(EquivalenceGround)
}

/// A part of a program changed in one way.
struct Variant<Part> {
  let change: Mutant.Change
  /// What becomes of it, in words.
  let words: String
  let span: Span
  let part: Part
  var question: EquivalenceQuestion?
  /// The only day on which the change can show, for a date that was moved.
  var day: CalendarDate?

  func map<Whole>(_ rebuild: (Part) -> Whole) -> Variant<Whole> {
    Variant<Whole>(
      change: change, words: words, span: span, part: rebuild(part), question: question, day: day)
  }

  func asking(_ question: EquivalenceQuestion?) -> Variant {
    var variant = self
    variant.question = question
    return variant
  }
}
