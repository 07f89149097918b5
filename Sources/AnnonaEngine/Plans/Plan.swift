package import AnnonaLanguage
package import AnnonaValues
import CKernels

/// A program compiled for one date: straight-line steps over columns of whole numbers, in which every range was proved.
///
/// It says of each benefit what the plain evaluator says, or that it cannot tell; then the plain evaluator is asked.
package struct Plan: Sendable {
  /// What a column of the given facts holds.
  package enum Input: Sendable, Hashable {
    /// A fact's value, in units of its quantum, as of a date for one that varies.
    case fact(FactID, on: CalendarDate?)
    /// Whether it is said to be absent.
    case isAbsent(FactID, on: CalendarDate?)
    /// Whether it is given at all.
    case isGiven(FactID, on: CalendarDate?)
    /// Which place of its holder a member stands in.
    case place(EntityID)
    /// Whether anybody said who the members are.
    case isComplete(PlaceID)
    /// Whether something was taken by a default that no law gives.
    case restsOnDefault
  }

  package enum Width: Sendable, Hashable { case byte, half, whole }

  /// A column that is given: for the rows of a space, with values from the least to the greatest.
  package struct Source: Sendable {
    package let input: Input
    package let space: Int
    package let width: Width
    package let range: ClosedRange<Int64>
    /// What 1 stands for, of a number.
    package let quantum: Number
  }

  /// Whose rows a column has. The case's own is 0.
  package enum Space: Sendable, Hashable {
    case household
    /// The members that one entity type has, in the rows of the space that holds it.
    case members(of: EntityID, in: Int)
    /// Each row of the first beside each row of the second in the same row of a third, which holds both.
    case pairs(Int, Int, in: Int)
  }

  /// For each row of one space, its row of another.
  package enum Map: Sendable, Hashable {
    case up(from: Int, to: Int)
    case left(Int)
    case right(Int)
    case leftUp(Int, to: Int)
  }

  /// For each row of a space, where its rows of another begin.
  package enum Segments: Sendable, Hashable {
    case members(Int, of: Int)
    case pairs(Int)
  }

  /// What is said of a benefit, for the case or for each member.
  package struct Result: Sendable {
    package let benefit: BenefitID
    /// The rows decided for.
    package let space: Int
    /// Which of them it is for; `nil` for all.
    package let isFor: PlanColumn?
    /// Whether the plan can tell.
    package let isSettled: PlanColumn
    /// The position of the outcome in `Outcome.allCases`.
    package let outcome: PlanColumn
    /// In units of the quantum; meant where the outcome is `entitled`.
    package let amount: (column: PlanColumn, quantum: Number)?
    /// Those of `applies` and of `entitled`, where they were asked for and can be told.
    package var conditions: PlannedConditions?

    /// The columns that must be filled for it.
    var columns: [Int] {
      let own = [isSettled, outcome, amount?.column, isFor]
      return (own + (conditions?.columns ?? [])).compactMap { column in
        if case .column(let index)? = column { index } else { nil }
      }
    }
  }

  package let today: CalendarDate
  /// Whether every fact that it reads must be given.
  package let isForComplete: Bool
  package let spaces: [Space]
  /// The space of each entity's members.
  package let spaceOfEntity: [Int]
  /// Every entity but the case's own, after the one that holds it.
  package let entityOrder: [EntityID]
  /// Places of which it must be known who stands there.
  package let neededPlaces: [PlaceID]
  /// The codes of the texts that the program names.
  let texts: [String: Int64]
  package let sources: [Source]
  package let maps: [Map]
  package let segments: [Segments]
  let steps: [annona_step]
  /// The space of each column that the steps fill.
  package let columnSpaces: [Int]
  package let results: [Result]
  /// The rules that were compiled, with where their values stand.
  package let rules: [RuleColumns]

  package struct RuleColumns: Sendable {
    package let rule: RuleID
    package let output: Int?
    let value: PlanValue

    /// The columns that must be filled for it.
    var columns: [Int] {
      var columns: [Int] = []
      _ = try? value.mapping { (placed) throws(Unplannable) in
        if case .column(let index) = placed.column { columns.append(index) }
        return placed
      }
      return columns
    }
  }

  /// More members of one kind than this are left to the plain evaluator.
  package static let memberLimit = 32
}

/// A value of every row: a column, or the same whole number for all.
package enum PlanColumn: Sendable, Hashable {
  case same(Int64)
  case column(Int)
}

/// Why a program, or a part of it, cannot be compiled: what is meant is left to the plain evaluator.
package struct Unplannable: Error, Sendable, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}

extension Plan {
  /// Whether columns that are given for the other plan hold all that this one reads.
  package func readsOnly(_ other: Plan) -> Bool {
    sources.allSatisfy { source in
      other.sources.contains {
        $0.input == source.input && $0.width == source.width && $0.quantum == source.quantum
      }
    }
  }

  /// How much there is of it.
  package var summary: String {
    let byHousehold = steps.count { $0.space == 0 }
    return "\(steps.count) steps (\(byHousehold) for the household), \(sources.count) sources"
  }
}

extension Plan {
  /// The steps, one a line, for those who look at how a plan came out.
  package var listing: String {
    steps.map { step in
      "\(step.out)[\(step.space)] = op\(step.operation) \(step.a) \(step.b) \(step.c) with \(step.with) \(step.immediate) \(step.immediate2)"
    }.joined(separator: "\n")
  }
}
