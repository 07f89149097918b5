import AnnonaValues
import Support

extension SeededRandom {
  mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  mutating func one<T>(of values: [T]) -> T { values[int(0...(values.count - 1))] }

  /// A word of any size, often at the edges.
  mutating func word() -> Int {
    switch int(0...7) {
    case 0: one(of: [0, 1, -1, Int.max, Int.min, Int.max - 1, Int.min + 1])
    case 1, 2, 3: int(-1000...1000)
    case 4, 5: int(-(1 << 33)...(1 << 33))
    default: Int(truncatingIfNeeded: next())
    }
  }

  /// Numbers such as amounts and shares.
  mutating func modest() throws -> Number {
    try Number(int(-2000...2000), over: one(of: [1, 1, 1, 2, 3, 8, 10, 100, 100]))
  }
}

/// A number from its text, for tables of cases.
func number(_ text: String) throws -> Number {
  try Number.parse(text).get()
}

func date(_ text: String) throws -> CalendarDate {
  guard let date = CalendarDate(text: text) else { throw DateFault.outOfRange }
  return date
}
