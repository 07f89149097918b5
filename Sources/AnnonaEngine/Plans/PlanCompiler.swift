package import AnnonaLanguage
package import AnnonaValues
import CKernels

/// Compiles a program for a date.
struct PlanCompiler {
  let program: Program
  let today: CalendarDate
  let isForComplete: Bool
  /// Whether it is to be told which conditions a refusal rests on.
  var wantsConditions = false
  var builder: PlanBuilder
  let spaceOfEntity: [Int]
  /// Whether somebody of an entity can stand in one place only.
  let hasOnePlace: [Bool]
  var memo: [RuleMoment: PlanValue] = [:]
  var compiled: [Plan.RuleColumns] = []
  var texts: [String: Int64] = [:]
  var depth = 0
  let entityOrder: [EntityID]
  var neededPlaces: Set<PlaceID> = []
  /// Whether anything compiled so far takes what may be a default without a law; a rule that several benefits read is compiled once.
  var readsMereDefaults = false

  /// A rule's value as of a moment.
  struct RuleMoment: Hashable {
    let rule: RuleID
    let output: Int?
    let row: Placement.Row?
    let moment: PlanMoment
  }

  init(_ program: Program, today: CalendarDate, isForComplete: Bool) throws(Unplannable) {
    self.program = program
    self.today = today
    self.isForComplete = isForComplete
    var spaces: [Plan.Space] = [.household]
    var spaceOfEntity = [Int](repeating: -1, count: program.entities.count)
    var hasOnePlace = [Bool](repeating: true, count: program.entities.count)
    guard !program.entities.isEmpty else { throw Unplannable("a program without entities") }
    var entityOrder: [EntityID] = []
    spaceOfEntity[Int(program.caseEntity.index)] = 0
    var isChanged = true
    while isChanged {
      isChanged = false
      for index in program.entities.indices where spaceOfEntity[index] < 0 {
        guard let container = program.entities[index].container,
          spaceOfEntity[Int(container.index)] >= 0
        else { continue }
        isChanged = true
        entityOrder.append(EntityID(index))
        let parent = spaceOfEntity[Int(container.index)]
        let places = program.places.filter { Int($0.member.index) == index }
        hasOnePlace[index] = places.count == 1
        if places.count == 1, !places[0].isList, !places[0].isOptional {
          spaceOfEntity[index] = parent
        } else {
          spaceOfEntity[index] = spaces.count
          spaces.append(.members(of: EntityID(index), in: parent))
        }
      }
    }
    self.hasOnePlace = hasOnePlace
    self.entityOrder = entityOrder
    self.spaceOfEntity = spaceOfEntity.map { max(0, $0) }
    builder = PlanBuilder(spaces: spaces, spaceOfEntity: self.spaceOfEntity)
  }

  func space(of entity: EntityID) -> Int { spaceOfEntity[Int(entity.index)] }

  /// The row that a rule of an entity is read for.
  func ownRow(of entity: EntityID) -> Placement.Row? {
    let space = space(of: entity)
    return space == 0 ? nil : Placement.Row(axis: Int(entity.index), space: space)
  }

  func placement(of row: Placement.Row?) -> Placement {
    row.map { Placement(rows: [$0]) } ?? .household
  }
}

/// As of when something is read.
struct PlanMoment: Hashable {
  var today: PlacedColumn
  /// Set by `under`; otherwise the law is that of `today`.
  var lawOf: PlacedColumn?

  var law: PlacedColumn { lawOf ?? today }
}

/// Where an expression is compiled.
struct PlanScope {
  var rule: RuleID?
  var row: Placement.Row?
  var entity: EntityID
  var moment: PlanMoment
  var locals: [Int: PlanValue] = [:]
  /// In an exception: the rule's value without it.
  var base: ((inout PlanCompiler) throws(Unplannable) -> PlanValue)?
  var callDepth = 0
}

extension Plan {
  /// Compiles a program.
  ///
  /// - Parameters:
  ///   - today: the date decided for.
  ///   - isForComplete: whether it is meant for households of which everything that it reads is given.
  ///   - wantsConditions: whether it is to tell which conditions a refusal rests on.
  ///   - followed: rules that are compiled for the date whether or not a benefit reads them; those that cannot be are left out.
  /// - Throws: why it cannot be compiled.
  package init(
    _ program: Program, today: CalendarDate, isForComplete: Bool, wantsConditions: Bool = false,
    following followed: [RuleID] = []
  ) throws(Unplannable) {
    var compiler = try PlanCompiler(program, today: today, isForComplete: isForComplete)
    compiler.wantsConditions = wantsConditions
    compiler.compileLongChains()
    var results: [Result] = []
    for index in program.benefits.indices { results.append(try compiler.result(BenefitID(index))) }
    for rule in followed {
      for output in program.rules[rule].outputs {
        let row = compiler.ownRow(of: program.rules[rule].entity)
        _ = try? compiler.value(of: rule, output, for: row, compiler.ownMoment)
      }
    }
    self.init(
      today: today, isForComplete: isForComplete, spaces: compiler.builder.spaces,
      spaceOfEntity: compiler.spaceOfEntity, entityOrder: compiler.entityOrder,
      neededPlaces: compiler.neededPlaces.sorted(), texts: compiler.texts,
      sources: compiler.builder.sources,
      maps: compiler.builder.maps, segments: compiler.builder.segments,
      steps: compiler.builder.steps, columnSpaces: compiler.builder.columnSpaces,
      results: results, rules: compiler.compiled)
  }
}

/// Dates as plans hold them: year, month and day side by side.
enum PlanDate {
  static func code(_ date: CalendarDate) -> Int64 {
    let (year, month, day) = date.parts
    return code(year, month, day)
  }

  static func code(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
    Int64(year << 9 | month << 5 | day)
  }

  static func date(_ code: Int64) -> CalendarDate? {
    CalendarDate(year: Int(code >> 9), month: Int(code >> 5 & 15), day: Int(code & 31))
  }

  static let all = code(.earliest)...code(.latest)
}
