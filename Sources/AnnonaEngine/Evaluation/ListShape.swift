import AnnonaValues

/// What is known of a list: its elements, each certain or possibly there, and how many more there may be.
public struct ListShape: Sendable, Hashable {
  public struct Element: Sendable, Hashable {
    public var value: Domain
    /// What the value waits for.
    public var waits: Waits
    /// Faults that the value may turn out to be.
    public var mayFail: Faults
    /// Whether it is certainly in the list.
    public var isCertain: Bool
    /// What it waits for to be in the list or not.
    public var presenceWaits: Waits

    /// As one that is there; how it may fail belongs to the list.
    var state: State { .settled(value, waits: waits) }

    public init(
      _ value: Domain, waits: Waits = [], mayFail: Faults = [], isCertain: Bool = true,
      presenceWaits: Waits = []
    ) {
      self.value = value
      self.waits = waits
      self.mayFail = mayFail
      self.isCertain = isCertain
      self.presenceWaits = presenceWaits
    }
  }

  /// The further elements of a list that was not given, all alike.
  public struct Rest: Sendable, Hashable {
    public var value: Domain
    public var waits: Waits
    public var mayFail: Faults
    public var minimum: Int
    /// `nil` for no limit.
    public var maximum: Int?

    var state: State { .settled(value, waits: waits) }

    public init(
      _ value: Domain, waits: Waits, mayFail: Faults = [], minimum: Int, maximum: Int?
    ) {
      self.value = value
      self.waits = waits
      self.mayFail = mayFail
      self.minimum = minimum
      self.maximum = maximum
    }
  }

  public var elements: [Element]
  public var rests: [Rest]
  /// Whether the elements stand in the order they have in the list.
  public var isOrdered: Bool

  public init(_ elements: [Element], rests: [Rest] = [], isOrdered: Bool = true) {
    self.elements = elements
    self.rests = rests
    self.isOrdered = isOrdered
  }

  init(_ values: [Value]) {
    self.init(values.map { Element(Domain($0)) })
  }

  /// All of the values, where nothing is open.
  var single: Value? {
    guard isOrdered, rests.isEmpty else { return nil }
    var values: [Value] = []
    for element in elements {
      guard element.isCertain, element.mayFail.isEmpty, let value = element.value.single else {
        return nil
      }
      values.append(value)
    }
    return .list(values)
  }

  /// How many elements there can be.
  var size: NumberRange {
    let certain = elements.count { $0.isCertain } + rests.reduce(0) { $0 + $1.minimum }
    var most: Int? = elements.count
    for rest in rests { most = most.flatMap { sum in rest.maximum.map { sum + $0 } } }
    return .integers(from: certain, through: most) ?? .counts
  }

  var canBeEmpty: Bool {
    !elements.contains(where: \.isCertain) && rests.allSatisfy { $0.minimum == 0 }
  }

  /// What decides how many there are.
  var sizeWaits: Waits {
    .union(elements.filter { !$0.isCertain }.map(\.presenceWaits) + rests.map(\.waits))
  }

  var allWaits: Waits {
    .union(elements.flatMap { [$0.waits, $0.presenceWaits] } + rests.map(\.waits))
  }

  var allFaults: Faults { .union(elements.map(\.mayFail) + rests.map(\.mayFail)) }

  /// Either of two lists: elements like any of theirs, as many as either can have.
  func hull(with other: ListShape) -> ListShape {
    if self == other { return self }
    let sizes = size.hull(with: other.size)
    let all = elements + other.elements
    let values = (all.map(\.value) + (rests + other.rests).map(\.value)).reduce(Domain.none) {
      $0.hull(with: $1)
    }
    guard !values.isEmpty else { return self }
    let rest = Rest(
      values, waits: allWaits.union(other.allWaits), mayFail: allFaults.union(other.allFaults),
      minimum: sizes.lower?.integer ?? 0, maximum: sizes.upper?.integer)
    return ListShape([], rests: [rest], isOrdered: false)
  }
}
