public import AnnonaValues

/// The values that are possible: the specification's one range domain. No connection between two values is ever used.
public struct Domain: Sendable, Hashable {
  /// `nil` when nothing but `null` is possible.
  public var present: Present?
  public var canBeNull: Bool

  /// What is possible of each type.
  public enum Present: Sendable, Hashable {
    case boolean(Truth)
    case number(NumberRange)
    case date(DateRange)
    /// Its first and its last day.
    case period(DateRange, DateRange)
    /// `nil` for any text.
    case text(Set<String>?)
    /// `nil` for any member of a choice with more than 64.
    case choice(Set<Int32>?)
    /// Entities by their index; a negative one stands for any member of a list that was not given.
    case instances(Set<Int32>)
    case list(ListShape)
  }

  /// Sets of texts, choices and instances hold at most so many values one by one.
  static let setLimit = 64

  public init(_ present: Present?, canBeNull: Bool = false) {
    self.present = present
    self.canBeNull = canBeNull
  }

  /// No value at all.
  static let none = Domain(nil)
  static let null = Domain(nil, canBeNull: true)

  /// Exactly this value.
  public init(_ value: Value) {
    switch value {
    case .boolean(let value): self.init(.boolean(Truth(value)))
    case .number(let number): self.init(.number(.exactly(number)))
    case .date(let date): self.init(.date(.exactly(date)))
    case .period(let first, let last): self.init(.period(.exactly(first), .exactly(last)))
    case .text(let text): self.init(.text([text]))
    case .choice(let member): self.init(.choice([member]))
    case .instance(let instance): self.init(.instances([instance]))
    case .list(let values): self.init(.list(ListShape(values)))
    case .null: self = .null
    }
  }

  public var isEmpty: Bool {
    guard !canBeNull else { return false }
    switch present {
    case nil: return true
    case .boolean(let truth): return !truth.canBeTrue && !truth.canBeFalse
    case .text(let texts): return texts?.isEmpty ?? false
    case .choice(let members): return members?.isEmpty ?? false
    case .instances(let instances): return instances.isEmpty
    default: return false
    }
  }

  /// The one value that is possible; `nil` while there are several.
  public var single: Value? {
    guard let present else { return canBeNull ? .null : nil }
    return canBeNull ? nil : present.single
  }

  public func hull(with other: Domain) -> Domain {
    Domain(Present.hull(present, other.present), canBeNull: canBeNull || other.canBeNull)
  }

  /// What is left where `null` was excluded.
  public var withoutNull: Domain { Domain(present) }
}

extension Domain.Present {
  var single: Value? {
    switch self {
    case .boolean(let truth):
      return truth.known.flatMap { truth.canBeTrue || truth.canBeFalse ? .boolean($0) : nil }
    case .number(let range): return range.single.map { .number($0) }
    case .date(let range): return range.single.map { .date($0) }
    case .period(let first, let last):
      guard let first = first.single, let last = last.single else { return nil }
      return .period(first, last)
    case .text(let texts):
      guard let texts, texts.count == 1 else { return nil }
      return texts.first.map { .text($0) }
    case .choice(let members):
      guard let members, members.count == 1 else { return nil }
      return members.first.map { .choice($0) }
    case .instances(let instances):
      guard instances.count == 1, let only = instances.first, only >= 0 else { return nil }
      return .instance(only)
    case .list(let shape): return shape.single
    }
  }

  static func hull(_ one: Self?, _ other: Self?) -> Self? {
    guard let one else { return other }
    guard let other else { return one }
    switch (one, other) {
    case (.boolean(let a), .boolean(let b)): return .boolean(a.hull(with: b))
    case (.number(let a), .number(let b)): return .number(a.hull(with: b))
    case (.date(let a), .date(let b)): return .date(a.hull(with: b))
    case (.period(let a, let b), .period(let c, let d)):
      return .period(a.hull(with: c), b.hull(with: d))
    case (.text(let a), .text(let b)): return .text(union(a, b))
    case (.choice(let a), .choice(let b)): return .choice(union(a, b))
    case (.instances(let a), .instances(let b)): return .instances(a.union(b))
    case (.list(let a), .list(let b)): return .list(a.hull(with: b))
    // The checker has given both one type.
    default: return one
    }
  }

  private static func union<Member>(_ one: Set<Member>?, _ other: Set<Member>?) -> Set<Member>? {
    guard let one, let other else { return nil }
    let union = one.union(other)
    return union.count <= Domain.setLimit ? union : nil
  }
}

extension Domain {
  var truth: Truth {
    if case .boolean(let truth)? = present { return truth }
    return Truth(canBeTrue: false, canBeFalse: false)
  }

  var numbers: NumberRange? {
    if case .number(let range)? = present { return range }
    return nil
  }

  var dates: DateRange? {
    if case .date(let range)? = present { return range }
    return nil
  }

  var list: ListShape? {
    if case .list(let shape)? = present { return shape }
    return nil
  }

  /// Ascending; generic ones, which are negative, first.
  var instances: [Int32] {
    if case .instances(let instances)? = present { return instances.sorted() }
    return []
  }
}
