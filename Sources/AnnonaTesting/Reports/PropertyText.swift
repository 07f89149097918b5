import AnnonaLanguage

/// What came of properties, as policy authors read it and as programs do.
package struct PropertyText {
  private let isColoured: Bool

  package init(coloured: Bool = false) { isColoured = coloured }

  /// A line a property, and for each that is broken the household that shows it, as a fixture.
  package func render(_ run: PropertyRun) -> String {
    let width = run.results.map(\.property.name.count).max() ?? 0
    var lines = ["Properties of \(run.program.id)"]
    for result in run.results {
      let name = result.property.name
      let gap = String(repeating: " ", count: width - name.count)
      lines.append("  \(name)\(gap)  \(words(result, run))")
    }
    for result in run.violated {
      guard case .violated(let example) = result.verdict else { continue }
      let place = run.place(result.property).map { "\($0.path):\($0.line):\($0.column): " } ?? ""
      lines += ["", painted("✗ \(run.program.id): \(result.property.name)", "1;31")]
      lines.append("  \(place)\(example.words)")
      lines += ["  as a fixture:", ""]
      lines += example.fixture.split(separator: "\n").map { "    \($0)" }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func words(_ result: PropertyResult, _ run: PropertyRun) -> String {
    switch result.verdict {
    case .proved: return painted("proved", "1;32")
    case .violated: return painted("broken", "1;31") + ", seed \(run.seed)"
    case .tested(0, _): return painted("not tested: no household could be compared", "1;33")
    case .tested(let households, let acknowledged):
      let tested =
        "tested on \(households) household\(households == 1 ? "" : "s"), seed \(run.seed)"
      if acknowledged == 0 { return tested }
      return tested + "; \(acknowledged) break it where the law does"
    }
  }

  /// One sentence for each that is broken, with its place.
  package func diagnostics(_ run: PropertyRun) -> [Diagnostic] {
    run.violated.compactMap { result in
      guard case .violated(let example) = result.verdict else { return nil }
      return Diagnostic(
        "FAILED", at: result.property.span,
        "\(run.program.id): \(result.property.name): \(example.words)", help: example.fixture)
    }
  }

  package func json(_ run: PropertyRun) -> JSONValue {
    .object([
      "rulebook": .string(run.program.id), "seed": .string(String(run.seed)),
      "properties": .array(run.results.map { json($0, run) }),
    ])
  }

  private func json(_ result: PropertyResult, _ run: PropertyRun) -> JSONValue {
    let place = run.place(result.property)
    var members: [JSONValue.Member] = [
      .init("name", .string(result.property.name)), .init("file", .optional(place?.path)),
      .init("line", place.map { .integer($0.line) } ?? .null),
    ]
    switch result.verdict {
    case .proved: members.append(.init("verdict", "proved"))
    case .tested(let households, let acknowledged):
      members += [
        .init("verdict", "tested"), .init("households", .integer(households)),
        .init("acknowledged", .integer(acknowledged)),
      ]
    case .violated(let example):
      members += [
        .init("verdict", "violated"), .init("because", .string(example.words)),
        .init("fixture", .string(example.fixture)),
      ]
    }
    return .object(members)
  }

  private func painted(_ text: String, _ colour: String) -> String {
    isColoured ? "\u{1B}[\(colour)m\(text)\u{1B}[0m" : text
  }
}
