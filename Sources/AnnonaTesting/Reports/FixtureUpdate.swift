import AnnonaLanguage

/// Writes what came out in place of what was expected, and marks it as recorded, so that every later report counts it as unsourced.
///
/// What has a source of its own, was derived, or stands in a table is left as it is.
package struct FixtureUpdate {
  /// A file with its new bytes, and the lines that differ.
  package struct Changed: Sendable {
    package let path: String
    package let bytes: [UInt8]
    package let difference: [String]
  }

  package init() {}

  package func changes(_ run: SuiteRun) -> [Changed] {
    var edits: [Int32: [(text: String, at: Written)]] = [:]
    for failure in run.failed.flatMap(\.failures) {
      guard let recording = failure.recording else { continue }
      edits[recording.at.span.file, default: []].append(recording)
    }
    return edits.keys.sorted().map { index in
      let file = run.suite.files[Int(index)]
      var bytes = file.bytes
      // From the end on, so that the places before stay where they are.
      for edit in (edits[index] ?? []).sorted(by: { $0.at.span.start > $1.at.span.start }) {
        let span = edit.at.span
        let text = replacement(edit.text, edit.at, file.bytes)
        bytes.replaceSubrange(Int(span.start)..<Int(span.end), with: Array(text.utf8))
      }
      return Changed(
        path: file.path, bytes: bytes, difference: difference(file.bytes, bytes, file.path))
    }
  }

  private func replacement(_ value: String, _ place: Written, _ bytes: [UInt8]) -> String {
    if place.isMarked { return value }
    let line = bytes[..<Int(place.span.start)].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let before = String(decoding: bytes[line..<Int(place.span.start)], as: UTF8.self)
    let key = before.split(whereSeparator: { " {,".contains($0) }).last.map(String.init) ?? ""
    guard key == "value:" || key == "amount:" else {
      return "{ value: \(value), basis: recorded }"
    }
    if before.contains("{") { return "\(value), basis: recorded" }
    let indent = before.prefix { $0 == " " }
    return "\(value)\n\(indent)basis: recorded"
  }

  private func difference(_ old: [UInt8], _ new: [UInt8], _ path: String) -> [String] {
    let (before, after) = (lines(old), lines(new))
    var shown: [(line: Int, order: Int, text: String)] = []
    for change in after.difference(from: before) {
      switch change {
      case .remove(let line, let text, _): shown.append((line, 0, "\(line + 1) - \(text)"))
      case .insert(let line, let text, _): shown.append((line, 1, "\(line + 1) + \(text)"))
      }
    }
    let sorted = shown.sorted { ($0.line, $0.order) < ($1.line, $1.order) }
    return ["--- \(path)"] + sorted.map(\.text)
  }

  private func lines(_ bytes: [UInt8]) -> [String] {
    String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
  }
}
