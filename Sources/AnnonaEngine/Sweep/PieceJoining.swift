import AnnonaValues

/// Neighbouring pieces of one function are one piece.
extension Sweep.Piece {
  /// Both as one; `nil` where they differ.
  func joined(with next: Sweep.Piece, _ step: Number) -> Sweep.Piece? {
    guard let content = content(with: next, step) else { return nil }
    return Sweep.Piece(from: from, through: next.through, content: content, turn: next.turn)
  }

  private func content(with next: Sweep.Piece, _ step: Number) -> Content? {
    if content == next.content { return content }
    if case .notDecided(let why) = content, case .notDecided(let other) = next.content {
      return why.isLike(other) ? content : nil
    }
    guard case .amount(let line, let outcome) = content,
      case .amount(let other, let nextOutcome) = next.content, outcome == nextOutcome
    else { return nil }
    if next.agrees(with: line, step) { return content }
    // A piece of a few values, such as one between two staircases, goes with what follows.
    return agrees(with: other, step) ? next.content : nil
  }

  /// So many values are compared one by one.
  private static let fewValues = 12

  /// Whether a function gives all of this piece's amounts.
  private func agrees(with line: SteppedLine, _ step: Number) -> Bool {
    guard let own = self.line else { return false }
    if own.terms == line.terms {
      return own.isEqual(to: line, at: from) && own.isEqual(to: line, at: through)
    }
    guard let count = try? ((through - from) / step).integer, count < Self.fewValues else {
      return false
    }
    return (0...count).allSatisfy { index in
      guard let x = try? from + step * Number(index) else { return false }
      return own.isEqual(to: line, at: x)
    }
  }
}

extension Undecided {
  /// Whether both say the same to a reader: faults at the same places, whatever the dates they were met on.
  fileprivate func isLike(_ other: Undecided) -> Bool {
    guard case .failing(let faults) = self, case .failing(let others) = other else {
      return self == other
    }
    return faults.count == others.count
      && zip(faults, others).allSatisfy { $0.code == $1.code && $0.span == $1.span }
  }
}

extension SteppedLine {
  fileprivate func isEqual(to other: SteppedLine, at x: Number) -> Bool {
    guard let one = try? value(at: x), let another = try? other.value(at: x) else { return false }
    return one == another
  }
}

extension Sweep.Piece.Content {
  /// An amount that is the same at both ends and moves one way only is constant.
  func simplified(from: Number, _ through: Number) -> Self {
    guard case .amount(let line, let outcome) = self, !line.isConstant, line.direction != nil,
      let first = try? line.value(at: from), let last = try? line.value(at: through), first == last
    else { return self }
    return .amount(SteppedLine(first), outcome)
  }
}
