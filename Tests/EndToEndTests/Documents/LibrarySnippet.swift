import Annona

func decideNewborn() throws -> String {
  let rulebook = try Rulebook.load(at: "Rules/pt/abono_de_familia").get()
  let file = try RulebookFolder.file(at: "Examples/01-newborn/household.yaml")
  let household = try rulebook.readCase(file)
  guard let today = household.today else { return "for which date?" }
  let decided = rulebook.decide(household, on: today)
  for benefit in decided.benefits where benefit.outcome == .undetermined {
    print("still needed:", benefit.needs.count)
  }
  return decided.text(in: "pt") + decided.explanation().text(for: .citizen)
}
