import AnnonaLanguage

/// Coverage as policy authors read it: what is missing first, by name and place, then the counts.
package struct CoverageText {
  /// So many of a kind are named one by one.
  private static let limit = 25

  package init() {}

  package func render(_ report: CoverageReport) -> String {
    var lines = ["Coverage of \(report.rulebook)"]
    for kind in CoverageKind.allCases {
      let missing = report.missing.filter { $0.kind == kind }
      guard !missing.isEmpty else { continue }
      lines.append("  \(kind.heading)")
      lines += missing.prefix(Self.limit).map { "    \(place($0, report))\($0.name)" }
      if missing.count > Self.limit {
        lines.append("    and \(missing.count - Self.limit) more, which `--format json` lists")
      }
    }
    lines += report.counts.map { count in
      let name = count.kind.rawValue
      let pad = String(repeating: " ", count: max(1, 12 - name.count))
      return "  \(name)\(pad)\(count.covered) of \(count.total) (\(count.percent) %)"
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func place(_ item: CoverageItem, _ report: CoverageReport) -> String {
    guard report.files.indices.contains(Int(item.span.file)) else { return "" }
    let file = report.files[Int(item.span.file)]
    let position = file.position(of: item.span.start)
    return "\(file.path):\(position.line): "
  }

  package func json(_ report: CoverageReport) -> JSONValue {
    .object([
      "rulebook": .string(report.rulebook),
      "missing": .array(
        report.missing.map { item in
          let file = report.files[Int(item.span.file)]
          return .object([
            "kind": .string(item.kind.rawValue), "name": .string(item.name),
            "file": .string(file.path),
            "line": .integer(file.position(of: item.span.start).line),
          ])
        }),
      "counts": .array(
        report.counts.map { count in
          .object([
            "kind": .string(count.kind.rawValue), "covered": .integer(count.covered),
            "total": .integer(count.total), "percent": .integer(count.percent),
          ])
        }),
    ])
  }
}

extension CoverageKind {
  /// Over what is missing of the kind.
  fileprivate var heading: String {
    switch self {
    case .rules: "rules that no case reaches"
    case .outcomes: "outcomes that no case expects"
    case .branches: "rows and branches that give no case its value"
    case .exceptions: "exceptions"
    case .boundaries: "boundaries without a case on this side"
    case .conditions: "conditions never shown to matter"
    case .periods: "figures that no case reads"
    case .provisions: "provisions that no case rests on"
    }
  }
}
