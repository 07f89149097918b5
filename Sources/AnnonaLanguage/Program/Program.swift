/// A typed index into one of a program's lists.
@frozen
public struct Identifier<Element>: Sendable, Hashable, Comparable {
  public let index: Int32

  @inlinable public init(_ index: Int) { self.index = Int32(index) }

  @inlinable
  public static func == (one: Self, other: Self) -> Bool { one.index == other.index }

  @inlinable
  public static func < (one: Self, other: Self) -> Bool { one.index < other.index }
}

public typealias EntityID = Identifier<Entity>
public typealias FactID = Identifier<Fact>
public typealias PlaceID = Identifier<Place>
public typealias ChoiceID = Identifier<Choice>
public typealias ParameterID = Identifier<Parameter>
public typealias RuleID = Identifier<Rule>
public typealias FunctionID = Identifier<Function>
public typealias BenefitID = Identifier<Benefit>
public typealias SourceID = Identifier<LawSource>

extension Array {
  /// Read in place: what stands there is large, and mostly one part of it is wanted.
  @inlinable
  public subscript(id: Identifier<Element>) -> Element {
    _read { yield self[Int(id.index)] }
    _modify { yield &self[Int(id.index)] }
  }
}

/// What a rulebook means: every name looked up, every expression typed, every law dated. Nothing in it can be malformed.
///
/// Lists are in declaration order (file path in byte order, then position), but `ruleOrder`, which puts each rule after all that it reads.
public struct Program: Sendable {
  public var files: [SourceFile] = []
  public var id = ""
  public var title = LocalizedText()
  public var language = "en"
  /// The minor unit of amounts is this currency's.
  public var currency: String?
  public var calendar = Calendar()
  /// Outside it every outcome is `not_in_force`.
  public var inForce = InForce()
  /// The rulebook that was asked for, last, and those it imports.
  public var rulebooks: [RulebookHeader] = []
  public var sources: [LawSource] = []
  public var choices: [Choice] = []
  public var entities: [Entity] = []
  public var facts: [Fact] = []
  public var places: [Place] = []
  public var parameters: [Parameter] = []
  public var functions: [Function] = []
  public var rules: [Rule] = []
  public var ruleOrder: [RuleID] = []
  public var benefits: [Benefit] = []
  /// Rules that a decision shows though no benefit uses them.
  public var shown: [RuleID] = []
  public var events: [Event] = []
  /// What must hold for every household, and the sudden losses that the law is known to make.
  public var properties: [Property] = []
  public var cliffs: [Cliff] = []
  /// The entity that is decided.
  public var caseEntity = EntityID(0)

  public init() {}
}

/// One of the rulebooks that a program is made of.
public struct RulebookHeader: Sendable {
  public let id: String
  public let title: LocalizedText
  public let language: String
  public let currency: String?
  /// Outside it, what the rulebook grants is `not_in_force`.
  public let inForce: InForce

  public init(
    id: String, title: LocalizedText, language: String, currency: String?, inForce: InForce
  ) {
    self.id = id
    self.title = title
    self.language = language
    self.currency = currency
    self.inForce = inForce
  }
}
