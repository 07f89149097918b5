import AnnonaEngine
import AnnonaLanguage
import AnnonaValues
import Support
import Testing

@testable import Annona
@testable import AnnonaTesting

/// Rulebooks of `Rules/` beside themselves and beside small changes of themselves, over households of every kind.
struct ReformTests {
  private static let today = "2025-07-01"

  private func rows(_ rulebook: Rulebook, _ count: Int, seed: Int) throws -> [UInt8] {
    let today = try #require(CalendarDate(text: Self.today))
    var text = ""
    for index in 0..<count {
      let facts = RandomHousehold.make(
        rulebook.program, today: today, missing: index % 3 == 0 ? 12 : 0,
        seed: UInt64(seed * 1_000 + index))
      text += CaseRow(rulebook.program, facts).text(id: "h\(index)") + "\n"
    }
    return Array(text.utf8)
  }

  private func report(
    _ first: Rulebook, _ second: Rulebook, _ rows: [UInt8], isPlain: Bool = false, jobs: Int = 1
  ) throws -> ReformReport {
    let today = try #require(CalendarDate(text: Self.today))
    var request = try ReformRequest(first, second, today: today)
    request.isPlain = isPlain
    request.keepsValues = true
    return ReformRun(request, jobs: jobs).run(rows)
  }

  @Test(arguments: RulePlanTests.rulebooks)
  func nothingChangesBesideItself(path: String) throws {
    let rulebook = try #require(try Rulebook.load(at: path).rulebook)
    let again = try #require(try Rulebook.load(at: path).rulebook)
    let report = try report(rulebook, again, try rows(rulebook, 40, seed: 1))
    #expect(report.isWithoutChange)
    #expect(report.request.statedDifferences.isEmpty)
    #expect(report.rows.compared == 40)
    for benefit in report.benefits {
      #expect(benefit.causes.isEmpty)
      #expect(benefit.histogram.bars.isEmpty)
      #expect(benefit.difference.map(\.isZero) ?? true)
      #expect(benefit.changes.reduce(0) { $0 + $1.decisions } > 0)
    }
    #expect(report.together.allSatisfy { $0.better.households + $0.worse.households == 0 })
  }

  /// Two small changes of a rulebook.
  private func changed(
    _ rulebook: Rulebook, _ mutants: [Mutant], seed: Int
  ) -> (Rulebook, [String]) {
    var random = SeededRandom(seed: UInt64(seed))
    var program = rulebook.program
    var names: [String] = []
    for _ in 0..<2 {
      let mutant = mutants[Int(random.next() % UInt64(mutants.count))]
      program = mutant.program(from: program)
      names.append(mutant.name)
    }
    return (Rulebook(program: program, sources: rulebook.sources, asked: rulebook.asked), names)
  }

  private func mutants(of rulebook: Rulebook) -> [Mutant] {
    MutantList(rulebook.program, ProgramReads(rulebook.program)).mutants
  }

  /// In columns, with the causes told from values, as by the plain evaluator from traces; and money as two batches pay it.
  @Test(arguments: RulePlanTests.rulebooks)
  func columnsSayWhatTracesSay(path: String) throws {
    let rulebook = try #require(try Rulebook.load(at: path).rulebook)
    let rows = try rows(rulebook, 30, seed: 2)
    let mutants = mutants(of: rulebook)
    var shifts: Set<BenefitShift> = []
    for seed in 0..<5 {
      let (other, names) = changed(rulebook, mutants, seed: seed)
      let comment: Comment = "\(path), seed \(seed): \(names)"
      let columns = try report(rulebook, other, rows)
      let plain = try report(rulebook, other, rows, isPlain: true)
      #expect(columns.text() == plain.text(), comment)
      #expect(columns.json() == plain.json(), comment)
      for benefit in columns.benefits {
        for change in benefit.changes where change.decisions > 0 { shifts.insert(change.shift) }
        let counted = benefit.changes.filter { $0.shift != .unchanged }.reduce(0) {
          $0 + $1.decisions
        }
        #expect(benefit.causes.reduce(0) { $0 + $1.decisions } == counted, comment)
      }
      try expectMoney(of: columns, rulebook, other, rows, comment)
    }
    #expect(shifts.contains(.unchanged))
    print("\(path): \(shifts.map(\.rawValue).sorted())")
  }

  private func expectMoney(
    of report: ReformReport, _ first: Rulebook, _ second: Rulebook, _ rows: [UInt8],
    _ comment: Comment
  ) throws {
    let today = try #require(CalendarDate(text: Self.today))
    let before = rows.withUnsafeBufferPointer {
      BatchWorker(BatchRequest(first, today: today)).decide($0).tally
    }
    let after = rows.withUnsafeBufferPointer {
      BatchWorker(BatchRequest(second, today: today)).decide($0).tally
    }
    for (index, benefit) in second.program.benefits.enumerated() where benefit.amount != nil {
      let found = try #require(report.benefits.first { $0.name == benefit.name })
      #expect(found.before?.paid == before.totals[index], comment)
      #expect(found.after?.paid == after.totals[index], comment)
      let one = try #require(before.totals[index])
      let other = try #require(after.totals[index])
      #expect(try found.difference == other - one, comment)
      let sum = try found.changes.compactMap(\.difference).reduce(Number.zero) { try $0 + $1 }
      #expect(try sum == other - one, comment)
    }
  }

  @Test func everyNumberOfJobsGivesTheSameReport() throws {
    let rulebook = try #require(try Rulebook.load(at: "Rules/uk/child_benefit").rulebook)
    let (other, _) = changed(rulebook, mutants(of: rulebook), seed: 3)
    // More than one block of a megabyte.
    let some = try rows(rulebook, 200, seed: 4)
    var many: [UInt8] = []
    while many.count < 1_100_000 { many += some }
    let one = try report(rulebook, other, many)
    for jobs in [2] {
      let report = try report(rulebook, other, many, jobs: jobs)
      #expect(report.json() == one.json())
      #expect(report.chart() == one.chart())
    }
  }
}
