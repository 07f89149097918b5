package struct BenefitSyntax: Sendable {
  package struct Appeal: Sendable {
    package let to: TextSyntax?
    package let within: ExpressionSyntax?
    package let effect: TextSyntax?
    package let citations: [NameSyntax]

    package init(
      to: TextSyntax?, within: ExpressionSyntax?, effect: TextSyntax?, citations: [NameSyntax]
    ) {
      self.to = to
      self.within = within
      self.effect = effect
      self.citations = citations
    }
  }

  package var name: NameSyntax
  /// An entry of `charges:`: what people owe, not what they are paid.
  package var isCharge = false
  package var title: TextSyntax?
  package var about: TextSyntax?
  package var citations: [NameSyntax] = []
  /// `for: household.children`
  package var members: ExpressionSyntax?
  package var applies: ExpressionSyntax?
  package var entitled: ExpressionSyntax?
  package var amount: ExpressionSyntax?
  /// Several or irregular payments, in place of `amount`.
  package var payments: [PaymentSyntax] = []
  package var under: ExpressionSyntax?
  /// Life events that make it worth deciding anew, such as `birth.registered`.
  package var events: [NameSyntax] = []
  package var authority: TextSyntax?
  package var appeal: Appeal?
  package var span: Span

  package init(name: NameSyntax, span: Span) {
    self.name = name
    self.span = span
  }
}

/// An entry of `pays:`: one payment, or payments at equal steps from a date.
package struct PaymentSyntax: Sendable {
  package var name: NameSyntax
  package var title: TextSyntax?
  package var citations: [NameSyntax] = []
  package var amount: ExpressionSyntax?
  package var once: ExpressionSyntax?
  package var every: ExpressionSyntax?
  package var starting: ExpressionSyntax?
  package var after: ExpressionSyntax?
  package var during: ExpressionSyntax?
  package var span: Span

  package init(name: NameSyntax, span: Span) {
    self.name = name
    self.span = span
  }
}

/// An entry of `events:`: the facts that a life event brings, each with its path in the event's own data.
package struct EventSyntax: Sendable {
  package struct Origin: Sendable {
    package let fact: NameSyntax
    package let payload: NameSyntax

    package init(fact: NameSyntax, payload: NameSyntax) {
      self.fact = fact
      self.payload = payload
    }
  }

  package let name: NameSyntax
  package let facts: [Origin]

  package init(name: NameSyntax, facts: [Origin]) {
    self.name = name
    self.facts = facts
  }
}

/// An entry of `amendments:`: exceptions that another law makes to a rule.
package struct AmendmentSyntax: Sendable {
  package let entity: NameSyntax
  package let rule: NameSyntax
  package let exceptions: [ExceptionSyntax]

  package init(entity: NameSyntax, rule: NameSyntax, exceptions: [ExceptionSyntax]) {
    self.entity = entity
    self.rule = rule
    self.exceptions = exceptions
  }
}
