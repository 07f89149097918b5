import Annona
import AnnonaEngine
internal import AnnonaLanguage
import AnnonaValues

/// The law that a decision rests on: which rulebooks, and each version of a rule or figure that a step touches.
struct RulesSection {
  let recorded: RecordedRulebook
  let versions: EngineVersions
  let steps: StepsSection
  private var program: Program { recorded.rulebook.program }

  init(_ recorded: RecordedRulebook, _ versions: EngineVersions, touched steps: StepsSection) {
    self.recorded = recorded
    self.versions = versions
    self.steps = steps
  }

  var json: JSONValue {
    .object([
      "engine": .string(versions.engine),
      "semantics": .string(versions.semantics),
      "program": .string(recorded.program.description),
      "language": .string(program.language),
      "rulebooks": .array(zip(program.rulebooks, recorded.editions).map(rulebook)),
      "versions": .array(ruleVersions),
      "parameters": .array(figures),
      "sources": .array(sources),
    ])
  }

  private func rulebook(_ header: RulebookHeader, _ edition: RulebookEdition) -> JSONValue {
    var object = MemberList()
    object.add("id", edition.id)
    object.add("title", title(header.title))
    object.add("digest", edition.digest.description)
    object.add("asked", .bool(recorded.rulebook.asked.contains(edition.id)))
    object.add("from", header.inForce.from?.description)
    object.add("through", header.inForce.through?.description)
    object.add(
      "files",
      .array(
        edition.files.map {
          .object(["name": .string($0.name), "digest": .string($0.digest.description)])
        }))
    return object.object
  }

  private var ruleVersions: [JSONValue] {
    steps.rules.sorted { ($0.rule, $0.from ?? .earliest) < ($1.rule, $1.from ?? .earliest) }
      .map { touched in
        let rule = program.rules[touched.rule]
        let version = rule.versions.first { $0.from == touched.from }
        let own = version?.citations ?? []
        var object = MemberList()
        object.add("rule", rule.name)
        object.add("title", title(rule.title))
        object.add("from", version?.from?.description)
        object.add("through", version?.through?.description)
        object.add("cites", citations(own.isEmpty ? rule.citations : own))
        object.add("place", program.place(rule.span))
        return object.object
      }
  }

  private var figures: [JSONValue] {
    steps.parameters.sorted { ($0.parameter, $0.from) < ($1.parameter, $1.from) }
      .compactMap { touched in
        let parameter = program.parameters[touched.parameter]
        guard let entry = parameter.entries.first(where: { $0.from == touched.from }) else {
          return nil
        }
        var object = MemberList()
        object.add("parameter", program.id(of: touched.parameter))
        object.add("title", title(parameter.title))
        object.add("from", entry.from.description)
        object.add("through", entry.through?.description)
        switch entry.figure {
        case .value(let value): object.add("figure", program.text(of: value, parameter.type))
        case .unverified(let why, let between):
          object.add("unverified", title(why) ?? "")
          if let between {
            let ends = [between.0, between.1].compactMap { $0 }
            object.add(
              "between",
              ends.map { .string(program.text(of: .number($0), parameter.type)) })
          }
        }
        object.add(
          "cites", citations(entry.citations.isEmpty ? parameter.citations : entry.citations))
        object.add("place", program.place(entry.span))
        return object.object
      }
  }

  /// The laws whose short names the provisions begin with.
  private var sources: [JSONValue] {
    program.sources.filter { source in
      steps.citations.contains { $0 == source.name || $0.hasPrefix(source.name + " ") }
    }.map { source in
      var object = MemberList()
      object.add("name", source.name)
      object.add("title", title(source.title))
      object.add("url", source.url)
      return object.object
    }
  }

  private func citations(_ citations: [Citation]) -> [JSONValue] {
    citations.map { .string($0.text) }
  }

  private func title(_ text: LocalizedText) -> String? {
    text.text(in: program.language, else: program.language)
  }
}
