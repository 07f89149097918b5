import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// The numbers and names of a report, as its text, its tables and its charts write them.
struct ReformWords {
  let report: ReformReport
  let wording: Wording

  init(_ report: ReformReport) {
    self.report = report
    let program = report.request.second.program
    wording = Wording(program, .empty(of: program), language: "en")
  }

  /// In the language of the rulebook.
  func title(_ text: LocalizedText) -> String? {
    let program = report.request.second.program
    return text.text(in: program.language, else: program.language)
  }

  /// `12 000.00 EUR/month`
  func amount(_ number: Number?, _ type: ValueType) -> String {
    number.map { wording.number($0, type) } ?? "too large to be held"
  }

  /// `+4 500.00 EUR/month`
  func change(_ number: Number?, _ type: ValueType) -> String {
    (number.map { $0.sign > 0 ? "+" : "" } ?? "") + amount(number, type)
  }

  func canonical(_ number: Number?, _ type: ValueType) -> JSONValue {
    number.map { .string(report.request.second.program.text(of: .number($0), type)) } ?? .null
  }

  func count(_ number: Int) -> String { wording.whole(Number(number)) }

  func reason(_ reason: ReformReport.Reason) -> String {
    switch reason {
    case .rule(let name): "by `\(name)`"
    case .benefit: "by the benefit itself"
    case .onlyInFirst: "only the first rulebook has it"
    case .onlyInSecond: "only the second rulebook has it"
    }
  }

  /// `(DL 176/2003 art. 14)`, with a space before it; empty where nothing is cited.
  func cited(_ citations: [String]) -> String {
    citations.isEmpty ? "" : " (\(citations.joined(separator: "; ")))"
  }
}

extension BenefitShift {
  /// For people, of a benefit or of a charge.
  func words(isCharge: Bool) -> String {
    switch self {
    case .gained: isCharge ? "newly due" : "gained"
    case .lost: isCharge ? "no longer due" : "lost"
    case .up: "up"
    case .down: "down"
    case .newlyUndetermined: "newly undetermined"
    case .newlyDetermined: "newly determined"
    case .newlyInError: "newly in error"
    case .noLongerInError: "no longer in error"
    case .otherwise: "refused or open otherwise"
    case .unchanged: "unchanged"
    }
  }
}
