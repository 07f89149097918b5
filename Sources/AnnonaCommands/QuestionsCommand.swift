import Annona
import AnnonaTesting
import ArgumentParser

/// `annona questions RULEBOOK`
struct QuestionsCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "questions",
    abstract: "Measures how many questions an interview takes, over generated households.",
    discussion: """
      Every household is asked as `annona ask` does, and answers with what is true of it. Against that \
      stand the same interviews in the order of declaration, a form that asks everything, and, where \
      there are few enough households to look at all of them, the shortest interview that there is.

      For example:
        annona questions Rules/pt/abono_de_familia
      """)

  @Argument(help: "A folder with a rulebook, or its one file.")
  var rulebook: String

  @Option(help: ArgumentHelp("How many households are asked.", valueName: "n"))
  var households = 200

  @Option(help: ArgumentHelp("The same seed gives the same households.", valueName: "number"))
  var seed: UInt64 = 1

  @Option(help: "How to write the figures.")
  var format = ResultFormat.text

  @OptionGroup var imports: ImportOptions

  func run(on console: any Console) throws -> ExitStatus {
    let loaded = try Rulebook.load(at: self.rulebook, rules: imports.rules)
    guard let rulebook = loaded.rulebook else {
      console.reportErrors(of: loaded)
      return .faultyRulebook
    }
    guard (1...100_000).contains(households) else {
      throw RequestProblem("`--households \(households)`: ask from 1 to 100000 households")
    }
    let found = InterviewLength(rulebook.program, households: households, seed: seed)
    switch format {
    case .text: console.print(text(found, rulebook))
    case .json: console.write(json(found, rulebook).pretty + "\n")
    }
    return .done
  }

  private func rows(_ found: InterviewLength) -> [(String, InterviewLength.Lengths)] {
    [
      ("asked", found.asked), ("by_declaration", found.byDeclaration),
      ("everything", found.everything),
    ]
  }

  private func text(_ found: InterviewLength, _ rulebook: Rulebook) -> String {
    let titles = ["asked": "as asked", "by_declaration": "by declaration"]
    var lines = [
      rulebook.id, "\(found.asked.count) households, seed \(seed)",
      "questions           mean  longest",
    ]
    for (name, lengths) in rows(found) {
      let title = titles[name] ?? name
      lines.append(
        "  " + padded(title, 14, left: false) + padded(figure(lengths.mean), 8, left: true)
          + padded("\(lengths.longest)", 9, left: true))
    }
    if let optimum = found.optimum {
      lines.append(
        "all \(optimum.households.canonicalText) households of the values at which rules turn: mean \(figure(optimum.ours)), the shortest possible \(figure(optimum.shortest))"
      )
    } else {
      lines.append("too many households to look for the shortest interview")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func json(_ found: InterviewLength, _ rulebook: Rulebook) -> JSONValue {
    let figures = rows(found).map { name, lengths in
      JSONValue.Member(
        name,
        .object([
          .init("mean", .string(lengths.mean.canonicalText)),
          .init("longest", .string("\(lengths.longest)")),
        ]))
    }
    let optimum = found.optimum.map { optimum in
      JSONValue.object([
        .init("households", .string(optimum.households.canonicalText)),
        .init("mean", .string(optimum.ours.canonicalText)),
        .init("shortest", .string(optimum.shortest.canonicalText)),
      ])
    }
    return .object(
      [
        .init("rulebook", .string(rulebook.id)), .init("seed", .string("\(seed)")),
        .init("households", .string("\(found.asked.count)")),
      ] + figures + [.init("optimum", optimum ?? .null)])
  }

  /// To a hundredth of a question.
  private func figure(_ number: Number) -> String {
    guard let step = try? Number(1, over: 100), let near = try? number.rounded(to: step, .halfUp)
    else { return number.canonicalText }
    return near.text(style: .forLanguage("en"), atLeast: 2)
  }

  private func padded(_ text: String, _ width: Int, left: Bool) -> String {
    let blanks = String(repeating: " ", count: max(0, width - text.count))
    return left ? blanks + text : text + blanks
  }
}
