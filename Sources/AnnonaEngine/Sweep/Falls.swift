import AnnonaLanguage
public import AnnonaValues

extension Sweep {
  /// Between two neighbouring values of the fact, more of a difference than slope and rounding on either side explain.
  public struct Jump: Sendable, Hashable {
    /// The last value before it and the first behind it.
    public let last: Number
    public let first: Number
    public let before: Number
    public let after: Number
    public let turn: TurningPoint?
  }

  /// Where whoever has more of the fact ends up with less: the fact and the amount together fall.
  public struct Fall: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
      /// Between two neighbouring values.
      case jump
      /// All the way: for each more, the amount loses more than that.
      case slope
      /// At every step of a staircase, which is so wide.
      case steps(width: Number)
    }

    public let kind: Kind
    /// The last value before it falls, and the first at which it has fallen (of a slope and a staircase: where that ends).
    public let from: Number
    public let through: Number
    /// How much is lost: in the fact's unit, or in the amount's where the two cannot be added.
    public let loss: Number
    /// The first value at which as much is reached again; `nil` where that is not within the sweep, or cannot be said.
    public let recovery: Number?
    public let turn: TurningPoint?
  }

  public var jumps: [Jump] {
    pieces.indices.dropLast().compactMap(jump)
  }

  /// The jump from one piece to the next; `nil` where there is none.
  func jump(after index: Int) -> Jump? {
    let (one, other) = (pieces[index], pieces[index + 1])
    guard let (before, after) = amounts(one, other), isJump(one, other, before, after) else {
      return nil
    }
    return Jump(last: one.through, first: other.from, before: before, after: after, turn: one.turn)
  }

  /// Every fall that is more than the smallest coin, in order; none where the fact is no money.
  public var falls: [Fall] {
    guard let coin else { return [] }
    var found: [Fall] = []
    for (index, piece) in pieces.enumerated() {
      if index > 0, let fall = fall(from: pieces[index - 1], to: index, coin) {
        found.append(fall)
      } else if index > 1, let fall = fall(across: index - 1, coin) {
        found.append(fall)
      }
      found += falls(within: piece, index, coin)
    }
    return found
  }

  /// The smallest coin of the amount, in the unit in which losses are counted; `nil` where the fact is no money.
  private var coin: Number? {
    guard factType.numberType?.unit.currency != nil,
      let coin = type.numberType?.unit.currency.flatMap({ Unit.minorUnit(ofCurrency: $0) })
    else { return nil }
    return try? coin * (toFactUnit ?? .one).magnitude
  }

  private func amounts(_ one: Piece, _ other: Piece) -> (Number, Number)? {
    guard let before = one.line.flatMap({ try? $0.value(at: one.through) }),
      let after = other.line.flatMap({ try? $0.value(at: other.from) })
    else { return nil }
    return (before, after)
  }

  private func isJump(
    _ one: Piece, _ other: Piece, _ before: Number, _ after: Number
  ) -> Bool {
    var explained = Number.zero
    for line in [one.line, other.line].compactMap({ $0 }) {
      guard let rate = line.rate, let slope = try? rate.magnitude * step else { return true }
      var margin = slope
      for term in line.terms {
        guard let height = try? (term.factor * term.stair.step).magnitude,
          let sum = try? margin + height
        else { return true }
        margin = sum
      }
      explained = max(explained, margin)
    }
    guard let difference = try? after - before else { return true }
    return difference.magnitude > explained
  }

  private func fall(from one: Piece, to index: Int, _ coin: Number) -> Fall? {
    let other = pieces[index]
    guard let (before, after) = amounts(one, other), isJump(one, other, before, after) else {
      return nil
    }
    guard let ratio = toFactUnit else {
      guard let loss = try? isCharge ? after - before : before - after, loss > coin else {
        return nil
      }
      return Fall(
        kind: .jump, from: one.through, through: other.from, loss: loss, recovery: nil,
        turn: one.turn)
    }
    guard let level = try? one.through + before * ratio,
      let fallen = try? other.from + after * ratio, let loss = try? level - fallen, loss > coin
    else { return nil }
    return Fall(
      kind: .jump, from: one.through, through: other.from, loss: loss,
      recovery: recovery(of: level, from: index, other.from), turn: one.turn)
  }

  /// Somewhere within a range that is not decided, if less is left behind it than before it.
  private func fall(across index: Int, _ coin: Number) -> Fall? {
    let (one, other) = (pieces[index - 1], pieces[index + 1])
    guard case .notDecided = pieces[index].content, let (before, after) = amounts(one, other),
      let ratio = toFactUnit, let level = try? one.through + before * ratio,
      let fallen = try? other.from + after * ratio, let loss = try? level - fallen, loss > coin
    else { return nil }
    return Fall(
      kind: .jump, from: one.through, through: other.from, loss: loss,
      recovery: recovery(of: level, from: index + 1, other.from), turn: pieces[index].turn)
  }

  private func falls(within piece: Piece, _ index: Int, _ coin: Number) -> [Fall] {
    guard let line = piece.line, let ratio = toFactUnit, !line.isConstant, let rate = line.rate,
      let net = try? .one + rate * ratio
    else { return [] }
    if net.isNegative {
      guard let level = try? piece.from + line.value(at: piece.from) * ratio,
        let end = try? piece.through + line.value(at: piece.through) * ratio,
        let loss = try? level - end, loss > coin
      else { return [] }
      return [
        Fall(
          kind: .slope, from: piece.from, through: piece.through, loss: loss,
          recovery: recovery(of: level, from: index, piece.through), turn: piece.turn)
      ]
    }
    return line.terms.compactMap { term in
      guard let slope = term.stair.of.rate, term.factor.sign * slope.sign * ratio.sign < 0,
        let loss = try? (term.factor * term.stair.step * ratio).magnitude,
        loss > max(coin, step),
        let width = try? (term.stair.step / slope).magnitude, width > step
      else { return nil }
      return Fall(
        kind: .steps(width: width), from: piece.from, through: piece.through, loss: loss,
        recovery: nil, turn: piece.turn)
    }
  }
}

/// Where as much as before is reached again.
extension Sweep {
  /// Staircases are followed for so many steps.
  private static let segmentLimit = 10_000

  private func recovery(of level: Number, from index: Int, _ start: Number) -> Number? {
    var segments = 0
    for piece in pieces[index...] {
      guard let line = piece.line, let ratio = toFactUnit,
        let grid = SweepGrid(from: max(start, piece.from), through: piece.through, step)
      else { return nil }
      func isReached(_ x: Number) throws(ArithmeticFault) -> Bool {
        try x + line.value(at: x) * ratio >= level
      }
      // Between the steps of its staircases what is left is a line, so that its ends say whether it gets there.
      var at = 0
      while at < grid.count {
        segments += 1
        guard segments <= Self.segmentLimit,
          let stretch = try? ValueStretch(grid, from: at),
          let found = try? first(in: stretch, line, isReached)
        else { return nil }
        if let x = found.x { return x }
        at = found.last + 1
      }
    }
    return nil
  }

  /// The first value of a stretch that gets there, and where its staircases leave their steps.
  private func first(
    in stretch: ValueStretch, _ line: SteppedLine,
    _ isReached: (Number) throws(ArithmeticFault) -> Bool
  ) throws(ArithmeticFault) -> (x: Number?, last: Int) {
    if try isReached(stretch.x) { return (stretch.x, stretch.index) }
    let place = TurningPoint(rule: nil, citations: [], span: Span(file: 0, start: 0, end: 0))
    for term in line.terms {
      let here = try term.stair.value(at: stretch.x)
      try stretch.narrow(place) { x throws(ArithmeticFault) in
        try term.stair.value(at: x) == here
      }
    }
    let last = stretch.high
    try stretch.narrow(place) { x throws(ArithmeticFault) in try !isReached(x) }
    if stretch.high == last { return (nil, last) }
    return (try stretch.grid.value(stretch.high + 1), last)
  }
}

extension SweepGrid {
  fileprivate init?(from first: Number, through last: Number, _ step: Number) {
    guard first <= last, let count = try? ((last - first) / step).integer else { return nil }
    self.init(first: first, step: step, count: count + 1)
  }
}
