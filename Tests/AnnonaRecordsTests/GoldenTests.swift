import Annona
import Foundation
import Support
import Testing

@testable import AnnonaRecords

/// What one rulebook means, and the record of one decision under it, stay what they were, so that no change of either goes
/// unnoticed.
///
/// Where this fails, ask whether an existing rulebook could decide a case otherwise than before. If so, raise
/// `EngineVersion.semantics`, and star the change in `CHANGELOG.md`: else years of records would be called `outcome differs`
/// where it is the language that changed. If only the form of programs or records changed, records of this version of the
/// engine are still verified, since the hash of the program counts for the engine that made it. Then run with
/// `ANNONA_UPDATE=1`, which writes the file anew and fails, and read the difference.
@Suite struct GoldenTests {
  @Test func meansWhatItMeant() throws {
    let recorded = try Grant.rulebook()
    let found = """
      semantics \(EngineVersion.semantics)
      program \(recorded.program)
      record \(try Grant.record(under: recorded).id)

      """
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Golden/grant.txt")
    if isRecording {
      try found.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("recorded grant.txt: read it and run again without ANNONA_UPDATE")
      return
    }
    let wanted = try String(contentsOf: file, encoding: .utf8)
    #expect(
      found == wanted,
      "a program or its record has other bytes: see the comment of this suite before recording it")
  }
}
