internal import AnnonaLanguage
import AnnonaValues

/// Why bytes are no record that stands as it was sealed.
public enum RecordProblem: Error, Sendable, Hashable {
  /// No JSON, or not in the one form that a record has.
  case notCanonical
  /// JSON, but no record.
  case notARecord
  /// A record, but for a member that says nothing that it can say: `produced_at`.
  case malformed(String)
  /// A record of a version that this engine does not know.
  case unknownSchema(String)
  /// A hash is not that of the bytes that it covers: `facts`, `rules`, `steps`, `id` or `seal`.
  case altered(String)
}

extension RecordProblem: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notCanonical: "bytes altered: it is not the JSON that a record is"
    case .notARecord: "it is no record"
    case .malformed(let member): "it is no record: `\(member)` is not what it must be"
    case .unknownSchema(let name): "it is a record of the version `\(name)`, not `\(Record.schema)`"
    case .altered(let part): "bytes altered: the hash `\(part)` does not fit"
    }
  }
}

extension Record {
  /// Reads a record; one line break behind it does not count.
  ///
  /// - Throws: where a byte is not as it was sealed.
  public init(reading bytes: [UInt8]) throws(RecordProblem) {
    let bytes = bytes.last == 0x0A ? Array(bytes.dropLast()) : bytes
    guard let read = CanonicalDocument(reading: bytes) else { throw .notCanonical }
    let document = read.value
    guard let schema = document["record"]?.text else { throw .notARecord }
    guard schema == Self.schema else { throw .unknownSchema(schema) }
    guard let kind = document["kind"]?.text.flatMap(Kind.init),
      let id = document["id"]?.text.flatMap({ Digest(text: $0) }),
      let seal = document["seal"]?.text.flatMap({ Digest(text: $0) })
    else { throw .notARecord }
    guard let keys = LeafKeys(document["redaction"]) else { throw .malformed("redaction") }
    if let member = document.malformedMember { throw .malformed(member) }
    let found = Self.hashes(of: document, keys: keys, read)
    for part in found.sections.members where document["hashes"]?[part.name] != part.value {
      throw .altered(part.name)
    }
    guard document["hashes"]?.members.count == found.sections.members.count, found.id == id else {
      throw .altered("id")
    }
    guard Self.seal(of: id, producedAt: document["produced_at"] ?? .null) == seal else {
      throw .altered("seal")
    }
    self.init(document, bytes: bytes, kind, id, seal, keys)
  }
}

extension JSONValue {
  /// A member that hashes cover, or do not, and that no record has so: what is not decided again is held against its form.
  fileprivate var malformedMember: String? {
    let known: Set<String> = [
      "record", "kind", "id", "seal", "produced_at", "hashes", "redaction", "identity", "times",
      "event", "rules", "facts", "conflicts", "assumptions", "suppositions", "outcomes",
      "provisions", "not_tested", "steps", "override",
    ]
    if let other = members.first(where: { !known.contains($0.name) }) { return other.name }
    func isMoment(_ value: JSONValue?) -> Bool {
      value == .null || value?.text.flatMap { Moment($0) } != nil
    }
    guard isMoment(self["produced_at"]) else { return "produced_at" }
    guard let identity = self["identity"],
      identity["purpose"]?.text.flatMap(Purpose.init) != nil
    else { return "identity.purpose" }
    for name in ["authority", "basis", "correlation", "subject"] {
      guard identity[name] == .null || identity[name]?.text != nil else {
        return "identity.\(name)"
      }
    }
    if self["kind"]?.text == Record.Kind.override.rawValue {
      for name in ["of", "node", "officer", "authority", "reason"] {
        guard self["override"]?[name]?.text != nil else { return "override.\(name)" }
      }
      return nil
    }
    let times = self["times"]
    guard DecisionRequest.Days(recorded: times) != nil else { return "times" }
    guard isMoment(times?["facts_known_at"]) else { return "times.facts_known_at" }
    let effective = times?["effective_from"]
    guard effective == .null || effective?.text.flatMap({ CalendarDate(text: $0) }) != nil else {
      return "times.effective_from"
    }
    return nil
  }
}
