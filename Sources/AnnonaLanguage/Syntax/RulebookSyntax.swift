package import AnnonaValues

/// A rulebook as it was written: every file's declarations in order, nothing looked up yet.
package struct RulebookSyntax: Sendable {
  package var header: HeaderSyntax?
  package var units: [NameSyntax] = []
  package var choices: [ChoiceSyntax] = []
  package var entities: [EntitySyntax] = []
  package var parameters: [ParameterSyntax] = []
  package var functions: [FunctionSyntax] = []
  package var rules: [RuleSyntax] = []
  package var benefits: [BenefitSyntax] = []
  /// Rules that a decision shows though no benefit uses them.
  package var shows: [NameSyntax] = []
  package var imports: [ImportSyntax] = []
  package var amendments: [AmendmentSyntax] = []
  package var events: [EventSyntax] = []
  package var properties: [PropertySyntax] = []
  package var cliffs: [CliffSyntax] = []
  /// Names of declarations too broken to be listed above: what misses them needs no message of its own.
  package var unread: [NameSyntax] = []

  package init() {}
}

/// A text in one or several languages; the plain spelling stands under the rulebook's own language.
package struct TextSyntax: Sendable, Hashable {
  package struct Variant: Sendable, Hashable {
    /// `nil` for a text written without a language.
    package let language: String?
    package let text: String
    package let span: Span

    package init(language: String?, text: String, span: Span) {
      self.language = language
      self.text = text
      self.span = span
    }
  }

  package let variants: [Variant]

  package init(variants: [Variant]) { self.variants = variants }
}

package struct HeaderSyntax: Sendable {
  package var id: NameSyntax
  package var title: TextSyntax?
  package var about: TextSyntax?
  package var language: NameSyntax?
  package var currency: NameSyntax?
  package var caseEntity: NameSyntax?
  package var inForce: InForceSyntax?
  package var leapDayBirthday: NameSyntax?
  package var monthOverflow: NameSyntax?
  package var yearStarts: NameSyntax?
  package var weekStarts: NameSyntax?
  /// Of all files.
  package var sources: [SourceSyntax] = []

  package init(id: NameSyntax) { self.id = id }
}

package struct InForceSyntax: Sendable {
  package let from: DateSyntax
  package let through: DateSyntax?

  package init(from: DateSyntax, through: DateSyntax?) {
    self.from = from
    self.through = through
  }
}

package struct DateSyntax: Sendable {
  package let date: CalendarDate
  package let span: Span

  package init(_ date: CalendarDate, span: Span) {
    self.date = date
    self.span = span
  }
}

/// An entry of `sources:`: a law's short name, its title and where it can be read.
package struct SourceSyntax: Sendable {
  package let name: NameSyntax
  package let title: TextSyntax?
  package let url: String?

  package init(name: NameSyntax, title: TextSyntax?, url: String?) {
    self.name = name
    self.title = title
    self.url = url
  }
}

package struct ImportSyntax: Sendable {
  package let prefix: NameSyntax
  package let rulebook: NameSyntax

  package init(prefix: NameSyntax, rulebook: NameSyntax) {
    self.prefix = prefix
    self.rulebook = rulebook
  }
}

package struct ChoiceSyntax: Sendable {
  package struct Member: Sendable {
    package let name: NameSyntax
    package let title: TextSyntax?

    package init(name: NameSyntax, title: TextSyntax?) {
      self.name = name
      self.title = title
    }
  }

  package let name: NameSyntax
  package let members: [Member]

  package init(name: NameSyntax, members: [Member]) {
    self.name = name
    self.members = members
  }
}

/// A type as written.
package struct TypeSyntax: Sendable {
  package indirect enum Kind: Sendable {
    /// `boolean`, `EUR/month`, `person`, a choice's name: resolved by the checker.
    case named(String)
    case list(TypeSyntax)
    case choice([ChoiceSyntax.Member])
  }

  package let kind: Kind
  package let span: Span

  package init(_ kind: Kind, span: Span) {
    self.kind = kind
    self.span = span
  }
}

package struct EntitySyntax: Sendable {
  package var name: NameSyntax
  package var title: TextSyntax?
  package var facts: [FactSyntax] = []
  package var places: [PlaceSyntax] = []

  package init(name: NameSyntax) { self.name = name }
}

package struct FactSyntax: Sendable {
  package var name: NameSyntax
  package var title: TextSyntax?
  package var about: TextSyntax?
  package var type: TypeSyntax
  package var isOptional = false
  package var minimum: ExpressionSyntax?
  package var maximum: ExpressionSyntax?
  package var step: ExpressionSyntax?
  package var pattern: NameSyntax?
  package var varies: NameSyntax?
  package var defaultValue: ExpressionSyntax?
  package var judgedBy: NameSyntax?
  package var citations: [NameSyntax] = []
  package var ask: TextSyntax?
  package var help: TextSyntax?
  /// What an interview makes of it: its page, whether it comes first, how hard it is to answer, whether people can change it.
  package var group: NameSyntax?
  package var isGate = false
  package var burden: ExpressionSyntax?
  package var isChangeable = false

  package init(name: NameSyntax, type: TypeSyntax) {
    self.name = name
    self.type = type
  }
}

/// An entry of `has:`: the members that an entity holds.
package struct PlaceSyntax: Sendable {
  package let name: NameSyntax
  package let title: TextSyntax?
  package let type: TypeSyntax
  package let isOptional: Bool
  package let minimum: ExpressionSyntax?
  package let maximum: ExpressionSyntax?
  package let ask: TextSyntax?

  package init(
    name: NameSyntax, title: TextSyntax?, type: TypeSyntax, isOptional: Bool,
    minimum: ExpressionSyntax?, maximum: ExpressionSyntax?, ask: TextSyntax?
  ) {
    self.name = name
    self.title = title
    self.type = type
    self.isOptional = isOptional
    self.minimum = minimum
    self.maximum = maximum
    self.ask = ask
  }
}

package struct ParameterSyntax: Sendable {
  package enum Value: Sendable {
    case value(ExpressionSyntax)
    /// `unverified: why`, optionally with the bounds that are certain; the upper one may be open.
    case unverified(why: TextSyntax, between: (ExpressionSyntax, ExpressionSyntax?)?)
  }

  package struct Entry: Sendable {
    package let from: DateSyntax
    package let value: Value
    package let through: DateSyntax?
    package let citations: [NameSyntax]
    package let span: Span

    package init(
      from: DateSyntax, value: Value, through: DateSyntax?, citations: [NameSyntax], span: Span
    ) {
      self.from = from
      self.value = value
      self.through = through
      self.citations = citations
      self.span = span
    }
  }

  package var name: NameSyntax
  package var title: TextSyntax?
  package var about: TextSyntax?
  package var type: TypeSyntax
  package var citations: [NameSyntax] = []
  package var untilFurtherNotice = false
  package var through: DateSyntax?
  package var entries: [Entry] = []
  /// `values: |` with several columns, in place of `entries`.
  package var grid: GridSyntax?
  /// What people call each column of the grid.
  package var columnTitles: [(column: NameSyntax, title: TextSyntax)] = []
  /// The whole declaration, for messages about what it lacks.
  package var span: Span

  package init(name: NameSyntax, type: TypeSyntax, span: Span) {
    self.name = name
    self.type = type
    self.span = span
  }
}

package struct FunctionSyntax: Sendable {
  package var name: NameSyntax
  package var takes: [(name: NameSyntax, type: TypeSyntax)]
  package var rule: RuleSyntax

  package init(name: NameSyntax, takes: [(name: NameSyntax, type: TypeSyntax)], rule: RuleSyntax) {
    self.name = name
    self.takes = takes
    self.rule = rule
  }
}

package struct RoundingSyntax: Sendable {
  package let step: ExpressionSyntax
  package let mode: RoundingMode
  package let span: Span

  package init(step: ExpressionSyntax, mode: RoundingMode, span: Span) {
    self.step = step
    self.mode = mode
    self.span = span
  }
}

/// A rule, a named condition, an exception or a function's body: one shape, since each is a rule of its own.
///
/// Handed from stage to stage, it is one thing: it is written by whoever reads it from the text, and by nobody after.
package final class RuleSyntax: @unchecked Sendable {
  package struct Version: Sendable {
    /// `nil` for a rule that does not change in time.
    package let from: DateSyntax?
    package let citations: [NameSyntax]
    /// `nil` for `repealed: true`.
    package let body: BodySyntax?
    package let round: RoundingSyntax?
    package var title: TextSyntax?
    package var about: TextSyntax?
    package let span: Span

    package init(
      from: DateSyntax?, citations: [NameSyntax], body: BodySyntax?, round: RoundingSyntax?,
      span: Span
    ) {
      self.from = from
      self.citations = citations
      self.body = body
      self.round = round
      self.span = span
    }
  }

  /// The last part of the dotted name: `rebate` of `household.rebate`.
  package var name: NameSyntax
  /// The entity before the dot; `nil` for a condition, an exception or a function.
  package var entity: NameSyntax?
  package var title: TextSyntax?
  package var about: TextSyntax?
  package var citations: [NameSyntax] = []
  package var type: TypeSyntax?
  package var minimum: ExpressionSyntax?
  package var maximum: ExpressionSyntax?
  package var when: ExpressionSyntax?
  package var round: RoundingSyntax?
  package var under: ExpressionSyntax?
  /// Of an exception; a rule's own days are its versions'.
  package var inForce: InForceSyntax?
  package var versions: [Version] = []
  package var exceptions: [ExceptionSyntax] = []
  /// For a condition of `all:` or `any:`: what its reason says.
  package var met: TextSyntax?
  package var unmet: TextSyntax?
  package var span: Span

  package init(name: NameSyntax, span: Span) {
    self.name = name
    self.span = span
  }
}

package struct ExceptionSyntax: Sendable {
  /// Its `when`, body, dates, rounding and nested exceptions.
  package var rule: RuleSyntax
  package var prevailsOver: [NameSyntax] = []
  package var refines: Bool?

  package init(rule: RuleSyntax) { self.rule = rule }
}

/// What a rule says: exactly one of these.
package indirect enum BodySyntax: Sendable {
  case value(ExpressionSyntax)
  case cases(
    [(when: ExpressionSyntax, value: ExpressionSyntax, citations: [NameSyntax])],
    otherwise: ExpressionSyntax?)
  /// `all:` or `any:`
  case conditions(every: Bool, [RuleSyntax], span: Span)
  case table(TableSyntax, hit: HitPolicy)
  case scale(of: ExpressionSyntax, brackets: GridSyntax)
}

/// Which of the rows that apply give a table its value.
public enum HitPolicy: String, Sendable, Hashable, CaseIterable {
  case unique, first, collect, sum, min, max, count
}
