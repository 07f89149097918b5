import Annona
import AnnonaRecords
public import ArgumentParser

/// The command line: `annona COMMAND RULEBOOK …`.
public struct AnnonaCommand: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "annona",
    abstract: "Decides public benefits by rules that a jurist can read.",
    discussion: """
      A RULEBOOK is a folder of `*.yaml` files, or one such file; a CASE is a file with the facts of one \
      household, or `-` for standard input.

      Exit status: 0 done, 1 a test failed or a record did not verify, 2 below a threshold, 3 the rulebook has errors, 4 the case is \
      faulty, 64 wrong usage.
      """,
    version: "annona \(EngineVersion.engine), semantics \(EngineVersion.semantics)",
    subcommands: [
      CheckCommand.self, SimulateCommand.self, ExplainCommand.self, EventCommand.self,
      SweepCommand.self,
      TestCommand.self, SuggestCommand.self, SchemaCommand.self, FormatCommand.self,
      NewCommand.self,
      DecideCommand.self, OverrideCommand.self, RedactCommand.self, VerifyCommand.self,
      LogCommand.self, AskCommand.self, QuestionsCommand.self, BatchCommand.self,
      CompareCommand.self,
    ])

  public init() {}

  /// Runs the command that the arguments ask for.
  ///
  /// - Returns: the exit status.
  public static func run(_ arguments: [String], on console: any Console) -> Int32 {
    let console = ReadableConsole(console)
    do {
      var command = try parseAsRoot(arguments)
      guard let command = command as? any ConsoleCommand else {
        try command.run()
        return ExitStatus.done.rawValue
      }
      return try command.run(on: console).rawValue
    } catch let problem as any UsageProblem {
      console.report("Error: \(problem)\n")
      return ExitStatus.wrongUsage.rawValue
    } catch {
      let message = fullMessage(for: error, columns: 80) + "\n"
      if exitCode(for: error) == .success {
        console.print(message)
        return ExitStatus.done.rawValue
      }
      console.report(message)
      return ExitStatus.wrongUsage.rawValue
    }
  }
}

/// Something in the arguments that names nothing, or cannot be read.
protocol UsageProblem: Error, CustomStringConvertible {}

extension FileProblem: UsageProblem {}
extension LogProblem: UsageProblem {}
extension RequestProblem: UsageProblem {}

/// What a command leaves to whoever called it.
enum ExitStatus: Int32 {
  case done = 0
  case failedTest = 1
  case belowThreshold = 2
  case faultyRulebook = 3
  case faultyCase = 4
  case wrongUsage = 64
}

/// A command that writes to a console instead of the process's own output.
protocol ConsoleCommand: ParsableCommand {
  func run(on console: any Console) throws -> ExitStatus
}
