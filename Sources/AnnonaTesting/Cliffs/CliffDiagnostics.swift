import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

// The English of cliffs: B benefits.

extension Diagnostic {
  static func cliff(
    _ fall: Sweep.Fall, _ sweep: Sweep, _ id: BenefitID, _ program: Program,
    _ household: Household
  ) -> Diagnostic {
    let benefit = program.benefits[id]
    let fact = program.id(of: sweep.fact.fact)
    let text = ValueText(program, household.facts, style: .language("en"))
    let lossType = sweep.toFactUnit == nil ? sweep.type : sweep.factType
    let loss = text.text(.number(fall.loss), lossType)
    let from = text.text(.number(fall.from), sweep.factType)
    let through = text.text(.number(fall.through), sweep.factType)
    let lost =
      switch fall.kind {
      case .jump: "above \(from), \(loss) are lost at once"
      case .slope: "from \(from) to \(through), \(loss) more are lost than gained"
      case .steps(let width):
        "from \(from) to \(through), \(loss) are lost at once every "
          + text.text(.number(width), sweep.factType)
      }
    let recovered = fall.recovery.map {
      ", and as much is reached again from \(text.text(.number($0), sweep.factType)) on"
    }
    let cites =
      fall.turn?.citations.first?.text ?? benefit.citations.first?.text ?? "PROVISION"
    return Diagnostic(
      "B009", .warning, at: benefit.span,
      "more `\(fact)` leaves less in all with `\(benefit.name)`",
      notes: fall.turn.map { [.init($0.span, "here it turns")] } ?? [],
      example: "\(HouseholdYAML(program, household).given) on \(household.today): "
        + "\(lost)\(recovered ?? "")",
      help: "if the law means it to, say so: "
        + "`cliffs: { NAME: { of: \(benefit.name), when: \(fact) rises, cites: \(cites) } }`")
  }
}
