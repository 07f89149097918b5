import AnnonaEngine
import AnnonaLanguage
public import AnnonaValues

extension Explanation {
  /// The decision as one page for people: it stands on its own, needs no script, and can be printed.
  ///
  /// - Parameters:
  ///   - audience: citizens read what was decided and why; auditors also the whole tree, which they can fold.
  ///   - language: of the texts, where the rulebook has them; its own language otherwise.
  ///   - notifiedOn: when people are told of the decision; from then on the time for an appeal runs.
  ///   - reference: what the decision is known by, such as the id of its record.
  ///   - officers: what officers decided on it since, in order.
  /// - Returns: HTML, the last line ended too.
  public func html(
    for audience: Audience = .citizen, in language: String? = nil,
    notifiedOn: CalendarDate? = nil, reference: String? = nil, officers: [OfficersStep] = []
  ) -> String {
    Letter(
      self, for: audience, in: language, notifiedOn: notifiedOn, reference: reference,
      officers: officers
    ).html.page
  }
}

/// A decision as a page: the outcomes, each with its reasons and steps, then what all of them rest on.
struct Letter {
  let explanation: Explanation
  let audience: Audience
  let wording: Wording
  let words: StepWords
  let notifiedOn: CalendarDate?
  let reference: String?
  let officers: [OfficersStep]
  /// Of the engine's own sentences: English where it does not speak the language asked for.
  let language: String

  var decided: DecidedCase { explanation.decided }
  var program: Program { decided.program }

  init(
    _ explanation: Explanation, for audience: Audience, in language: String?,
    notifiedOn: CalendarDate?, reference: String?, officers: [OfficersStep]
  ) {
    self.explanation = explanation
    self.audience = audience
    self.notifiedOn = notifiedOn
    self.reference = reference
    self.officers = officers
    let decided = explanation.decided
    wording = Wording(
      decided.program, decided.facts, language: language,
      manner: audience == .citizen ? .spelledOut : .spelledOutWithIDs)
    words = StepWords(wording, audience)
    self.language = Phrase.spoken(wording.language)
  }

  // MARK: - The page

  var html: HTML {
    let sections = explanation.parts.enumerated().map { index, part in
      LetterSection(self, part, number: index + 1)
    }
    var bases = LetterBases(self)
    for section in sections { bases.add(section.trees, section.reasons) }
    let titles = wording.titles(of: rulebooks, withIDs: false)
    return .element(
      "html", [.attribute("lang", language)],
      .element(
        "head", [],
        .element("meta", [.attribute("charset", "utf-8")]),
        .element(
          "meta",
          [
            .attribute("name", "viewport"),
            .attribute("content", "width=device-width, initial-scale=1"),
          ]),
        .element(
          "meta",
          [.attribute("name", "color-scheme"), .attribute("content", "light dark")]),
        .element("title", [], (titles + [decidedFor]).joined(separator: " – ")),
        .style),
      .element(
        "body", [],
        .element("header", [], [heading] + suppositions + officersDecisions),
        .element(
          "main", [], [contents(sections)] + sections.map(\.html) + bases.sections),
        footer))
  }

  /// The rulebooks whose benefits it is about.
  private var rulebooks: [Int] {
    let asked = Set(
      explanation.parts.compactMap { $0.benefit.map { program.benefits[$0.benefit].rulebook } })
    return asked.isEmpty ? decided.rulebooks : asked.sorted()
  }

  var decidedFor: String { wording.phrase(.decidedFor, wording.date(decided.decision.today)) }

  private var heading: HTML {
    let titles = rulebooks.map { program.rulebooks[$0] }.map { header -> HTML in
      authored(header.title) ?? .text(header.id)
    }
    var joined = [titles.first ?? .text(program.id)]
    for title in titles.dropFirst() { joined += [", ", title] }
    return .group([
      .element("h1", [], joined), .element("p", [.class("soft")], decidedFor),
    ])
  }

  /// What was set for this case makes it no decision of anybody's.
  private var suppositions: [HTML] {
    wording.suppositions(decided.suppositions).map { .element("p", [.class("warning")], $0) }
  }

  private func contents(_ sections: [LetterSection]) -> HTML {
    let decisions = sections.filter { $0.part.benefit != nil }
    guard decisions.count > 1 else { return .nothing }
    return .element(
      "nav", [.attribute("aria-label", wording.phrase(.letterContents))],
      .element(
        "ul", [],
        decisions.map { section in
          .element(
            "li", [],
            .element("a", [.attribute("href", "#\(section.id)")], [section.title]),
            .text(wording.phrase(.label, "") + " " + section.outcome))
        }))
  }

  private var footer: HTML {
    let names = rulebooks.map { program.rulebooks[$0].id }.joined(separator: ", ")
    var lines = [
      wording.phrase(.letterFooter, names, EngineVersion.engine, EngineVersion.semantics)
    ]
    if let reference { lines.append(wording.phrase(.letterReference, reference)) }
    return .element("footer", [], lines.map { .element("p", [], $0) })
  }

  // MARK: - What sections share

  /// What an author wrote, marked with its language where that is not the page's.
  func authored(_ text: LocalizedText) -> HTML? {
    wording.text(text).map { authored($0, in: text) }
  }

  /// Words made from one of an author's texts.
  func authored(_ words: String, in text: LocalizedText) -> HTML {
    let own = [wording.language, program.language].first { text.variants[$0] != nil }
    guard let own = own ?? text.variants.keys.min(), own != language else { return .text(words) }
    return .element("span", [.attribute("lang", own)], words)
  }

  /// A phrase that stands before a list elsewhere, as a heading: without its colon.
  func title(_ phrase: Phrase) -> String {
    var words = wording.phrase(phrase)
    while let last = words.last, last == ":" || last.isWhitespace { words.removeLast() }
    return words
  }

  func section(_ phrase: Phrase, _ content: [HTML], level: Int = 3) -> HTML {
    content.isEmpty
      ? .nothing : .group([.element("h\(level)", [], title(phrase))] + content)
  }

  /// `✓ met`
  func mark(_ status: Phrase) -> HTML {
    let (sign, colour): (String, String) =
      switch status {
      case .met: ("✓", "good")
      case .unmet: ("✗", "bad")
      case .openCondition: ("?", "open")
      case .faulty: ("!", "bad")
      default: ("–", "plain")
      }
    return .element(
      "span", [.class("mark \(colour)")], sign + "\u{A0}" + wording.phrase(status))
  }

  func list(_ items: [HTML]) -> HTML {
    .element("ul", [], items.map { .element("li", [], [$0]) })
  }

  /// A table whose first column names the row; a group has a heading of its own.
  ///
  /// The roles say again what the elements say, since some browsers forget it where a narrow screen shows cells as blocks.
  func table(
    _ caption: Phrase, _ columns: [Phrase], _ groups: [(heading: HTML?, rows: [[HTML]])]
  ) -> HTML {
    let names = columns.map { wording.phrase($0) }
    let head = names.map {
      HTML.element("th", [.attribute("scope", "col"), .role("columnheader")], $0)
    }
    let bodies = groups.map { group -> HTML in
      var rows: [HTML] = []
      if let heading = group.heading {
        rows.append(
          .element(
            "tr", [.role("row")],
            .element(
              "th",
              [
                .class("group"), .attribute("scope", "rowgroup"), .role("rowheader"),
                .attribute("colspan", "\(columns.count)"),
              ], [heading])))
      }
      rows += group.rows.map { cells in
        .element(
          "tr", [.role("row")],
          zip(cells, names).enumerated().map { index, cell in
            index == 0
              ? .element(
                "th", [.attribute("scope", "row"), .role("rowheader")], [cell.0])
              : .element(
                "td",
                [.role("cell"), .attribute("data-label", wording.phrase(.label, cell.1))],
                [cell.0])
          })
      }
      return .element("tbody", [.role("rowgroup")], rows)
    }
    return .element(
      "table", [.role("table")],
      [
        .element("caption", [], wording.phrase(caption)),
        .element("thead", [.role("rowgroup")], .element("tr", [.role("row")], head)),
      ] + bodies)
  }
}

extension Phrase {
  /// The language that the engine's own sentences are in where this one is asked for.
  static func spoken(_ language: String) -> String {
    let code = String(language.lowercased().prefix { $0 != "-" && $0 != "_" })
    guard tables[code] != nil else { return "en" }
    return language.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
      ? language : code
  }
}

extension String {
  /// As a sentence begins.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
