import AnnonaEngine
import AnnonaLanguage

// What each fault of a run says to people, by language; `{0}` is what it is about, where that is known, `{1}` the date.

extension Fault.Code {
  /// The sentences of a language; English where the language has no table of its own.
  static func table(_ language: String) -> [Fault.Code: String] {
    tables[String(language.lowercased().prefix { $0 != "-" && $0 != "_" })] ?? english
  }

  static let tables: [String: [Fault.Code: String]] = [
    "en": english, "fr": french, "pt": portuguese,
  ]

  private static let english: [Fault.Code: String] = [
    .divisionByZero: "something is divided by zero",
    .tooLarge: "a number has too many digits",
    .badExponent: "zero has no negative power",
    .monthOverflow: "the month has no such day, and the rulebook does not say which one counts",
    .dateOutOfRange: "the date is not between the years 1 and 9999",
    .datesReversed: "the later date comes first",
    .fractionalDuration: "a date is moved by a part of a month or of a day",
    .noStep: "the time from one payment to the next is not above zero",
    .tooManyPayments: "there are too many payments to work them out one by one",
    .emptyList: "there is nothing to take a value from",
    .notInList: "what is looked for is not in the list",
    .noColumn: "the table of figures has no such column",
    .partialPeriod: "a period does not begin or end with a whole month or year",
    .noRow: "no row of the table applies",
    .impossibleRow: "a row applies that was declared impossible",
    .noCase: "none of the cases applies",
    .doesNotApply: "the rule does not apply",
    .conflict: "several apply at once: {0}",
    .notInForce: "{0} is not in force on {1}",
    .outOfDeclaredRange: "the value lies outside the limits that the rule declares",
    .negativeAmount: "the amount is less than zero",
    .absent: "a value that is needed is absent",
    .tooDeep: "functions call one another too deeply",
  ]

  private static let portuguese: [Fault.Code: String] = [
    .divisionByZero: "há uma divisão por zero",
    .tooLarge: "um número tem algarismos a mais",
    .badExponent: "zero não tem potências negativas",
    .monthOverflow: "o mês não tem esse dia, e as regras não dizem qual conta",
    .dateOutOfRange: "a data não está entre os anos 1 e 9999",
    .datesReversed: "a data posterior vem primeiro",
    .fractionalDuration: "uma data é deslocada por uma fração de mês ou de dia",
    .noStep: "o tempo de um pagamento ao seguinte não é superior a zero",
    .tooManyPayments: "há demasiados pagamentos para os calcular um a um",
    .emptyList: "não há de onde tirar um valor",
    .notInList: "o que se procura não está na lista",
    .noColumn: "a tabela de valores não tem essa coluna",
    .partialPeriod: "um período não começa ou não acaba com um mês ou ano completo",
    .noRow: "nenhuma linha da tabela se aplica",
    .impossibleRow: "aplica-se uma linha declarada impossível",
    .noCase: "nenhum dos casos se aplica",
    .doesNotApply: "a regra não se aplica",
    .conflict: "aplicam-se várias ao mesmo tempo: {0}",
    .notInForce: "{0} não está em vigor em {1}",
    .outOfDeclaredRange: "o valor está fora dos limites que a regra declara",
    .negativeAmount: "o montante é inferior a zero",
    .absent: "falta um valor necessário",
    .tooDeep: "as funções chamam-se umas às outras em demasiados níveis",
  ]
}

extension Wording {
  /// `something is divided by zero (division_by_zero): household.ratio, rules.yaml:12:5`
  func fault(_ fault: Fault) -> String {
    let sentence = Fault.Code.table(language)[fault.code] ?? fault.code.rawValue
    let about = sentence.split(separator: "{1}", omittingEmptySubsequences: false)
      .joined(separator: date(fault.date))
      .split(separator: "{0}", omittingEmptySubsequences: false)
      .joined(separator: subject(of: fault))
    if manner == .spelledOut { return about }
    let rule = fault.rule.map { id(of: $0, for: fault.instance) + ", " } ?? ""
    return "\(about) (\(fault.code.rawValue)): \(rule)\(place(fault.span))"
  }

  private func subject(of fault: Fault) -> String {
    switch fault.subject {
    case .place: fault.rule.map { "`\(program.rules[$0].name)`" } ?? ""
    case .parameter(let parameter):
      titled(program.parameters[parameter].title, program.parameters[parameter].name)
    case .rule(let rule): titled(program.rules[rule].title, program.rules[rule].name)
    case .rivals(let rivals):
      rivals.map { rival in
        citations(rival.citations).map { "`\(rival.name)` (\($0))" } ?? "`\(rival.name)`"
      }.joined(separator: ", ")
    }
  }

  /// What people call it, where that was written; the name alone says little of an imported figure.
  private func titled(_ title: LocalizedText, _ name: String) -> String {
    text(title).map { "\($0) (`\(name)`)" } ?? "`\(name)`"
  }

  /// `rules.yaml:12:5`
  func place(_ span: Span) -> String {
    guard program.files.indices.contains(Int(span.file)) else { return "-" }
    let file = program.files[Int(span.file)]
    let position = file.position(of: span.start)
    return "\(file.path):\(position.line):\(position.column)"
  }
}
