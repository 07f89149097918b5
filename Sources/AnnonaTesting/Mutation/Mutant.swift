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

  package let change: Change
  /// `household.tier, row_1: 10_000 becomes 10_000.01`
  package let name: String
  package let span: Span
  package let program: Program
}

/// A part of a program changed in one way.
struct Variant<Part> {
  let change: Mutant.Change
  /// What becomes of it, in words.
  let words: String
  let span: Span
  let part: Part

  func map<Whole>(_ rebuild: (Part) -> Whole) -> Variant<Whole> {
    Variant<Whole>(change: change, words: words, span: span, part: rebuild(part))
  }
}
