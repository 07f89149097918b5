public import Annona
internal import AnnonaLanguage
public import AnnonaValues

/// A recorded decision made again.
public struct Replay: Sendable {
  /// `nil` where it came out alike, step by step.
  public let difference: Difference?
  /// Facts of the record that the rulebook does not know, left out.
  public let unknownFacts: [String]
  /// What it comes to now, with its trace: a decision for each date, in order; of one date, one.
  public let decided: [DecidedCase]
  let content: JSONValue
}

/// Why a record was not decided again.
public enum ReplayProblem: Error, Sendable {
  /// These facts were redacted.
  case redacted([String])
  /// The exact files are not at hand.
  case rulebookMissing([String])
  case rulebookRefused
  /// The facts are no case of the rulebook; what is wrong names no value.
  case factsRefused(RulebookProblems?)
  /// An override has nothing to work out.
  case notADecision
}

extension Record {
  /// The files of its rulebooks, as they were.
  func editions(
    from archive: any SourceArchive
  ) throws -> Result<[RulebookEdition], ReplayProblem> {
    var editions: [RulebookEdition] = []
    var missing: [String] = []
    for rulebook in document["rules"]?["rulebooks"]?.items ?? [] {
      let id = rulebook["id"]?.text ?? ""
      var files: [RulebookEdition.File] = []
      for file in rulebook["files"]?.items ?? [] {
        let name = file["name"]?.text ?? ""
        guard let digest = file["digest"]?.text.flatMap({ Digest(text: $0) }),
          let bytes = try archive.bytes(of: digest), Digest(of: bytes) == digest
        else {
          missing.append(RulebookEdition.path(of: name, in: id))
          continue
        }
        files.append(.init(name: name, bytes: bytes))
      }
      editions.append(RulebookEdition(id: id, files: files))
    }
    if editions.isEmpty || !missing.isEmpty { return .failure(.rulebookMissing(missing)) }
    return .success(editions)
  }

  /// The rulebook that decided, read again from its exact files.
  public func rulebook(from archive: any SourceArchive) throws -> RecordedRulebook {
    guard kind == .decision else { throw ReplayProblem.notADecision }
    let editions = try editions(from: archive).get()
    let asked = (document["rules"]?["rulebooks"]?.items ?? [])
      .filter { $0["asked"] == .bool(true) }.compactMap { $0["id"]?.text }
    guard let recorded = RecordedRulebook(editions, deciding: asked) else {
      throw ReplayProblem.rulebookRefused
    }
    return recorded
  }

  /// Decides the recorded case again.
  ///
  /// - Parameters:
  ///   - recorded: the rulebook that decided, or another one.
  ///   - today: the date decided for, if not the recorded ones.
  ///   - settings: facts that are corrected.
  public func replay(
    under recorded: RecordedRulebook, today: CalendarDate? = nil,
    setting settings: [FactSetting] = []
  ) throws(ReplayProblem) -> Replay {
    guard kind == .decision else { throw .notADecision }
    let redacted = redactedFacts
    guard redacted.isEmpty else { throw .redacted(redacted) }
    guard let facts = document["facts"],
      let household = RecordedCase(facts, for: recorded.rulebook.program),
      let days = today.map({ .on($0) }) ?? DecisionRequest.Days(recorded: document["times"])
    else { throw .factsRefused(nil) }
    let read: Case
    do {
      read = try recorded.rulebook.readCase(household.source, today: days.first, setting: settings)
    } catch {
      throw .factsRefused(error)
    }
    guard let suppositions = suppositions(recorded.rulebook, read) else {
      throw .factsRefused(nil)
    }
    var request = DecisionRequest(read, days)
    request.suppositions = suppositions
    request.event = document["event"].flatMap { ReportedEvent(recorded: $0) }
    request.wantsCounterfactuals = hasCounterfactuals
    let decided = request.decided(by: recorded.rulebook)
    let content = recorded.content(
      request, decided, DecisionContext(),
      EngineVersions(engine: EngineVersion.engine, semantics: EngineVersion.semantics))
    return Replay(
      difference: Difference(from: document, to: content), unknownFacts: household.unknown,
      decided: decided, content: content)
  }

  private var hasCounterfactuals: Bool {
    (document["outcomes"]?.items ?? []).contains { $0["counterfactuals"] != nil }
  }

  private func suppositions(_ rulebook: Rulebook, _ facts: Case) -> [Supposition]? {
    let program = rulebook.program
    var found: [Supposition] = []
    for set in document["suppositions"]?.items ?? [] {
      guard let rule = program.rules.firstIndex(where: { $0.name == set["rule"]?.text }),
        let text = set["value"]?.text,
        let value = program.value(
          written: text, program.rules[rule].type, find: { facts.instance($0, of: $1) })
      else { return nil }
      found.append(
        Supposition(
          rule: RuleID(rule), instance: set["member"]?.number.map { Int32(clamping: $0) },
          value: value))
    }
    return found
  }

  // MARK: - Verifying

  /// Holds the record against its rulebook: whether the same facts, law and date give the same bytes again.
  public func verdict(from archive: any SourceArchive) throws -> Verdict {
    try ReplayCache(archive).verdict(of: self)
  }

  fileprivate func verdict(of replay: Replay) -> Verdict {
    let recorded = document["rules"]?["semantics"]?.text ?? ""
    guard recorded == EngineVersion.semantics else {
      return .semanticsChanged(
        recorded: recorded, engine: EngineVersion.semantics, replay.difference)
    }
    if isAlike(replay.content) { return .verified }
    return .outcomeDiffers(replay.difference ?? Difference(changes: [], node: nil))
  }

  /// Whether another content has the same hashes; who asked for it, and the engine's version, do not count.
  private func isAlike(_ content: JSONValue) -> Bool {
    guard let rules = document["rules"], let found = content["rules"] else { return false }
    let isSameEngine = rules["engine"] == found["engine"]
    let kept = found.with([
      "engine": rules["engine"] ?? .null,
      "program": (isSameEngine ? found["program"] : rules["program"]) ?? .null,
    ])
    let again = content.with([
      "rules": kept, "identity": document["identity"] ?? .null, "times": document["times"] ?? .null,
    ])
    return Self.hashes(of: again, keys: keys).id == id
  }
}

/// Verifies many records, reading each rulebook once.
final class ReplayCache {
  private let archive: any SourceArchive
  private var known: [[String]: Result<RecordedRulebook, ReplayProblem>] = [:]

  init(_ archive: any SourceArchive) { self.archive = archive }

  func verdict(of record: Record) throws -> Verdict {
    if record.kind == .override { return .intact }
    let redacted = record.redactedFacts
    if !redacted.isEmpty { return .redacted(redacted) }
    let rulebook = try rulebook(of: record)
    do throws(ReplayProblem) {
      return record.verdict(of: try record.replay(under: try rulebook.get()))
    } catch {
      switch error {
      case .rulebookMissing(let files): return .rulebookMissing(files)
      case .rulebookRefused: return .rulebookRefused
      case .redacted(let facts): return .redacted(facts)
      case .factsRefused, .notADecision: return .factsRefused
      }
    }
  }

  private func rulebook(of record: Record) throws -> Result<RecordedRulebook, ReplayProblem> {
    let key = (record.document["rules"]?["rulebooks"]?.items ?? []).map {
      String(decoding: $0.canonicalBytes, as: UTF8.self)
    }
    if let found = known[key] { return found }
    let found: Result<RecordedRulebook, ReplayProblem>
    do {
      found = .success(try record.rulebook(from: archive))
    } catch let problem as ReplayProblem {
      found = .failure(problem)
    }
    known[key] = found
    return found
  }
}
