extension RandomNumberGenerator {
  package mutating func int(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &self)
  }

  package mutating func chance(_ percent: Int) -> Bool { int(1...100) <= percent }

  package mutating func one<T>(_ values: [T]) -> T { values[int(0...(values.count - 1))] }
}
