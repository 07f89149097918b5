import AnnonaLanguage
import AnnonaValues

/// Where an expression is read: for whom, as of when, with which variables.
struct Scope {
  /// The rule that is being read; `nil` for an expression of a benefit.
  var rule: RuleID?
  var instance: Int32
  var clock: Clock
  /// Loop variables and a function's arguments, by slot.
  var locals: [Local?] = []
  /// In an exception: the rule's value without it.
  var base: Deferred?
  /// How deep functions have called one another.
  var callDepth = 0

  enum Local {
    case state(State)
    /// A function's argument, by need.
    case deferred(Deferred)
  }

  func binding(_ slot: Int, to local: Local) -> Scope {
    var inner = self
    while inner.locals.count <= slot { inner.locals.append(nil) }
    inner.locals[slot] = local
    return inner
  }

  func binding(_ slot: Int, to state: State) -> Scope { binding(slot, to: .state(state)) }
}

/// A value that is worked out when first needed, and once.
final class Deferred {
  private var compute: (() -> State)?
  private var computed: State?

  init(_ compute: @escaping () -> State) { self.compute = compute }

  var state: State {
    if let computed { return computed }
    let state = compute?() ?? .error([])
    computed = state
    compute = nil
    return state
  }
}
