public import AnnonaLanguage
public import AnnonaValues

extension Program {
  /// A value's canonical text with its unit, the same on every machine: `182.41 EUR/month`, `25000/3 EUR/year`, `12.5 %`.
  ///
  /// - Parameter ids: How the case names its entities, by index.
  public func text(
    of value: Value, _ type: ValueType, ids: (Int32) -> String = { "\($0)" }
  ) -> String {
    switch value {
    case .boolean(let truth): return truth ? "true" : "false"
    case .number(let number): return text(of: number, type.present)
    case .date(let date): return date.description
    case .period(let first, let last): return "\(first) to \(last)"
    case .text(let text): return text
    case .choice(let member):
      guard case .choice(let choice) = type.present else { return "\(member)" }
      return choices[choice].members[Int(member)].name
    case .instance(let index): return ids(index)
    case .list(let values):
      guard case .list(let element) = type.present else { return "[]" }
      return "[" + values.map { text(of: $0, element, ids: ids) }.joined(separator: ", ") + "]"
    case .null: return "null"
    }
  }

  private func text(of number: Number, _ type: ValueType) -> String {
    guard case .number(let numberType) = type else { return number.canonicalText }
    if numberType.isPercent, let hundredfold = try? number * Number(100) {
      return "\(hundredfold.canonicalText) %"
    }
    if numberType.unit.isDimensionless { return number.canonicalText }
    return "\(number.canonicalText) \(numberType.unit)"
  }
}
