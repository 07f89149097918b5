internal import AnnonaLanguage

/// Why bytes are no record that stands as it was sealed.
public enum RecordProblem: Error, Sendable, Hashable {
  /// No JSON, or not in the one form that a record has.
  case notCanonical
  /// JSON, but no record.
  case notARecord
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
      let seal = document["seal"]?.text.flatMap({ Digest(text: $0) }),
      let keys = LeafKeys(document["redaction"])
    else { throw .notARecord }
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
