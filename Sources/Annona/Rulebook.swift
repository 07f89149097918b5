public import AnnonaEngine
public import AnnonaLanguage
public import AnnonaValues

/// A rulebook that was read, checked and proved: what decides cases. It is a value, and any thread may use it.
///
/// ```swift
/// let rulebook = try Rulebook.load(at: "Rules/pt/abono_de_familia").get()
/// let household = try rulebook.readCase(RulebookFolder.file(at: "household.yaml"))
/// if let today = household.today { print(rulebook.decide(household, on: today).text()) }
/// ```
public struct Rulebook: Sendable {
  /// What the rulebook means.
  public let program: Program
  /// What it was read from: the files of each rulebook, in the order of the program's.
  public let sources: [RulebookFiles]
  /// The ids of the rulebooks that were asked for; the others are only imported from.
  public let asked: [String]

  package init(program: Program, sources: [RulebookFiles], asked: [String]) {
    self.program = program
    self.sources = sources
    self.asked = asked
  }

  /// Reads and checks the files of a rulebook, and those of the rulebooks it imports.
  ///
  /// - Parameters:
  ///   - files: in byte order of their paths; fixtures are not among them.
  ///   - library: where imported rulebooks are found.
  /// - Returns: the rulebook, and every problem of text, shape, names, types and proofs that was found in one run.
  public static func load(
    files: [SourceFile], imports library: any RulebookLibrary = EmptyLibrary()
  ) -> LoadedRulebook {
    Loading.load(files, imports: library)
  }

  /// Reads and checks several rulebooks as one program, each a list of files as for one.
  public static func load(
    together rulebooks: [[SourceFile]], imports library: any RulebookLibrary = EmptyLibrary()
  ) -> LoadedRulebook {
    Loading.load(rulebooks, imports: library)
  }

  /// Reads and checks a rulebook from disk.
  ///
  /// - Parameters:
  ///   - path: a folder or a file.
  ///   - rules: the folder below which imports are looked up; else the nearest folder named `Rules` above the path.
  public static func load(
    at path: String, rules: String? = nil
  ) throws(FileProblem) -> LoadedRulebook {
    let found = try RulebookFolder.rulebook(at: path)
    return load(files: found.files, imports: try RulesFolder.library(rules, for: path))
  }

  /// Besides, what is made of the rulebook while it is still being proved; `nil` where it turns out to have an error.
  package static func load<Made>(
    at path: String, rules: String?, meanwhile make: (Rulebook) -> Made
  ) throws(FileProblem) -> (loaded: LoadedRulebook, made: Made?) {
    let found = try RulebookFolder.rulebook(at: path)
    let library = try RulesFolder.library(rules, for: path)
    return withoutActuallyEscaping(make) {
      Loading.load([found.files], imports: library, meanwhile: $0)
    }
  }

  /// Reads and checks several rulebooks as one program, whose benefits are decided together.
  ///
  /// - Parameters:
  ///   - paths: folders or files; what they import is read too, once.
  ///   - rules: the folder below which imports are looked up; else the nearest folder named `Rules` above the first path.
  public static func load(
    together paths: [String], rules: String? = nil
  ) throws(FileProblem) -> LoadedRulebook {
    var rulebooks: [[SourceFile]] = []
    for path in paths { rulebooks.append(try RulebookFolder.rulebook(at: path).files) }
    return Loading.load(
      rulebooks, imports: try RulesFolder.library(rules, for: paths.first ?? "."))
  }

  /// The id of its header, such as `pt.abono_de_familia`.
  public var id: String { program.id }
}

extension Rulebook {
  /// Decides every benefit for a case.
  ///
  /// - Parameters:
  ///   - facts: read by this rulebook.
  ///   - today: the date decided for.
  ///   - suppose: rules whose value is set for this case.
  public func decide(
    _ facts: Case, on today: CalendarDate, suppose: [Supposition] = []
  ) -> DecidedCase {
    DecidedCase(program, facts, on: today, suppose: suppose)
  }
}
