internal import AnnonaLanguage

/// A provision that a decision relies on, with what the rulebook made of it at the time.
public struct ReliedProvision: Sendable, Hashable {
  /// A rule, an exception, a row or a figure that cites it.
  public struct Use: Sendable, Hashable {
    /// `person.age`, `ias`
    public let name: String
    public let title: String?
    /// The days on which this version holds; open ends are `nil`.
    public let from: String?
    public let through: String?
    /// Of a figure.
    public let figure: String?
    /// Rulebook and file, line and column.
    public let place: String
    /// The lines of the rulebook as they stood; `nil` where its files are not at hand.
    public let text: String?
  }

  /// As cited: `act s 3(1)`.
  public let provision: String
  /// The law's title, where the rulebook has one for its short name.
  public let law: String?
  public let url: String?
  public let uses: [Use]
}

extension Record {
  /// Every provision that a step relies on, with the text of the rule then in force.
  public func provisions(from archive: any SourceArchive) throws -> [ReliedProvision] {
    let texts = RuleTexts(try editions(from: archive))
    let laws = document["rules"]?["sources"]?.items ?? []
    let uses = uses(texts)
    return (document["provisions"]?.items ?? []).compactMap(\.text).map { provision in
      let law = laws.first { law in
        let name = law["name"]?.text ?? ""
        return provision == name || provision.hasPrefix(name + " ")
      }
      return ReliedProvision(
        provision: provision, law: law?["title"]?.text, url: law?["url"]?.text,
        uses: uses.filter { $0.cites.contains(provision) }.map(\.use))
    }
  }

  private func uses(_ texts: RuleTexts) -> [(cites: [String], use: ReliedProvision.Use)] {
    func use(_ item: JSONValue, _ name: String) -> ReliedProvision.Use {
      let place = item["place"]?.text ?? ""
      return ReliedProvision.Use(
        name: item[name]?.text ?? "", title: item["title"]?.text, from: item["from"]?.text,
        through: item["through"]?.text,
        figure: item["figure"]?.text ?? item["unverified"].map { _ in "unverified" }, place: place,
        text: texts.text(at: place))
    }
    func cites(_ item: JSONValue) -> [String] { (item["cites"]?.items ?? []).compactMap(\.text) }
    let rules = (document["rules"]?["versions"]?.items ?? []).map { (cites($0), use($0, "rule")) }
    let figures = (document["rules"]?["parameters"]?.items ?? [])
      .map { (cites($0), use($0, "parameter")) }
    // Rows, branches and exceptions that gave the value cite provisions of their own.
    let candidates = (document["steps"]?.items ?? [])
      .filter { $0["role"]?.text == "fired" || $0["role"]?.text == "possible" }
      .compactMap { step in
        step["cites"]?.text.map { text in
          (text.split(separator: ";").map { String($0.drop { $0 == " " }) }, use(step, "id"))
        }
      }
    return rules + figures + candidates
  }
}

/// The lines of rulebooks, by the places that records name.
private struct RuleTexts {
  private var lines: [String: [Substring]] = [:]

  init(_ editions: Result<[RulebookEdition], ReplayProblem>) {
    guard case .success(let editions) = editions else { return }
    for edition in editions {
      for file in edition.files {
        lines[RulebookEdition.path(of: file.name, in: edition.id)] =
          String(decoding: file.bytes, as: UTF8.self)
          .split(separator: "\n", omittingEmptySubsequences: false)
      }
    }
  }

  /// The line, and those below it that stand further in.
  func text(at place: String) -> String? {
    let parts = place.split(separator: ":")
    guard parts.count >= 3, let number = Int(parts[parts.count - 2]),
      let file = lines[parts.dropLast(2).joined(separator: ":")],
      file.indices.contains(number - 1)
    else { return nil }
    let first = file[number - 1]
    let depth = first.prefix { $0 == " " }.count
    let rest = file[number...].prefix { line in
      line.allSatisfy(\.isWhitespace) || line.prefix { $0 == " " }.count > depth
    }
    var found = [first] + rest
    while found.last?.allSatisfy(\.isWhitespace) ?? false { found.removeLast() }
    return found.map { String($0.dropFirst(min(depth, $0.prefix { $0 == " " }.count))) }
      .joined(separator: "\n")
  }
}
