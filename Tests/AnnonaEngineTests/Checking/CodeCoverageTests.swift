import Foundation
import Testing

/// Every code that the checker and the proofs can emit stands in an expected answer, or in a test beside it.
@Test func everyCodeOfTheCheckerIsAnswered() throws {
  let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  let root = folder.deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  let emitted = try Set(
    texts(in: root.appendingPathComponent("Sources"), ending: ".swift")
      .flatMap { codes(in: $0, between: "\"", and: "\"", letters: "NUPRBT") })
  let answered = try Set(
    texts(in: folder, ending: ".expected").flatMap { codes(in: $0, between: "[", and: "]") }
      + texts(in: folder, ending: "Tests.swift").flatMap {
        codes(in: $0, between: "\"", and: "\"") + codes(in: $0, between: "[", and: "]")
      })
  #expect(emitted.count > 80)
  #expect(emitted.subtracting(answered).sorted() == [], "codes without a faulty rulebook")
  let known = answered.filter { "NUPRBT".contains($0.prefix(1)) }
  #expect(known.subtracting(emitted).sorted() == [], "codes that nothing emits")
}

private func texts(in folder: URL, ending: String) throws -> [String] {
  let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
  var found: [String] = []
  while let file = files?.nextObject() as? URL {
    if file.lastPathComponent.hasSuffix(ending) {
      found.append(try String(contentsOf: file, encoding: .utf8))
    }
  }
  return found
}

/// `N001` and its like between two marks.
private func codes(
  in text: String, between open: String, and close: String, letters: String? = nil
) -> [String] {
  text.components(separatedBy: open).compactMap { part in
    guard open == close ? part.count == 4 : part.dropFirst(4).hasPrefix(close) else { return nil }
    let code = part.prefix(4)
    guard let letter = code.first, letter.isUppercase, code.dropFirst().allSatisfy(\.isNumber)
    else { return nil }
    return letters?.contains(letter) ?? true ? String(code) : nil
  }
}
