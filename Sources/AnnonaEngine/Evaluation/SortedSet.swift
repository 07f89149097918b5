/// A set kept in ascending order, so that nothing printed from it depends on hashing.
public struct SortedSet<Element: Sendable & Hashable & Comparable>: Sendable, Hashable {
  public private(set) var elements: [Element]

  public init() { elements = [] }

  public init(_ element: Element) { elements = [element] }

  public init(_ many: [Element]) {
    elements = []
    for element in many.sorted() where elements.last != element { elements.append(element) }
  }

  public var isEmpty: Bool { elements.isEmpty }
  public var count: Int { elements.count }

  public func union(_ other: Self) -> Self {
    if other.isEmpty || self == other { return self }
    if isEmpty { return other }
    return Self(elements + other.elements)
  }

  public static func union(_ sets: [Self]) -> Self {
    let filled = sets.filter { !$0.isEmpty }
    guard filled.count > 1 else { return filled.first ?? Self() }
    return Self(filled.flatMap(\.elements))
  }

  public func contains(_ element: Element) -> Bool {
    var low = 0
    var high = elements.count
    while low < high {
      let middle = (low + high) / 2
      if elements[middle] == element { return true }
      if elements[middle] < element { low = middle + 1 } else { high = middle }
    }
    return false
  }
}

extension SortedSet: ExpressibleByArrayLiteral {
  public init(arrayLiteral elements: Element...) { self.init(elements) }
}

extension SortedSet: Sequence {
  public func makeIterator() -> IndexingIterator<[Element]> { elements.makeIterator() }
}
