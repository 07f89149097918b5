extension [Diagnostic] {
  /// By file, place, code and words, each finding once: the same whatever order the stages reported in.
  public func inOrder() -> [Diagnostic] {
    var seen: Set<Diagnostic> = []
    let once = filter { seen.insert($0).inserted }
    return once.enumerated().sorted { one, other in
      one.element.comesBefore(other.element) ?? (one.offset < other.offset)
    }.map(\.element)
  }

  /// Whether any of them keeps a rulebook from loading.
  public var hasErrors: Bool { contains { $0.severity == .error } }
}

extension Diagnostic {
  /// `nil` where the two have the same place and words.
  fileprivate func comesBefore(_ other: Diagnostic) -> Bool? {
    if span.file != other.span.file { return span.file < other.span.file }
    if span.start != other.span.start { return span.start < other.span.start }
    if span.end != other.span.end { return span.end < other.span.end }
    if code != other.code { return code.utf8.lexicographicallyPrecedes(other.code.utf8) }
    if message != other.message {
      return message.utf8.lexicographicallyPrecedes(other.message.utf8)
    }
    return nil
  }
}
