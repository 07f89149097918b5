import AnnonaLanguage
import AnnonaValues

extension RowReader {
  mutating func value(_ key: UnsafePointer<ScanKey>, row: Int) -> Bool {
    guard at < end else { return false }
    let first = base[at]
    if first == 0x6E, key.pointee.isOptional, word("null") {
      switch key.pointee.kind {
      case .member:
        close(key, row)
        unsay(key.pointee.entity, row: row)
      case .members: return false
      default: set(key.pointee.isAbsent, row, -1)
      }
      return true
    }
    switch key.pointee.kind {
    case .truth:
      if first == 0x74, word("true") { return give(key, row, -1) }
      return first == 0x66 && word("false") && give(key, row, 0)
    case .number: return number(key, row)
    case .date:
      guard let code = date() else { return false }
      return give(key, row, code)
    // Whatever day it is: the case is decided as of the plan's.
    case .today: return date() != nil
    case .choice:
      guard let text = plainText() else { return false }
      let members = table.choices[key.pointee.entity]
      for (index, name) in members.enumerated() where name.count == text.count {
        if name.withUnsafeBufferPointer({ name in
          name.indices.allSatisfy { name[$0] == base[text.lowerBound + $0] }
        }) {
          return give(key, row, Int64(index))
        }
      }
      return false
    case .text:
      guard let text = plainText() else { return false }
      if key.pointee.values.count == 0 { return true }
      let string = String(
        decoding: UnsafeBufferPointer(start: base + text.lowerBound, count: text.count),
        as: UTF8.self)
      return give(key, row, columns.code(ofText: string))
    case .member: return member(key, row)
    case .members: return members(key, row)
    case .strange: return pass()
    case .id, .household, .other: return false
    }
  }

  /// Goes over a plain value that nobody reads; whatever else stands there is left to the reader of cases.
  mutating func pass() -> Bool {
    switch base[at] {
    case 0x22: return plainText() != nil
    case 0x74: return word("true")
    case 0x66: return word("false")
    case 0x30...0x39:
      let start = at
      while at < end, base[at] &- 0x30 < 10 { at += 1 }
      return at == start + 1 || base[start] != 0x30
    default: return false
    }
  }

  @inline(__always)
  func set(_ span: ScanKey.ArraySpan, _ row: Int, _ value: Int64) {
    for position in span.start..<span.start + span.count {
      columnsOfKeys[position].set(row, value)
    }
  }

  @inline(__always)
  func give(_ key: UnsafePointer<ScanKey>, _ row: Int, _ value: Int64) -> Bool {
    guard value >= key.pointee.low, value <= key.pointee.high else { return false }
    set(key.pointee.values, row, value)
    return true
  }

  func close(_ key: UnsafePointer<ScanKey>, _ row: Int) { set(key.pointee.isComplete, row, -1) }

  mutating func word(_ text: StaticString) -> Bool {
    guard end - at > text.utf8CodeUnitCount else { return false }
    for index in 0..<text.utf8CodeUnitCount where base[at + index] != text.utf8Start[index] {
      return false
    }
    at += text.utf8CodeUnitCount
    return true
  }

  /// A JSON number without an exponent, of at most 17 digits; in quotes it means the same.
  @inline(__always)
  mutating func number(_ key: UnsafePointer<ScanKey>, _ row: Int) -> Bool {
    let isQuoted = base[at] == 0x22
    if isQuoted { at += 1 }
    let isNegative = at < end && base[at] == 0x2D
    if isNegative { at += 1 }
    var count: Int64 = 0
    var digits = 0
    let start = at
    while at < end, base[at] &- 0x30 < 10 {
      count = count &* 10 &+ Int64(base[at] &- 0x30)
      digits += 1
      at += 1
    }
    guard digits > 0, digits <= 17, base[start] != 0x30 || digits == 1 else { return false }
    var places = 0
    if at < end, base[at] == 0x2E {
      at += 1
      while at < end, base[at] &- 0x30 < 10 {
        if places < key.pointee.places {
          count = count &* 10 &+ Int64(base[at] &- 0x30)
          digits += 1
        } else if base[at] != 0x30 {
          return false
        }
        places += 1
        at += 1
      }
      guard places > 0 else { return false }
    }
    while places < key.pointee.places {
      count = count &* 10
      digits += 1
      places += 1
    }
    guard digits <= 17, at < end, base[at] != 0x65, base[at] != 0x45 else { return false }
    if isQuoted {
      guard base[at] == 0x22 else { return false }
      at += 1
    }
    // Nothing is below zero by nothing.
    if isNegative, count == 0 { return false }
    return give(key, row, isNegative ? -count : count)
  }

  @inline(__always)
  func pair(_ offset: Int) -> Int64 {
    let (tens, ones) = (base[at + offset] &- 0x30, base[at + offset + 1] &- 0x30)
    return tens < 10 && ones < 10 ? Int64(tens) * 10 + Int64(ones) : 10_000
  }

  @inline(__always)
  mutating func date() -> Int64? {
    guard end - at >= 12, base[at] == 0x22, base[at + 5] == 0x2D, base[at + 8] == 0x2D,
      base[at + 11] == 0x22
    else { return nil }
    let year = pair(1) * 100 + pair(3)
    let (month, day) = (pair(6), pair(9))
    guard year >= 1, year <= 9_999, month >= 1, month <= 12, day >= 1, day <= 31 else {
      return nil
    }
    if day > 28 {
      guard CalendarDate(year: Int(year), month: Int(month), day: Int(day)) != nil else {
        return nil
      }
    }
    at += 12
    return PlanDate.code(Int(year), Int(month), Int(day))
  }

  /// A text of visible ASCII without escapes: where it stands between its quotes.
  mutating func plainText() -> Range<Int>? {
    guard at < end, base[at] == 0x22 else { return nil }
    var close = at + 1
    while close < end, base[close] != 0x22 {
      guard base[close] >= 0x20, base[close] < 0x7F, base[close] != 0x5C else { return nil }
      close += 1
    }
    guard close < end else { return nil }
    let range = at + 1..<close
    at = close + 1
    return range
  }
}
