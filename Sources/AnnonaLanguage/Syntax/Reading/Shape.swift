/// What a mapping of a rulebook may say: its keys, what stands under each, and what they are for.
///
/// The reader checks every mapping against its form and reads by its keys, so a form is never out of step with what is read.
package struct ShapeForm: Sendable {
  /// What messages call it, with its article: `a fact`.
  package let name: String
  /// One sentence for documentation.
  package let summary: String
  /// The key that a value written without keys stands under: `household.x: 1 + 1` is `value: 1 + 1`.
  package let short: String?
  package let keys: [KeyForm]
  package let choices: [KeyChoice]
  /// Keys that mean nothing without another: `hit` without `table`.
  package let dependencies: [KeyDependency]

  package init(
    _ name: String, _ summary: String, short: String? = nil, choices: [KeyChoice] = [],
    dependencies: [KeyDependency] = [], keys: [any KeyDescription]
  ) {
    self.name = name
    self.summary = summary
    self.short = short
    self.keys = keys.map(\.form)
    self.choices = choices
    self.dependencies = dependencies
  }

  func key(_ name: String) -> KeyForm? { keys.first { $0.name == name } }
}

/// Keys of which a mapping has one, and never two.
package struct KeyChoice: Sendable {
  /// What the chosen key gives, with its article: `a body`.
  package let noun: String
  package let keys: [String]
  package let isRequired: Bool

  package init(_ noun: String, _ keys: [String], isRequired: Bool = true) {
    self.noun = noun
    self.keys = keys
    self.isRequired = isRequired
  }
}

package struct KeyDependency: Sendable {
  package let key: String
  package let needs: String

  package init(_ key: String, needs: String) {
    self.key = key
    self.needs = needs
  }
}

/// One key of a shape.
package struct KeyForm: Sendable {
  package let name: String
  /// One sentence for documentation.
  package let summary: String
  package let isRequired: Bool
  package let kind: KindForm
}

/// What stands under a key.
package indirect enum KindForm: Sendable {
  case scalar(ScalarForm)
  /// A text, or one a language: `{ pt: …, en: … }`.
  case text
  case list(KindForm)
  /// Keys that the author chooses, each with a value.
  case entries(ScalarForm, KindForm)
  case shape(any Shape.Type)
  /// The first that fits how the value is written: alone, as a list, or with keys.
  case either([KindForm])
  /// Whatever is written, read by a later stage; what messages call it, with its article.
  case later(String)
}

/// What a value without inner structure is.
package enum ScalarForm: Sendable, Hashable {
  case name
  case member
  case dottedName
  /// `household`, or `abono.household` of an import.
  case entityName
  /// `entity.rule`
  case ruleName
  case unit
  case language
  case currency
  case plainText
  case expression
  case type
  case date
  case monthAndDay
  case flag
  case word([String])
  case rounding
  case table
  case grid
  case change

  /// What messages call it, with its article.
  package var phrase: String {
    switch self {
    case .name: "a name"
    case .member, .entityName: "a name"
    case .dottedName: "a name"
    case .ruleName: "a name such as `household.income`"
    case .unit: "a unit's name"
    case .language: "a language code such as `en`"
    case .currency: "a currency code such as `EUR`"
    case .plainText: "a text"
    case .expression: "an expression"
    case .type: "a type"
    case .date: "a date such as `2025-03-01`"
    case .monthAndDay: "a month and day such as `07-01`"
    case .flag: "`true` or `false`"
    case .word(let words): words.map { "`\($0)`" }.joined(oxford: "or")
    case .rounding: "a step and a mode such as `0.01 half_up`"
    case .table: "a table drawn below `|`"
    case .grid: "a grid drawn below `|`"
    case .change: "a change such as `household.income rises`"
    }
  }
}

extension KindForm {
  /// What messages say a key takes: `a text`, `keys of its own`.
  package var phrase: String {
    switch self {
    case .scalar(let form): form.phrase
    case .text: "a text"
    case .list: "a list"
    case .entries(.date, _): "dates with a value each"
    case .entries: "names with a value each"
    case .shape(let shape):
      if let short = shape.form.short.flatMap(shape.form.key) {
        short.kind.phrase + " or keys of its own"
      } else {
        "keys of its own"
      }
    case .either(let kinds): kinds.map(\.phrase).joined(oxford: "or")
    case .later(let phrase): phrase
    }
  }

  /// Whether a value written this way (alone, as a list, with keys) can be of this kind at all.
  func accepts(_ node: Node) -> Bool {
    switch (self, node.content) {
    case (.scalar, .scalar), (.text, .scalar), (.text, .mapping): true
    case (.later, _), (.list, .sequence), (.entries, .mapping), (.shape, .mapping): true
    case (.shape(let shape), _):
      shape.form.short.flatMap(shape.form.key)?.kind.accepts(node) ?? false
    case (.either(let kinds), _): kinds.contains { $0.accepts(node) }
    default: false
    }
  }
}

extension Array where Element == String {
  /// `a, b or c`
  func joined(oxford word: String) -> String {
    guard let last, count > 1 else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " \(word) " + last
  }
}
