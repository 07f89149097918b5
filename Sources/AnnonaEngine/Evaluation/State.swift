public import AnnonaValues

/// What an expression comes to: a value, something still open, or an error.
///
/// Giving a fact that was open may turn `open` into `known` or `error` or narrow it, and changes nothing else.
public enum State: Sendable, Hashable {
  case known(Value)
  indirect case open(Possible)
  case error(Faults)
}

extension State {
  /// What an open value can still turn out to be.
  public struct Possible: Sendable, Hashable {
    public var domain: Domain
    /// What has to be given before it is known; empty only where the date itself is a range.
    public var waits: Waits
    /// The faults that it may turn out to be; empty when it cannot fail.
    public var mayFail: Faults

    public init(_ domain: Domain, waits: Waits, mayFail: Faults = []) {
      self.domain = domain
      self.waits = waits
      self.mayFail = mayFail
    }
  }
}

extension State {
  /// The one place where open counts as known: exactly when one value is left and nothing can fail.
  /// Where no value is left, the faults are certain.
  static func settled(_ domain: Domain, waits: Waits, mayFail: Faults = []) -> State {
    if domain.isEmpty { return .error(mayFail) }
    if mayFail.isEmpty, let value = domain.single { return .known(value) }
    return .open(Possible(domain, waits: waits, mayFail: mayFail))
  }

  /// The values that are possible; none for an error.
  public var domain: Domain {
    switch self {
    case .known(let value): Domain(value)
    case .open(let possible): possible.domain
    case .error: .none
    }
  }

  var canBeNull: Bool {
    switch self {
    case .known(let value): value == .null
    case .open(let possible): possible.domain.canBeNull
    case .error: false
    }
  }

  public var waits: Waits {
    if case .open(let possible) = self { return possible.waits }
    return []
  }

  /// What decides whether it fails, as far as is known: all that it waits for, where it may fail at all.
  var waitsOfFailing: Waits { faults.isEmpty ? [] : waits }

  /// The faults that are certain or possible.
  public var faults: Faults {
    switch self {
    case .known: []
    case .open(let possible): possible.mayFail
    case .error(let faults): faults
    }
  }

  public var isError: Bool {
    if case .error = self { return true }
    return false
  }

  public var knownValue: Value? {
    if case .known(let value) = self { return value }
    return nil
  }

  func isKnown(_ value: Value) -> Bool {
    if case .known(value) = self { return true }
    return false
  }

  /// For a boolean: which of true and false is possible.
  var truth: Truth {
    switch self {
    case .known(.boolean(let value)): Truth(value)
    case .open(let possible): possible.domain.truth
    default: Truth(canBeTrue: false, canBeFalse: false)
    }
  }

  func waiting(also waits: Waits, mayFail: Faults = []) -> State {
    switch self {
    case .error: self
    case .known where mayFail.isEmpty: self
    default: .settled(domain, waits: self.waits.union(waits), mayFail: faults.union(mayFail))
    }
  }
}

/// How operations combine the states of what they read.
extension State {
  /// What an operation makes of values that are possible: what it can give, and how it can fail.
  struct Result {
    var domain: Domain
    var mayFail: Faults = []

    init(_ domain: Domain, mayFail: Faults = []) {
      self.domain = domain
      self.mayFail = mayFail
    }
  }

  /// Arithmetic, comparison and everything else that needs all its operands: an error wins, then what is open.
  static func strict(_ operands: [State], _ apply: ([Domain]) -> Result) -> State {
    let errors = operands.filter(\.isError)
    if !errors.isEmpty { return .error(.union(errors.map(\.faults))) }
    let result = apply(operands.map(\.domain))
    return settled(
      result.domain, waits: .union(operands.map(\.waits)),
      mayFail: .union(operands.map(\.faults) + [result.mayFail]))
  }

  /// Whichever of the candidates will apply: the only one is the result, several are merged.
  ///
  /// `waits` and `mayFail` are those of the conditions that decide between them.
  static func merge(
    _ candidates: [State], waits: @autoclosure () -> Waits, mayFail: Faults
  ) -> State {
    if candidates.count == 1, mayFail.isEmpty { return candidates[0] }
    let domain = candidates.reduce(Domain.none) { $0.hull(with: $1.domain) }
    return settled(
      domain, waits: .union(candidates.map(\.waits) + [waits()]),
      mayFail: .union(candidates.map(\.faults) + [mayFail]))
  }

  /// `and`, `or`, `all`, `any`, `some`, `every`, `in`: the deciding value wins in any position, then open, then error.
  struct Deciding {
    /// `false` decides `and`, `true` decides `or`.
    let decidingValue: Bool
    private(set) var isDecided = false
    private var canBeOther = true
    private var canBeDeciding = false
    private var waits: [Waits] = []
    private var faults: [Faults] = []
    /// Errors met before the deciding operand, which then did not matter.
    private(set) var dismissed: [Faults] = []
    private var hasError = false

    init(_ decidingValue: Bool) { self.decidingValue = decidingValue }

    mutating func add(_ operand: State) {
      if isDecided { return }
      switch operand {
      case .known(.boolean(decidingValue)):
        isDecided = true
        dismissed = faults
      case .known: return
      case .error(let found):
        hasError = true
        canBeOther = false
        faults.append(found)
      case .open(let possible):
        let truth = possible.domain.truth
        let (deciding, other) =
          decidingValue ? (truth.canBeTrue, truth.canBeFalse) : (truth.canBeFalse, truth.canBeTrue)
        canBeDeciding = canBeDeciding || deciding
        canBeOther = canBeOther && other
        waits.append(possible.waits)
        faults.append(possible.mayFail)
      }
    }

    var result: State {
      if isDecided { return .known(.boolean(decidingValue)) }
      if canBeOther, !canBeDeciding, faults.isEmpty { return .known(.boolean(!decidingValue)) }
      let truth =
        decidingValue
        ? Truth(canBeTrue: canBeDeciding, canBeFalse: canBeOther)
        : Truth(canBeTrue: canBeOther, canBeFalse: canBeDeciding)
      return .settled(Domain(.boolean(truth)), waits: .union(waits), mayFail: .union(faults))
    }
  }
}
