import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// A frame, and where each benefit's decision stands in it, as plain data that is read for every row.
struct BatchFrame {
  struct Result {
    /// The benefit's position in the program.
    let benefit: Int
    let isOfMembers: Bool
    let space: Int
    let isFor: PlanColumn?
    let isSettled: PlanColumn
    let outcome: PlanColumn
    let amount: PlanColumn?
    /// How many decimals an amount has, and what its count is multiplied by to be whole.
    let scale: (places: Int, factor: Int64)?
  }

  let frame: PlanFrame
  let results: [Result]

  init(_ frame: PlanFrame, _ program: Program, _ writer: BatchWriter) {
    self.frame = frame
    results = frame.plan.results.map { result in
      let benefit = Int(result.benefit.index)
      return Result(
        benefit: benefit, isOfMembers: program.benefits[benefit].members != nil,
        space: result.space, isFor: result.isFor, isSettled: result.isSettled,
        outcome: result.outcome, amount: result.amount?.column,
        scale: writer.writesCounts(of: benefit)
          ? result.amount.flatMap { Self.scale($0.quantum) } : nil)
    }
  }

  private static func scale(_ quantum: Number) -> (places: Int, factor: Int64)? {
    guard let places = quantum.decimalPlaces, places <= 18,
      let factor = (try? quantum * Number(10).power(places))?.integer
    else { return nil }
    return (places, Int64(factor))
  }
}
