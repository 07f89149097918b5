import AnnonaValues

extension Kind {
  /// A value without inner structure.
  package static func scalar(
    _ form: ScalarForm, read: @escaping @Sendable (Scalar, Spot, RulebookReading) -> Value?
  ) -> Kind<Value> {
    Kind(.scalar(form)) { spot, reading in
      guard case .scalar(let scalar) = spot.node.content else { return nil }
      return read(scalar, spot, reading)
    }
  }

  /// A value that a parser of its own reads.
  fileprivate static func parsed(
    _ form: ScalarForm, by parse: @escaping @Sendable (Scalar, Int32) -> (Value?, [Diagnostic])
  ) -> Kind<Value> {
    .scalar(form) { scalar, spot, reading in
      let (value, diagnostics) = parse(scalar, spot.node.span.file)
      reading.diagnostics += diagnostics
      return value
    }
  }
}

extension Kind where Value == ExpressionSyntax {
  static var expression: Self { parsed(.expression) { parseExpression($0, file: $1) } }
}

extension Kind where Value == TypeSyntax {
  static var type: Self { parsed(.type) { parseType($0, file: $1) } }
}

extension Kind where Value == RoundingSyntax {
  static var rounding: Self { parsed(.rounding) { parseRounding($0, file: $1) } }
}

extension Kind where Value == TableSyntax {
  static var table: Self { parsed(.table) { parseTable($0, file: $1) } }
}

extension Kind where Value == GridSyntax {
  package static var grid: Self { parsed(.grid) { parseGrid($0, file: $1) } }
}

extension Kind where Value == Bool {
  package static var flag: Self {
    .scalar(.flag) { scalar, spot, reading in
      switch (scalar.style, scalar.text) {
      case (.plain, "true"): return true
      case (.plain, "false"): return false
      default:
        reading.report(.notAmong(["true", "false"], scalar.text, spot.label, at: spot.node.span))
        return nil
      }
    }
  }
}

extension Kind where Value == DateSyntax {
  package static var date: Self {
    .scalar(.date) { scalar, spot, reading in
      guard let date = CalendarDate(text: scalar.text) else {
        reading.report(.notADay(scalar.text, at: spot.node.span))
        return nil
      }
      return DateSyntax(date, span: spot.node.span)
    }
  }
}

extension Kind where Value == NameSyntax {
  /// A name that the author gives to something.
  package static var name: Self { checked(.name) { fault(ofName: $0) } }

  static var member: Self { checked(.member) { fault(ofMember: $0) } }

  /// `pt.abono_de_familia`, `birth.registered`
  package static var dottedName: Self {
    checked(.dottedName) { text in
      let parts = text.split(separator: ".", omittingEmptySubsequences: false)
      // An id is never read in an expression, so that its parts may be any words.
      let isWellFormed = parts.allSatisfy { fault(ofName: String($0)) != .malformed }
      return isWellFormed ? nil : .malformed
    }
  }

  /// `household`, or an import's: `abono.household`.
  static var entityName: Self {
    checked(.entityName) { text in
      let parts = text.split(separator: ".", omittingEmptySubsequences: false)
      if parts.count > 2 { return .malformed }
      return parts.lazy.compactMap { fault(ofName: String($0)) }.first
    }
  }

  /// A unit that the rulebook declares: `kWh`, `m3`.
  static var unit: Self { checked(.unit) { fault(ofUnit: $0) } }

  private static func checked(
    _ form: ScalarForm, fault: @escaping @Sendable (String) -> NameFault?
  ) -> Self {
    .scalar(form) { scalar, spot, reading in
      guard let fault = fault(scalar.text) else {
        return NameSyntax(scalar.text, span: spot.node.span)
      }
      reading.report(.notAName(scalar.text, fault, as: form, at: spot.node.span))
      return nil
    }
  }

  /// One of these words.
  package static func word(_ words: [String]) -> Self {
    .scalar(.word(words)) { scalar, spot, reading in
      guard words.contains(scalar.text) else {
        reading.report(.notAmong(words, scalar.text, spot.label, at: spot.node.span))
        return nil
      }
      return NameSyntax(scalar.text, span: spot.node.span)
    }
  }

  /// A text that nothing is looked up in: a citation, an address, a pattern.
  package static var plainText: Self {
    .scalar(.plainText) { scalar, spot, reading in
      reading.checkForComment(spot.node)
      return NameSyntax(scalar.text, span: spot.node.span)
    }
  }

  static var language: Self { matching(.language, isLanguageCode) }

  static var currency: Self {
    matching(.currency) { Unit.isCurrency($0) }
  }

  /// `07-01`
  static var monthAndDay: Self {
    matching(.monthAndDay) { text in
      // A leap year has every day that any year has.
      text.utf8.count == 5 && CalendarDate(text: "2000-" + text) != nil
    }
  }

  private static func matching(
    _ form: ScalarForm, _ matches: @escaping @Sendable (String) -> Bool
  ) -> Self {
    .scalar(form) { scalar, spot, reading in
      guard matches(scalar.text) else {
        reading.report(.notMatching(form, scalar.text, spot.label, at: spot.node.span))
        return nil
      }
      return NameSyntax(scalar.text, span: spot.node.span)
    }
  }
}

extension Kind where Value == [NameSyntax] {
  /// `act s 3(1)`, or a list of such.
  static var citations: Self { .oneOrMore(.plainText) }
}

extension Kind where Value == TextSyntax {
  /// A text for people, in one language or in several.
  static var text: Self {
    Kind(.text) { spot, reading in
      switch spot.node.content {
      case .scalar(let scalar):
        reading.checkForComment(spot.node)
        return TextSyntax(variants: [
          .init(language: nil, text: scalar.text, span: spot.node.span)
        ])
      case .mapping(let entries):
        return TextSyntax(
          variants: entries.compactMap { entry in
            guard let language = reading.read(Kind<NameSyntax>.language, at: Spot(key: entry)),
              let text = reading.read(Kind<NameSyntax>.plainText, at: Spot(under: entry))
            else { return nil }
            return .init(language: language.text, text: text.text, span: text.span)
          })
      case .sequence: return nil
      }
    }
  }
}

/// `en`, `pt-BR`
private func isLanguageCode(_ text: String) -> Bool {
  let parts = text.split(separator: "-", omittingEmptySubsequences: false)
  guard let first = parts.first, (2...3).contains(first.utf8.count),
    first.utf8.allSatisfy({ (97...122).contains($0) })
  else { return false }
  return parts.dropFirst().allSatisfy { part in
    (2...8).contains(part.utf8.count)
      && part.unicodeScalars.allSatisfy { $0.isASCII && $0.properties.isXIDContinue && $0 != "_" }
  }
}
