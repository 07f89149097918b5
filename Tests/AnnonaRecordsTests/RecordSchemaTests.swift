import AnnonaLanguage
import AnnonaRecords
import Foundation
import Support
import Testing

/// The published schema accepts every record, and nothing beside it.
@Suite("Schema of records")
struct RecordSchemaTests {
  private func schema() throws -> SchemaCheck {
    let text = try packageFolder.text("Schemas/record.schema.json")
    return SchemaCheck(try #require(JSONValue(reading: Array(text.utf8))))
  }

  private func problems(_ record: Record) throws -> [String] {
    let source = SourceFile(path: "record.json", bytes: record.bytes)
    return try schema().problems(of: try #require(readJSON(source, index: 0).0))
  }

  @Test(arguments: [
    "", "household.income=declined", "household.income=2_000", "household.home=unknown",
    "household.children=unknown", "household.salary=unknown", "household.resident=false",
  ])
  func acceptsRecords(_ setting: String) throws {
    let record = try Grant.record(setting: setting.isEmpty ? [] : [setting])
    #expect(try problems(record) == [])
    let sealed = try Grant.record(secret: Grant.secret)
    #expect(try problems(sealed) == [])
  }

  @Test(arguments: [
    "01-newborn pt/abono_de_familia", "07-referred pt/abono_de_familia", "14-disaster us/fema_ihp",
    "12-allocations-familiales fr/allocations_familiales",
  ])
  func acceptsDecisionsByRealLaw(_ example: String) throws {
    let words = example.split(separator: " ")
    let run = annona(
      "decide Rules/\(words[1]) Examples/\(words[0])/household.yaml --record -")
    #expect(run.status == 0)
    let record = try Record(reading: Array(run.output.utf8))
    #expect(try problems(record) == [])
  }

  @Test func refusesWhatIsNoRecord() throws {
    let node = try #require(
      readJSON(SourceFile(path: "a.json", text: #"{"record": "x", "extra": 1}"#), index: 0).0)
    let found = try schema().problems(of: node)
    #expect(found.contains("extra is unknown"))
    #expect(found.contains("seal is missing"))
  }
}
