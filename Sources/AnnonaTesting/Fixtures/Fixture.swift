import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// A household and what must be decided for it, every name looked up and every value read.
package struct Fixture: Sendable {
  package let rulebook: String
  /// A row of a table has its number behind the name of its case.
  package let name: String
  package let span: Span
  package let today: CalendarDate
  package let facts: Case
  /// What is given, background included, as the case reads it.
  package let given: Node
  package let suppositions: [Supposition]
  package let expectations: [Expectation]
}

/// One expected value, or what must become of one benefit for one member.
package struct Expectation: Sendable {
  package enum Subject: Sendable, Hashable {
    case rule(RuleID, Int32, output: Int?)
    /// `nil` where it is decided for the whole case.
    case benefit(BenefitID, Int32?)
  }

  package let name: String
  package let span: Span
  package let subject: Subject
  package var value: ExpectedValue?
  package var outcome: Outcome?
  package var payments: ExpectedPayments?
  package var needs: ExpectedNames?
  package var reasons: ExpectedNames?
  package var fired: ExpectedNames?
  package var error: ExpectedFault?
  /// Where its value may be written anew.
  package var written: Written?
  package let basis: Basis
}

/// The place of an expected value, and whether it is marked as recorded already.
package struct Written: Sendable, Hashable {
  package let span: Span
  package let isMarked: Bool
}

/// Where an expected value comes from.
package enum Basis: Sendable, Hashable {
  case published(String)
  /// Worked out from the law, with the arithmetic and the article.
  case derived(String)
  /// Only what once came out: nobody vouches for it, and every report counts it.
  case recorded
  /// Nobody says; every report counts it.
  case unsourced
}

/// What a number, or any other value, must be.
package enum ExpectedValue: Sendable, Hashable {
  case exactly(Value)
  /// A published figure that was rounded: the result is rounded in the same way before it is compared.
  case rounded(Number, to: Number, RoundingMode)
  case near(Number, within: Number)
  /// Not known yet, and between these ends; `nil` for no end.
  case between(Number?, Number?)
  /// Not known yet, whatever it can still be.
  case unknown
}

/// What a benefit pays over time.
package struct ExpectedPayments: Sendable, Hashable {
  /// All that falls on one day.
  package struct Day: Sendable, Hashable {
    package let date: CalendarDate
    /// `nil` where the outcome says it all.
    package var amount: ExpectedValue?
    package var outcome: Outcome?
  }

  /// All payments of one name, or of a benefit that is paid per month and the like.
  package struct Series: Sendable, Hashable {
    /// `nil` where the benefit has no payments of its own.
    package let payment: String?
    /// As written.
    package let name: String
    package var count: Int?
    package var first: CalendarDate?
    package var last: CalendarDate?
    package var amount: ExpectedValue?
    package var total: ExpectedValue?
  }

  /// Compared whole where any is named: every other day pays nothing.
  package var days: [Day] = []
  package var series: [Series] = []
  package var total: ExpectedValue?
  /// What is looked at; `nil` for all payments.
  package var from: CalendarDate?
  package var through: CalendarDate?
}

/// Names that are compared as a set: all of them, or a part.
package struct ExpectedNames: Sendable, Hashable {
  package let names: [String]
  package let isPart: Bool
  package let span: Span
}

/// A fault, and where the fixture says so the rule it is met in.
package struct ExpectedFault: Sendable, Hashable {
  package let code: Fault.Code
  package let rule: String?
}
