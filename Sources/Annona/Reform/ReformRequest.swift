import AnnonaEngine
import AnnonaLanguage
public import AnnonaValues

/// Two rulebooks that are to be compared over a population: what is law, and what is to be.
public struct ReformRequest: Sendable {
  public let first: Rulebook
  public let second: Rulebook
  /// The date decided for, by both.
  public let today: CalendarDate
  /// How rows stand in the file.
  public var input = BatchRequest.Format.ndjson
  /// The key, or the column, that says which row it is.
  public var idKey = "id"
  /// The key of a member's id within a list.
  public var memberIDKey = "id"
  /// How many ids are kept as examples for each rule and each kind of change.
  public var examples = 3
  /// Whether examples keep their row and their amounts; they are a household's data.
  public var keepsValues = false
  /// Whether every household is decided by the plain evaluator, to compare.
  public var isPlain = false

  /// What the two say otherwise.
  let difference: ProgramDifference
  /// The names of the rules that say something else.
  let changedRuleNames: Set<String>
  /// The benefits of either, those of the second rulebook first.
  let benefits: [BenefitPair]
  /// Units in which amounts are added up over all benefits.
  let units: [ValueType]

  /// - Throws: why the two cannot be set beside each other.
  public init(
    _ first: Rulebook, _ second: Rulebook, today: CalendarDate
  ) throws(RequestProblem) {
    self.first = first
    self.second = second
    self.today = today
    try Self.checkWhoIsDecided(first, second)
    difference = ProgramDifference(first.program, second.program)
    changedRuleNames = Set(difference.rules.map(\.name))
    var benefits: [BenefitPair] = []
    var units: [ValueType] = []
    for compared in difference.benefits {
      var pair = try BenefitPair(compared, first, second)
      if let type = pair.type {
        pair.unit = units.firstIndex(of: type) ?? units.count
        if pair.unit == units.count { units.append(type) }
      }
      benefits.append(pair)
    }
    guard benefits.contains(where: { $0.isInBoth }) else {
      throw Self.nothingInCommon(first, second)
    }
    self.benefits = benefits
    self.units = units
  }

  /// How rows are read for one of the two.
  func batch(of rulebook: Rulebook) -> BatchRequest {
    var batch = BatchRequest(rulebook, today: today)
    batch.input = input
    batch.idKey = idKey
    batch.memberIDKey = memberIDKey
    return batch
  }

  private static func checkWhoIsDecided(
    _ first: Rulebook, _ second: Rulebook
  ) throws(RequestProblem) {
    guard let one = first.program.caseName, let other = second.program.caseName else {
      throw RequestProblem(
        "a rulebook without entities decides nobody: compare two editions of one that does")
    }
    guard one == other else {
      throw RequestProblem(
        "the first rulebook decides a `\(one)`, the second a `\(other)`: a row can be read by both only where both say `case: \(one)`"
      )
    }
  }

  private static func nothingInCommon(_ first: Rulebook, _ second: Rulebook) -> RequestProblem {
    func names(_ rulebook: Rulebook) -> String {
      let names = rulebook.program.benefits.map { "`\($0.name)`" }
      return names.isEmpty ? "none" : names.joined(separator: ", ")
    }
    return RequestProblem(
      "the rulebooks have no benefit in common: the first has \(names(first)), the second \(names(second)); what one replaces the other by must have its name"
    )
  }
}

extension Program {
  fileprivate var caseName: String? { entities.isEmpty ? nil : entities[caseEntity].name }
}

/// A benefit as each of the two rulebooks has it.
struct BenefitPair: Sendable {
  let compared: ProgramDifference.ComparedBenefit
  /// The type of what it pays; `nil` for one without an amount.
  let type: ValueType?
  let isCharge: Bool
  /// The position of its unit among those that are added up.
  var unit: Int?

  var name: String { compared.name }
  var isInBoth: Bool { compared.first != nil && compared.second != nil }

  init(
    _ compared: ProgramDifference.ComparedBenefit, _ first: Rulebook, _ second: Rulebook
  ) throws(RequestProblem) {
    self.compared = compared
    let before = compared.first.map { first.program.benefits[$0] }
    let after = compared.second.map { second.program.benefits[$0] }
    let types = (before?.paidType, after?.paidType)
    type = types.1 ?? types.0
    isCharge = after?.isCharge ?? before?.isCharge ?? false
    guard let before, let after else { return }
    if before.isCharge != after.isCharge {
      throw RequestProblem(
        "`\(name)` is a \(before.isCharge ? "charge" : "benefit") in the first rulebook and a \(after.isCharge ? "charge" : "benefit") in the second: what is owed and what is paid need two names"
      )
    }
    if let one = types.0, let other = types.1, one != other {
      throw RequestProblem(
        "`\(name)` is paid in \(Self.unit(one)) by the first rulebook and in \(Self.unit(other)) by the second: give both amounts one unit, such as by `amount: … as \(Self.unit(one))`"
      )
    }
    let people = (Self.people(before, first.program), Self.people(after, second.program))
    if people.0 != people.1 {
      throw RequestProblem(
        "`\(name)` is decided for \(people.0) in the first rulebook and for \(people.1) in the second: `for:` must be the same in both"
      )
    }
  }

  private static func unit(_ type: ValueType) -> String {
    guard case .number(let number) = type.present, !number.unit.isDimensionless else {
      return "plain numbers"
    }
    return number.unit.description
  }

  private static func people(_ benefit: Benefit, _ program: Program) -> String {
    benefit.members.map { "`\(program.places[$0].name)`" } ?? "the case"
  }
}

extension Benefit {
  /// The type of its amount, or of its payments.
  fileprivate var paidType: ValueType? {
    amount?.type.present ?? payments.first?.amount.type.present
  }
}
