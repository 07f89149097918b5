public import ArgumentParser

/// The command line: `annona COMMAND RULEBOOK …`.
public struct AnnonaCommand: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "annona", abstract: "Decide public benefits by rules that a jurist can read.")

  public init() {}
}
