/// What the bytes are taken for.
enum Target: String {
  /// A rulebook's file, from its bytes to its proofs.
  case rulebook
  /// Any YAML, as a case of a rulebook that knows nothing of it.
  case yaml
  /// Any JSON, likewise.
  case json
  /// One expression of a rule.
  case expression
  /// One table of a rule.
  case table
  /// The facts of a household, read, decided and explained.
  case cases
}
