import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

extension ExpectedValue {
  /// Whether it says one value, not a range of them.
  var isKnown: Bool {
    switch self {
    case .exactly, .rounded, .near: true
    case .between, .unknown: false
    }
  }

  /// Exactly what is expected, to the last digit, unless the fixture itself says otherwise.
  func matches(_ state: State) -> Bool {
    switch self {
    case .exactly(let value): return state.knownValue == value
    case .rounded(let number, let step, let mode):
      guard case .number(let found)? = state.knownValue else { return false }
      return (try? found.rounded(to: step, mode)) == number
    case .near(let number, let width):
      guard case .number(let found)? = state.knownValue, let distance = try? found - number
      else { return false }
      return distance.magnitude <= width
    case .between(let low, let high):
      guard case .open(let possible) = state, case .number(let range)? = possible.domain.present
      else { return false }
      return range.lower == low && range.upper == high
    case .unknown:
      if case .open = state { return true }
      return false
    }
  }

  func text(_ type: ValueType, _ names: ValueText) -> String {
    func text(_ number: Number) -> String { names.text(.number(number), type) }
    switch self {
    case .exactly(let value): return names.text(value, type)
    case .rounded(let number, let step, let mode):
      let modeText = mode == .halfUp ? "" : " \(mode.rawValue)"
      return "\(text(number)) (to \(step.canonicalText)\(modeText))"
    case .near(let number, let width):
      return "\(text(number)), give or take \(width.canonicalText)"
    case .between(let low?, let high?): return "\(low.canonicalText) to \(text(high))"
    case .between(let low?, nil): return "\(text(low)) or more"
    case .between(nil, let high?): return "\(text(high)) or less"
    case .between(nil, nil): return "any number"
    case .unknown: return "unknown"
    }
  }
}
