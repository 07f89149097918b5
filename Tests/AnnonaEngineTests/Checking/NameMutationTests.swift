import AnnonaLanguage
import Support
import Testing

/// A slip of the keyboard in a name of a good rulebook is never met with silence: what is declared under one name is then
/// used under another. Nor does it trap, and every finding points at text of the files.
@Test(arguments: GoodRulebook.all)
func slipsInNamesAreReported(_ rulebook: GoodRulebook) throws {
  let words = rulebook.files.enumerated().flatMap { index, file in
    names(in: file).map {
      (file: index, range: $0, text: String(decoding: file.bytes[$0], as: UTF8.self))
    }
  }
  var counts: [String: Int] = [:]
  for word in words { counts[word.text, default: 0] += 1 }
  var random = SlipGenerator(state: 20_251_121)
  for round in 0..<200 {
    let word = words[Int(random.next() % UInt64(words.count))]
    let offset = word.range.lowerBound + Int(random.next() % UInt64(word.range.count))
    var bytes = rulebook.files[word.file].bytes
    let old = bytes[offset]
    bytes[offset] = UInt8(ascii: "a") + UInt8(random.next() % 26)
    guard bytes[offset] != old else { continue }
    var files = rulebook.files
    files[word.file] = SourceFile(path: files[word.file].path, bytes: bytes)
    let found = checked(rulebooks(in: files)).diagnostics
    let slip = String(decoding: bytes[word.range], as: UTF8.self)
    let place = "\(rulebook), seed 20251121, round \(round): \(slip) for \(word.text)"
    for finding in found {
      let length = files[Int(finding.span.file)].bytes.count
      #expect(finding.span.start >= 0 && finding.span.end <= length, "\(place)")
      #expect(finding.span.start <= finding.span.end, "\(place)")
    }
    // A name that stands once is declared for the outside: a benefit's, a rulebook's.
    if counts[word.text, default: 0] > 1, counts[slip] == nil {
      #expect(!found.isEmpty, "\(place)")
    }
  }
}

/// The places of the words of a file that are no text for people.
private func names(in file: SourceFile) -> [Range<Int>] {
  let forPeople = ["title:", "cites:", "met:", "unmet:", "unverified:", "rulebook:", "pattern:"]
  // The only output of a table is the rule itself, whatever its column is called.
  let freelyNamed = ["|| value"]
  var places: [Range<Int>] = []
  for line in file.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
    let text = String(decoding: line, as: UTF8.self)
    if !(forPeople + freelyNamed).contains(where: text.contains) {
      var word: Int?
      for index in line.startIndex...line.endIndex {
        let isLetter = index < line.endIndex && isNameByte(line[index])
        if isLetter, word == nil { word = index }
        if !isLetter, let from = word {
          if index - from > 2 { places.append(from..<index) }
          word = nil
        }
      }
    }
  }
  return places
}

private func isNameByte(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
}

private struct SlipGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }
}
