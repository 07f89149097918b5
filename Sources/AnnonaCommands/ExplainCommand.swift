import Annona
import ArgumentParser

/// `annona explain RULEBOOK CASE [NAME]`
struct ExplainCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Shows why: what each value comes from, down to facts, figures and provisions.",
    usage: "annona explain <rulebook> <case> [<name>] [<options>]",
    discussion: """
      Each line is a value and what it is the value of; what it comes from stands below it, one step \
      further in. Without a name, every benefit is explained.

      For example:
        annona explain Rules/pt/abono_de_familia household.yaml
        annona explain Rules/pt/abono_de_familia household.yaml abono_de_familia/maria
        annona explain Rules/pt/abono_de_familia household.yaml person/maria.base_amount --audience auditor
        annona explain Rules/pt/abono_de_familia household.yaml --format html > letter.html
      """)

  @OptionGroup var asked: CaseOptions

  @Argument(
    help: "A rule or a benefit, such as household.tier, person/maria.age or abono_de_familia/maria."
  )
  var name: String?

  @Option(
    help: """
      citizen: amounts, rules, figures and facts; auditor: also every operation, what did not apply, ids \
      and places.
      """)
  var audience = Audience.citizen

  @Option(help: "How to write the explanation; html is a letter, one page that stands on its own.")
  var format = Format.text

  @Option(
    help: ArgumentHelp(
      "For a letter: the day on which people are told, from which the time for an appeal runs.",
      valueName: "date"))
  var notified: String?

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, html
  }

  func validate() throws {
    if notified != nil, format != .html {
      throw ValidationError("`--notified` is for letters: add `--format html`.")
    }
  }

  func run(on console: any Console) throws -> ExitStatus {
    let notifiedOn = try DateArgument.date(notified, option: "--notified")
    let text = try asked.decided(on: console) { rulebook, decided in
      let wanted = try name.map { try rulebook.lookUp($0, in: decided.facts) }
      let explanation = decided.explanation(of: wanted)
      return switch format {
      case .text:
        explanation.text(for: audience, in: asked.language, coloured: console.coloursResults)
      case .json: explanation.json(in: asked.language) + "\n"
      case .html: explanation.html(for: audience, in: asked.language, notifiedOn: notifiedOn)
      }
    }
    return console.give(text, toPeople: format == .text)
  }
}

extension Audience: ExpressibleByArgument {}
