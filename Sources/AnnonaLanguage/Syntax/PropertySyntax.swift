/// An entry of `properties:`: what must hold for every household.
package struct PropertySyntax: Sendable {
  package enum Claim: Sendable {
    case atLeast(ExpressionSyntax)
    case atMost(ExpressionSyntax)
    case neverFalls(ChangeSyntax)
    case neverRises(ChangeSyntax)
    case continuous(NameSyntax)
    case sameWhateverTheOrderOf(NameSyntax)
  }

  /// Households of which the law does not promise it.
  package struct Exemption: Sendable {
    package let name: NameSyntax
    package let title: TextSyntax?
    package let when: ExpressionSyntax
    package let citations: [NameSyntax]

    package init(
      name: NameSyntax, title: TextSyntax?, when: ExpressionSyntax, citations: [NameSyntax]
    ) {
      self.name = name
      self.title = title
      self.when = when
      self.citations = citations
    }
  }

  package let name: NameSyntax
  package var title: TextSyntax?
  package var about: TextSyntax?
  package var citations: [NameSyntax] = []
  /// A benefit, or a rule with its entity.
  package let of: NameSyntax
  package let claim: Claim
  /// How far a value may jump and still count as continuous.
  package var tolerance: ExpressionSyntax?
  package var exemptions: [Exemption] = []

  package init(name: NameSyntax, of: NameSyntax, claim: Claim) {
    self.name = name
    self.of = of
    self.claim = claim
  }
}

/// `household.income rises`: one step of one fact or list of members.
package struct ChangeSyntax: Sendable {
  package enum Verb: String, Sendable, CaseIterable {
    case rises, falls, becomes, grows, shrinks
  }

  package let of: NameSyntax
  package let verb: Verb
  /// After `becomes`.
  package let value: NameSyntax?
  package let span: Span

  package init(of: NameSyntax, verb: Verb, value: NameSyntax?, span: Span) {
    self.of = of
    self.verb = verb
    self.value = value
    self.span = span
  }
}

/// An entry of `cliffs:`: a sudden loss that the law is known to make.
package struct CliffSyntax: Sendable {
  package let name: NameSyntax
  package let of: NameSyntax
  package var title: TextSyntax?
  package var about: TextSyntax?
  package var when: ChangeSyntax?
  package var at: ExpressionSyntax?
  package var citations: [NameSyntax] = []

  package init(name: NameSyntax, of: NameSyntax) {
    self.name = name
    self.of = of
  }
}
