import Annona
import AnnonaRecords
import Foundation
import Support
import Testing

@Suite struct BatchCommandTests {
  private let programme =
    "batch Benchmarks/programme Benchmarks/programme/households.ndjson --id household_id --member-id person_id"

  /// The awards of the reference programme, in cents, by date.
  private func awards(_ date: String) throws -> [Int] {
    let rows = try packageFolder.text("Benchmarks/programme/awards.csv").split(separator: "\n")
      .map { $0.split(separator: ",") }
    let column = try #require(rows[0].firstIndex { $0 == date })
    return rows.dropFirst().compactMap { Int($0[column]) }
  }

  @Test(arguments: ["2023-07-01", "2024-07-01", "2025-07-01"])
  func theReferenceProgrammePaysToTheCent(date: String) throws {
    let run = annona(programme + " --today \(date)")
    #expect(run.status == 0)
    let awards = try awards(date)
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == awards.count)
    for (index, (line, award)) in zip(lines, awards).enumerated() {
      let amount = award == 0 ? "" : ",\"amount\":\"\(euros(award)) EUR\""
      let outcome = award == 0 ? "not_entitled" : "entitled"
      #expect(
        line
          == "{\"id\":\(index + 1),\"decisions\":[{\"benefit\":\"allowance\",\"outcome\":\"\(outcome)\"\(amount)}]}"
      )
    }
    #expect(
      run.problems.hasPrefix("60 rows: 60 decided in columns, 0 by the plain evaluator, 0 faulty\n")
    )
  }

  /// Without zeros at the end.
  private func euros(_ cents: Int) -> String {
    let (whole, rest) = (cents / 100, cents % 100)
    if rest == 0 { return "\(whole)" }
    return rest % 10 == 0 ? "\(whole).\(rest / 10)" : "\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }

  @Test func everyWayGivesTheSameBytes() {
    let run = annona(programme + " --today 2024-07-01")
    #expect(annona(programme + " --today 2024-07-01 --jobs 3").output == run.output)
    #expect(annona(programme + " --today 2024-07-01 --plain").output == run.output)
  }

  @Test(arguments: ["ndjson", "csv"])
  func aRunThatWasKilledGoesOn(format: String) throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("decisions")
      let command = programme + " --today 2024-07-01 --format \(format) --out \(file.path)"
      let first = annona(command)
      #expect(first.status == 0)
      let whole = try Data(contentsOf: file)
      for count in [0, 1, 500, whole.count - 1, whole.count] {
        try whole.prefix(count).write(to: file)
        let run = annona(command + " --resume")
        #expect(run.status == 0)
        #expect(try Data(contentsOf: file) == whole, "after \(count) bytes")
        let before = whole.prefix(count).count { $0 == 0x0A }
        let said = before == 0 ? "" : "lines that had been written before: \(before)\n"
        #expect(run.problems == said + first.problems)
      }
    }
  }

  /// Amounts of two laws, or of two dates, must never stand in one file.
  @Test func aFileOfAnotherRunIsLeftAsItIs() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("decisions.ndjson")
      let command = programme + " --out \(file.path)"
      #expect(annona(command + " --today 2024-07-01").status == 0)
      let whole = try Data(contentsOf: file)
      let run = annona(command + " --today 2025-07-01 --resume")
      #expect(run.status == 64)
      #expect(
        run.problems.hasSuffix(
          "is not what this run gives, so another one wrote it; nothing was changed\n"))
      #expect(try Data(contentsOf: file) == whole)
      // One that goes on behind the run's end is another one's too.
      try (whole + Data("{}\n".utf8)).write(to: file)
      let longer = annona(command + " --today 2024-07-01 --resume")
      #expect(longer.status == 64)
      #expect(longer.problems.contains("line 61 is not what this run gives"))
    }
  }

  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "annona-batch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  @Test func readsAndWritesCSV() throws {
    let csv = """
      id,ratepayer_on_1_july,lived_here_on_1_july,rates,income,super_gold_card,dependants,dependants.1.name
      a,true,true,2300.00,30000.00,false,{},
      "b, c",true,true,2300.00,unknown,false,,Rua
      d,true,maybe,2300.00,30000,false,{},

      e,true,true,2300.00,30000,false,{},,
      f,true,true,2300.00,30000,false,"{},
      "g",true,true,"2300.00",30000,false,{},Rua
      "h ""i"" j",true,true,2300.00,unknown,false,,Rua\r
      """
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "annona-batch-\(ProcessInfo.processInfo.processIdentifier).csv")
    try csv.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let run = annona("batch Rules/nz/rates_rebate \(file.path) --today 2025-07-01 --format csv")
    #expect(
      run.output == """
        id,benefit,for,outcome,amount,detail
        a,rates_rebate,,entitled,805 NZD/year,
        "b, c",rates_rebate,,undetermined,,household.income
        d,,,error,,F012: `household.lived_here_on_1_july` must be `true` or `false`
        e,,,error,,the row has more cells than the first line has columns
        f,,,error,,"a quote in the row does not end, or does not end its cell"
        g,,,error,,Y018: `dependants` is written twice on the same level
        "h ""i"" j",rates_rebate,,undetermined,,household.income

        """)
    #expect(
      run.problems == """
        7 rows: 1 decided in columns, 2 by the plain evaluator, 4 faulty
          faults: 1 F012; 1 Y018; 1 a quote in the row does not end, or does not end its cell; 1 the row has more cells than the first line has columns
        rates_rebate: 2 undetermined, 1 entitled; 805 NZD/year in all
          waits for: 2 household.income
        \(try hash(of: "Rules/nz/rates_rebate"))
        decisions: \(Digest(of: run.output.utf8))

        """)
    #expect(
      annona("batch Rules/nz/rates_rebate \(file.path) --today 2025-07-01").output.hasPrefix(
        "{\"id\":\"a\",\"decisions\":[{\"benefit\":\"rates_rebate\",\"outcome\":\"entitled\","))
  }

  /// As the summary says it: of the rulebook's files as they are.
  private func hash(of path: String) throws -> String {
    let rulebook = try #require(try Rulebook.load(at: path).rulebook)
    return RecordedRulebook(rulebook).editions.map { "\($0.id): \($0.digest)" }
      .joined(separator: "\n")
  }

  @Test func hashesAreThoseOfTheFiles() throws {
    let run = annona(programme + " --today 2024-07-01 --hash-rows")
    let rows = try packageFolder.text("Benchmarks/programme/households.ndjson")
    #expect(
      run.problems == """
        60 rows: 60 decided in columns, 0 by the plain evaluator, 0 faulty
        allowance: 36 not_entitled, 24 entitled; 6736.98 EUR in all
        \(try hash(of: "Benchmarks/programme"))
        rows: \(Digest(of: rows.utf8))
        decisions: \(Digest(of: run.output.utf8))

        """)
  }

  /// Decides rows by the law of New Zealand.
  private func decide(_ rows: String, _ options: String) throws -> RecordedRun {
    var run: RecordedRun?
    try withFolder { folder in
      let file = folder.appendingPathComponent("rows")
      try rows.write(to: file, atomically: true, encoding: .utf8)
      run = annona("batch Rules/nz/rates_rebate \(file.path) --today 2024-07-01 \(options)")
    }
    return try #require(run)
  }

  /// What refusals rest on is the same whoever decides.
  @Test func countsWhatRefusalsRestOn() throws {
    let rows = """
      {"id":1,"ratepayer_on_1_july":true,"lived_here_on_1_july":false,"rates":2000,"income":30000,"dependants":[]}
      {"id":2,"ratepayer_on_1_july":false,"lived_here_on_1_july":false,"rates":2000,"income":30000,"dependants":[]}
      {"id":3,"ratepayer_on_1_july":true,"lived_here_on_1_july":true,"rates":2000,"income":90000,"dependants":[]}
      {"id":4,"ratepayer_on_1_july":true,"lived_here_on_1_july":true,"rates":2000,"dependants":[]}
      """
    for way in ["", " --plain"] {
      let run = try decide(rows, "--reasons" + way)
      #expect(
        run.problems.contains(
          """
          rates_rebate: 3 not_entitled, 1 undetermined; 0 NZD/year in all
            not met: 2 household.entitled.residence, 1 household.entitled.ratepayer, 1 household.entitled.something_left
            waits for: 1 household.income

          """), "\(run.problems)")
    }
  }

  /// All are decided as of one date, whatever a row says of its own.
  @Test func oneDateHoldsForAll() throws {
    let row =
      #"{"id":1,"today":"2003-01-01","ratepayer_on_1_july":true,"lived_here_on_1_july":true,"rates":2000,"income":30000,"dependants":[]}"#
    let run = try decide(row, "")
    #expect(
      run.output
        == "{\"id\":1,\"decisions\":[{\"benefit\":\"rates_rebate\",\"outcome\":\"entitled\",\"amount\":\"790 NZD/year\"}]}\n"
    )
  }

  @Test func rowsAreNotWrittenOver() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("rows.ndjson")
      let rows = Data("{\"id\":1}\n".utf8)
      try rows.write(to: file)
      let run = annona(
        "batch Rules/nz/rates_rebate \(file.path) --today 2024-07-01 --out \(file.path)")
      #expect(run.status == 64)
      #expect(
        run.problems == "Error: \(file.path): it holds the rows; decisions go to another file\n")
      #expect(try Data(contentsOf: file) == rows)
    }
  }

  @Test(arguments: [
    (
      "id;income\n1;2\n",
      "no column is called `id`, which says whose row it is; columns are separated by commas, and `--id` names another"
    ),
    ("id,income\r1,2\r", "it ends in a carriage return alone; let lines end in a line feed"),
    ("i\0d\0,\0a\0\n", "it is not UTF-8"),
  ])
  func saysWhatIsWrongWithAFirstLine(_ csv: String, _ problem: String) throws {
    let run = try decide(csv, "--input-format csv")
    #expect(run.status == 64)
    #expect(run.problems == "Error: the first line of the rows: \(problem)\n")
    #expect(run.output == "")
  }

  /// A row that is no JSON is found again by its id, where that stands first.
  @Test func aBrokenRowKeepsItsID() throws {
    let rows = #"""
      {"id":"b9","income":1,"income":2}
      { "id" : 17 , "inc
      {"id":7,"income":1
      {"income":1,"id":8
      """#
    let run = try decide(rows, "")
    #expect(
      run.output == #"""
        {"id":"b9","errors":["Y018: `income` is written twice on the same level"]}
        {"id":17,"errors":["Y030: the quote `\"` is opened here and not closed on its line"]}
        {"id":7,"errors":["Y050: the row ends where `,` or `}` is expected"]}
        {"id":null,"errors":["Y050: the row ends where `,` or `}` is expected"]}

        """#)
  }

  @Test func saysWhatIsAsked() {
    let run = annona("batch Rules/nz/rates_rebate - --today 2025-07-01 --resume", input: "")
    #expect(run.status == 64)
    #expect(
      run.problems
        == "Error: `--resume` goes on with a file of `--out`\n")
  }

  /// No file takes more memory than another.
  @Test func aRowThatIsTooLongIsAnErrorRow() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("households.ndjson")
      let rows = try packageFolder.text("Benchmarks/programme/households.ndjson")
      let first = rows.prefix { $0 != "\n" } + "\n"
      let long = "{\"household_id\":\"" + String(repeating: "x", count: 5 << 20) + "\"}\n"
      try (first + long + first + long).write(to: file, atomically: true, encoding: .utf8)
      let run = annona(
        "batch Benchmarks/programme \(file.path) --today 2024-07-01 --id household_id --member-id person_id"
      )
      let decided =
        "{\"id\":1,\"decisions\":[{\"benefit\":\"allowance\",\"outcome\":\"not_entitled\"}]}\n"
      let refused = "{\"id\":null,\"errors\":[\"the row is longer than 1048576 bytes\"]}\n"
      #expect(run.output == decided + refused + decided + refused)
    }
  }

  @Test func saysWhatTheTimeWentInto() {
    let run = annona(programme + " --today 2024-07-01 --stages")
    let last = run.problems.split(separator: "\n").last ?? ""
    #expect(last.hasPrefix("time: reading and writing files "))
    #expect(last.contains(" %, rows to columns "))
  }
}
