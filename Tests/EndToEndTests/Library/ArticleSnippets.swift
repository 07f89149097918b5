import Annona

// The code of the articles in `Sources/Annona/Annona.docc`, compiled and run. A test holds each block of an article to these lines.

func log(_ values: Any...) {
  ArticleLog.current?.add(values.map { "\($0)" }.joined(separator: " "))
}

/// What the code of an article writes.
final class ArticleLog: @unchecked Sendable {
  @TaskLocal static var current: ArticleLog?
  private(set) var lines: [String] = []

  func add(_ line: String) { lines.append(line) }

  static func lines(of article: () throws -> Void) rethrows -> [String] {
    let log = ArticleLog()
    try $current.withValue(log) { try article() }
    return log.lines
  }
}

func decideInOverview(on today: CalendarDate) throws -> DecidedCase {
  let rulebook = try Rulebook.load(at: "Rules/pt/abono_de_familia").get()
  let household: GivenFact = [
    "income": "25_000", "income_year": 2024, "assets": 0, "lone_parent": false,
    "children": ["maria": ["birth_date": "2024-09-10"]],
  ]
  let facts = try rulebook.readCase(household, today: today)
  let decided = rulebook.decide(facts, on: today)
  return decided
}

func loadFromAFolder() throws -> Rulebook {
  let rulebook = try Rulebook.load(at: "Rules/pt/abono_de_familia").get()
  return rulebook
}

func showProblems() throws {
  do {
    _ = try Rulebook.load(at: "Tests/EndToEndTests/Rulebooks/faulty.yaml").get()
  } catch let problems as RulebookProblems {
    log(problems.diagnostics.count, "problems")
    log(problems)
  }
}

func loadFromBytes(_ text: String) throws -> Rulebook {
  let yaml = Array(text.utf8)
  let grant = try Rulebook.load(yaml: yaml, named: "heating_grant.yaml").get()
  return grant
}

func decideFromSwift(
  _ rulebook: Rulebook, born: CalendarDate, on today: CalendarDate
) throws -> DecidedCase {
  let household: GivenFact = [
    "income": "25_000", "income_year": 2024, "assets": 0, "lone_parent": false,
    "children": [
      "maria": ["birth_date": "2024-09-10"],
      "rui": ["birth_date": .date(born)],
    ],
  ]
  let facts = try rulebook.readCase(household, today: today)
  let decided = rulebook.decide(facts, on: today)
  for benefit in decided.benefits {
    let (name, member) = decided.name(of: benefit)
    log(name, member ?? "", benefit.outcome, decided.amount(of: benefit) ?? "")
    for reason in decided.reasons(for: benefit, in: "en") {
      log(reason.status, reason.text, reason.cites ?? "")
    }
  }
  return decided
}

func decideOnEveryKeystroke(
  _ rulebook: Rulebook, _ body: [UInt8], on today: CalendarDate
) throws {
  let prepared = rulebook.prepared(on: today)
  let quick = try prepared.decide(json: body)
  for benefit in quick.benefits {
    log(benefit.name, benefit.member ?? "", benefit.outcome, benefit.amount ?? .zero)
  }
  let decidedInFull = try quick.decided()
  log(decidedInFull.text(in: "en"))
}

func decideFromJSON(_ rulebook: Rulebook, _ body: [UInt8]) throws -> Case {
  let request = SourceFile(path: "request.json", bytes: body)
  let received = try rulebook.readCase(request)
  return received
}

func showCaseProblems(_ rulebook: Rulebook, on today: CalendarDate) {
  do {
    _ = try rulebook.readCase(["incme": "25_000"], today: today)
  } catch {
    log(error)
  }
}

func askForAValue(_ decided: DecidedCase) throws {
  let tier = try decided.value(of: "household.tier")
  log(decided.text(of: tier))
}

func askWhatIsMissing(_ rulebook: Rulebook, on today: CalendarDate) throws {
  let facts = try rulebook.readCase(
    ["assets": 0, "children": ["maria": ["birth_date": "2024-09-10"]]], today: today)
  let decided = rulebook.decide(facts, on: today)
  for benefit in decided.benefits where benefit.outcome == .undetermined {
    if let bounds = decided.bounds(of: benefit, in: "en") {
      log("between", bounds.least, "and", bounds.greatest)
    }
    if let next = decided.neededFacts(for: benefit, in: "en").first {
      log(next.id, "-", next.question ?? "")
    }
  }
}

func showQuestions(_ decided: DecidedCase) {
  for question in decided.questions(in: "en").prefix(2) {
    log(question.id, "-", question.answer)
    log(question.needs.map(\.rule), question.touches)
  }
}

func interview(_ rulebook: Rulebook, on today: CalendarDate) throws {
  var interview = try Interview(rulebook, today: today, in: "en")
  for answer in ["none of your business", "maria", "2024-09-10", "0", "2024", "25_000"] {
    guard let question = interview.question else { break }
    do {
      try interview.answer(answer)
      log(question.id, "=", interview.given(question) ?? "")
    } catch {
      log(error)
    }
  }
  log(interview.caseText)
}

func explainToPeople(_ decided: DecidedCase) throws -> String {
  let why = try decided.explain("abono_de_familia/maria")
  log(why.text(for: .citizen, in: "en"))
  let audit = try decided.explain("household.tier").text(for: .auditor)
  return audit
}

func showWhatWouldChangeIt(_ decided: DecidedCase) {
  for benefit in decided.benefits {
    for change in decided.counterfactuals(of: benefit) {
      log(decided.text(of: change, in: "en"))
    }
  }
}

func explainWhatIsNotThere(_ decided: DecidedCase) {
  do {
    _ = try decided.explain("household.teir")
  } catch {
    log(error)
  }
}

func decideAll(_ households: [GivenFact], by rulebook: Rulebook, on today: CalendarDate) async
  -> [String]
{
  await withTaskGroup(of: (Int, String).self) { group in
    for (index, household) in households.enumerated() {
      group.addTask {
        guard let facts = try? rulebook.readCase(household, today: today) else {
          return (index, "faulty")
        }
        return (index, rulebook.decide(facts, on: today).json())
      }
    }
    return await group.reduce(into: [String](repeating: "", count: households.count)) {
      $0[$1.0] = $1.1
    }
  }
}
