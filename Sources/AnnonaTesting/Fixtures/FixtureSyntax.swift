import AnnonaLanguage
import AnnonaValues

/// A `*.test.yaml` file as written: what its cases share, and the cases.
struct FixtureFileSyntax {
  /// The rulebook that is tested, by its id.
  var rulebook: NameSyntax?
  var today: DateSyntax?
  var source: NameSyntax?
  /// Facts that every case starts from.
  var given: Node?
  var suppose: [ValueSyntax] = []
  var cases: [FixtureCaseSyntax] = []
}

/// An entry of `cases:`.
struct FixtureCaseSyntax {
  let span: Span
  var name: NameSyntax?
  var today: DateSyntax?
  var basis = BasisSyntax()
  /// `basis: derived`, beside which `because` stands; it may yet say nothing.
  var unexplained: Span?
  var given: Node?
  var suppose: [ValueSyntax] = []
  var expectations: [ExpectationSyntax] = []
  /// Whether `expect:` was written, even with nothing under it.
  var expects = false
  var table: GridSyntax?
}

/// A name and what it is to be.
struct ValueSyntax {
  let name: NameSyntax
  let value: NameSyntax
}

/// Where an expected value comes from.
struct BasisSyntax {
  /// Who published it: an address, a law, a report.
  var source: NameSyntax?
  /// Whether it was worked out from the law.
  var isDerived = false
  /// Whether it is only what once came out; no source of the case vouches for it.
  var isRecorded = false
  /// The arithmetic and the article of what was worked out.
  var because: NameSyntax?

  /// This one, where it names no source the other.
  func or(_ other: BasisSyntax) -> BasisSyntax {
    source == nil && !isDerived && !isRecorded ? other : self
  }
}

/// An entry of `expect:`: a rule's value, or what becomes of a benefit.
struct ExpectationSyntax {
  var name: NameSyntax
  /// Where the value stands, if not below its name: in a cell.
  var span: Span?
  var value: ExpectedTextSyntax?
  var outcome: NameSyntax?
  var amount: ExpectedTextSyntax?
  /// What is paid, by day or by the name of a payment.
  var payments: [PaymentSyntax] = []
  var total: ExpectedTextSyntax?
  var from: DateSyntax?
  var through: DateSyntax?
  var needs: ListSyntax?
  var reasons: ListSyntax?
  var fired: ListSyntax?
  var error: NameSyntax?
  var tolerance: NameSyntax?
  var basis = BasisSyntax()
  /// `basis: derived` without its arithmetic.
  var unexplained: NameSyntax?
  /// `because: fill_in` beside a tolerance.
  var unreasoned: NameSyntax?
  /// Whether something in it could not be read, which was reported.
  var isFaulty = false
}

/// An entry of `pays:`: a day, or the name of a payment.
struct PaymentSyntax {
  var name: NameSyntax
  let amount: ExpectedTextSyntax?
  let payments: NameSyntax?
  let first: DateSyntax?
  let last: DateSyntax?
  let total: ExpectedTextSyntax?
}

/// An expected value: one text, or the elements of a list.
enum ExpectedTextSyntax {
  case one(NameSyntax)
  case list([NameSyntax], Span)

  var span: Span {
    switch self {
    case .one(let text): text.span
    case .list(_, let span): span
    }
  }
}

/// A list that is compared whole, or of which only a part is named.
struct ListSyntax {
  let names: [NameSyntax]
  let isPart: Bool
}
