import AnnonaLanguage
import AnnonaValues

/// Rounding a line makes a staircase; rounding a staircase is a shift where its steps are whole steps of the new one.
extension PieceReader {
  func rounded(
    _ reading: Reading, _ rounding: Rounding?, _ scope: PieceScope
  ) throws(Undecided) -> Reading {
    guard let rounding else { return reading }
    let step = try settled(number(rounding.step, scope), scope, rounding.span)
    return try band(reading, scope, rounding.span).map { line throws(Undecided) in
      try self.rounded(line, to: step, rounding.mode, scope, rounding.span)
    }.reading
  }

  func rounded(
    _ line: SteppedLine, to step: Number, _ mode: RoundingMode, _ scope: PieceScope, _ span: Span
  ) throws(Undecided) -> SteppedLine {
    if step.isZero { throw fault(.divisionByZero, scope, span) }
    let step = step.magnitude
    if line.isConstant {
      return SteppedLine(
        try exact(scope, span) { () throws(ArithmeticFault) in
          try line.constant.rounded(to: step, mode)
        })
    }
    if let shift = try shift(of: line, to: step, mode, scope, span) {
      return try exact(scope, span) { () throws(ArithmeticFault) in try line.shifted(by: shift) }
    }
    if line.direction != nil, line.size <= Self.sizeLimit {
      let stair = SteppedLine.Stair(of: line, step: step, mode: mode)
      return SteppedLine(
        slope: .zero, constant: .zero, terms: [SteppedLine.Term(factor: .one, stair: stair)])
    }
    // What goes both ways, or is made of too much, is taken one step of its staircases at a time.
    let plain = try exact(scope, span) { () throws(ArithmeticFault) in try onOneStep(line, scope) }
    return try rounded(plain, to: step, mode, scope, span)
  }

  /// Staircases on staircases are followed up to so many together.
  private static let sizeLimit = 64

  /// Where a line only ever moves by whole steps, rounding moves all its values by one amount; `nil` where it does not.
  private func shift(
    of line: SteppedLine, to step: Number, _ mode: RoundingMode, _ scope: PieceScope, _ span: Span
  ) throws(Undecided) -> Number? {
    let here = try exact(scope, span) { () throws(ArithmeticFault) -> Number? in
      guard try (line.slope * stretch.grid.step).isMultiple(of: step) else { return nil }
      for term in line.terms {
        guard try (term.factor * term.stair.step).isMultiple(of: step) else { return nil }
      }
      return try line.value(at: stretch.x)
    }
    guard let here else { return nil }
    let (shift, isTie) = try exact(scope, span) { () throws(ArithmeticFault) in
      let above = try here - here.rounded(to: step, .floor)
      return (try here.rounded(to: step, mode) - here, try above * Number(2) == step)
    }
    if shift.isZero, here.isMultiple(of: step) { return shift }
    switch mode {
    case .floor, .ceiling: return shift
    case .halfEven: return isTie ? nil : shift
    case .halfUp, .halfDown:
      if isTie { _ = try isSign(of: line, scope, span) { $0 < 0 } }
      return shift
    case .up, .down:
      _ = try isSign(of: line, scope, span) { $0 < 0 }
      return shift
    }
  }
}
