package import AnnonaLanguage

/// A decision, or what a human being did about one, as a document that stands on its own.
///
/// Its bytes are canonical JSON. `id` is derived from what was decided and is the same on every run and machine;
/// `seal` covers the id and when it was produced, and so everything.
public struct Record: Sendable {
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case decision
    /// A human being's decision on a step of a recorded one.
    case override
  }

  /// The version of the document, published in `Schemas/record.schema.json`.
  public static let schema = "annona.record/1"
  /// The parts that have hashes of their own, which stand in their place under `hashes`.
  static let sections = ["facts", "rules", "steps"]

  public let kind: Kind
  public let id: Digest
  public let seal: Digest
  public let bytes: [UInt8]
  package let document: JSONValue
  let keys: LeafKeys

  /// Seals a document that has everything but hashes, id and seal.
  ///
  /// - Parameter secret: of the authority; with one, each leaf can later be replaced by its keyed hash.
  init(sealing content: JSONValue, kind: Kind, producedAt: Moment?, secret: [UInt8]?) {
    let keys = secret.map { secret in
      LeafKeys.whole(secret: secret, content: Self.hashes(of: content, keys: .none).id)
    }
    self.init(content, kind, producedAt, keys ?? .none)
  }

  private init(_ content: JSONValue, _ kind: Kind, _ producedAt: Moment?, _ keys: LeafKeys) {
    let hashes = Self.hashes(of: content, keys: keys)
    let moment: JSONValue = .optional(producedAt?.description)
    let seal = Self.seal(of: hashes.id, producedAt: moment)
    var document = content.with([
      "hashes": hashes.sections, "id": .string(hashes.id.description), "produced_at": moment,
      "seal": .string(seal.description),
    ])
    if let redaction = keys.json { document = document.with(["redaction": redaction]) }
    self.kind = kind
    self.id = hashes.id
    self.seal = seal
    self.document = document
    self.keys = keys
    bytes = document.canonicalBytes
  }

  /// A record whose hashes are known to be what they say.
  ///
  /// - Parameter bytes: the canonical ones, where they are at hand.
  init(
    _ document: JSONValue, bytes: [UInt8]? = nil, _ kind: Kind, _ id: Digest, _ seal: Digest,
    _ keys: LeafKeys
  ) {
    self.kind = kind
    self.id = id
    self.seal = seal
    self.bytes = bytes ?? document.canonicalBytes
    self.document = document
    self.keys = keys
  }

  // MARK: - Hashes

  /// The hash of each section, and the id, which is that of the rest with those in place of the sections.
  ///
  /// - Parameter read: the bytes of which the content was read, if it was.
  static func hashes(
    of content: JSONValue, keys: LeafKeys, _ read: CanonicalDocument? = nil
  ) -> (sections: JSONValue, id: Digest) {
    var sections: [JSONValue.Member] = []
    for name in Self.sections {
      guard let section = content[name] else { continue }
      let digest: Digest
      if case .none = keys, let bytes = read?.bytes(of: name) {
        digest = Digest(of: bytes)
      } else {
        digest = Digest(of: keys.committed(section, at: name).canonicalBytes)
      }
      sections.append(.init(name, .string(digest.description)))
    }
    let rest = content.without(Set(Self.sections + ["id", "seal", "produced_at", "redaction"]))
    let whole = keys.committed(rest, at: "").with(["hashes": .object(sections)])
    return (.object(sections), Digest(of: whole.canonicalBytes))
  }

  static func seal(of id: Digest, producedAt: JSONValue) -> Digest {
    Digest(
      of: JSONValue.object(["id": .string(id.description), "produced_at": producedAt])
        .canonicalBytes)
  }
}

extension Record {
  /// What a benefit came to, for the case or one member.
  public struct Outcome: Sendable, Hashable {
    /// `abono_de_familia/maria`
    public let benefit: String
    public let outcome: String
    /// With its unit; the total, where there are several payments.
    public let amount: String?
  }

  public var outcomes: [Outcome] {
    (document["outcomes"]?.items ?? []).map {
      Outcome(benefit: $0.subject, outcome: $0["outcome"]?.text ?? "", amount: $0.paid)
    }
  }

  /// When it was produced, as whoever produced it said.
  public var producedAt: String? { document["produced_at"]?.text }

  public var subject: String? { document["identity"]?["subject"]?.text }

  public var correlation: String? { document["identity"]?["correlation"]?.text }

  public var purpose: String? { document["identity"]?["purpose"]?.text }

  /// The date decided for.
  public var today: String? { document["times"]?["today"]?.text }

  /// For an override: the id of the record that it is about.
  public var of: String? { document["override"]?["of"]?.text }
}
