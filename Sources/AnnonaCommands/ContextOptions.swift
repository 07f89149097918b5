import Annona
import AnnonaRecords
import ArgumentParser

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a record says of a decision beside the decision itself.
struct ContextOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What it is for: \(Purpose.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "purpose"))
  var purpose = Purpose.simulation

  @Option(help: ArgumentHelp("Who decides.", valueName: "name"))
  var authority: String?

  @Option(help: ArgumentHelp("The provision by which they do.", valueName: "provision"))
  var basis: String?

  @Option(help: ArgumentHelp("What the matter is known by.", valueName: "id"))
  var correlation: String?

  @Option(
    help: ArgumentHelp(
      "Whom it is about, by a name that says nothing to others.", valueName: "pseudonym"))
  var subject: String?

  @Option(
    help: ArgumentHelp(
      "When the facts were as the case has them, such as 2025-03-01T09:30:00Z.", valueName: "time"))
  var factsKnownAt: String?

  @Option(help: ArgumentHelp("The day from which it has effect.", valueName: "date"))
  var effectiveFrom: String?

  @OptionGroup var production: ProductionOptions

  func context() throws -> DecisionContext {
    DecisionContext(
      purpose: purpose, authority: authority, basis: basis, correlation: correlation,
      subject: subject,
      factsKnownAt: try factsKnownAt.map { try MomentArgument.moment($0, "--facts-known-at") },
      effectiveFrom: try DateArgument.date(effectiveFrom, option: "--effective-from"))
  }
}

/// When a record is produced, and the secret that it can be redacted with.
struct ProductionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("When it is produced, if not now: 2025-03-01T09:30:00Z.", valueName: "time"))
  var producedAt: String?

  @Option(
    help: ArgumentHelp(
      "A file with at least 16 bytes that nobody else knows, so that facts can later be redacted.",
      valueName: "file"))
  var secret: String?

  func moment() throws -> Moment? {
    if let producedAt { return try MomentArgument.moment(producedAt, "--produced-at") }
    return MomentArgument.now()
  }

  func secretBytes() throws -> [UInt8]? {
    guard let secret else { return nil }
    let bytes = try RulebookFolder.file(at: secret).bytes
    guard bytes.count >= 16 else {
      throw RequestProblem("the secret in `\(secret)` is shorter than 16 bytes")
    }
    return bytes
  }
}

/// A point in time on the command line.
enum MomentArgument {
  static func moment(_ text: String, _ option: String) throws -> Moment {
    guard let moment = Moment(text) else {
      throw RequestProblem(
        "`\(option) \(text)` is no time: write it as in `\(option) 2025-03-01T09:30:00Z`")
    }
    return moment
  }

  /// The machine's clock, which nothing but `produced_at` ever depends on.
  static func now() -> Moment? {
    var seconds = time(nil)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let date = "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
    let hour = "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(min(parts.tm_sec, 59)))"
    return Moment("\(date)T\(hour)Z")
  }
}

extension Purpose: ExpressibleByArgument {}
