import AnnonaCommands
import Foundation
import Support
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// `annona ask` as somebody at a keyboard has it.
@Suite struct TerminalTests {
  @Test func interviewsAPersonAtATerminal() throws {
    let folder = try TemporaryFolder(["grant.yaml": Self.grant])
    let file = folder.path + "/household.yaml"
    let terminal = try Terminal()
    let rulebook = folder.path + "/grant.yaml"
    terminal.run(["ask", rulebook, "--save", file])
    // The day; why; a wrong answer; the right one; back; another answer; a choice by number; nobody knows.
    for line in ["2024-06-01", "?", "maybe", "yes", "<", "y", "2", "-"] { try terminal.type(line) }
    let transcript = try terminal.end()

    #expect(terminal.status == 0)
    let isPlain = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
    #expect(transcript.contains("\u{1B}[1m") == !isPlain)
    let plain = Self.plain(transcript)
    #expect(
      plain.contains(
        "Do you pay for heating?\n  yes or no\n> ?\n  Needed by:\n    - Pays for heating [Heating Act, s 2]"
      ))
    #expect(plain.contains("That cannot be taken: `household.heats` must be `true` or `false`"))
    #expect(plain.contains("  Enter keeps: yes\n"))
    #expect(plain.contains("Left open, and still needed:\n  - What do you earn in a month?"))
    #expect(
      plain.contains(
        "Grant: cannot be decided yet: facts are missing; between 0.00 EUR/month and 90.00 EUR/month"
      ))

    let saved = try folder.text("household.yaml")
    #expect(saved == "today: 2024-06-01\nhousehold:\n  heats: true\n  home: rented\n")
    let decided = annona(["simulate", rulebook, file])
    #expect(decided.status == 0)
    #expect(decided.output.contains("What do you earn in a month? (household.income)"))
  }

  /// Another answer than before makes a later one idle: it is kept, and listed.
  @Test func goesBackAndListsWhatHasNoEffectAnyMore() throws {
    let folder = try TemporaryFolder(["grant.yaml": Self.grant])
    let file = folder.path + "/household.yaml"
    let terminal = try Terminal()
    terminal.run(["ask", folder.path + "/grant.yaml", "--today", "2024-06-01", "--save", file])
    for line in ["yes", "1", "<", "<", "no"] { try terminal.type(line) }
    let plain = Self.plain(try terminal.end())
    #expect(terminal.status == 0)
    #expect(plain.contains("  Enter keeps: We own it\n"))
    #expect(plain.contains("Grant: cannot be decided yet: facts are missing; between 0.00"))
    #expect(
      plain.contains(
        "Nothing else needs to be asked.\n\nAnswered, and without effect on what is decided:\n  - household.home: We own it\n"
      ), "\(plain)")
    #expect(try folder.text("household.yaml").contains("  heats: false\n"))
    #expect(try folder.text("household.yaml").contains("  home: owned\n"))
    #expect(annona(["simulate", folder.path + "/grant.yaml", file]).status == 0)
  }

  /// What is wrong with an answer is said in the language of the questions.
  @Test(arguments: [
    ("pt", "talvez", "Não pode ser aceite: tem de ser: sim ou não"),
    ("fr", "peut-être", "Cela ne peut pas être repris : il faut : oui ou non"),
    ("en", "maybe", "That cannot be taken: `household.heats` must be `true` or `false`"),
  ])
  func refusesAnswersInTheReadersLanguage(_ row: (language: String, said: String, words: String))
    throws
  {
    let folder = try TemporaryFolder(["grant.yaml": Self.grant])
    let run = annona(
      ["ask", folder.path + "/grant.yaml", "--today", "2024-06-01", "--language", row.language],
      input: row.said + "\n.\n")
    #expect(run.output.visible.contains("  " + row.words + "\n"), "\(run.output)")
  }

  /// Of each kind of fault: below the least, no step, too many members.
  @Test(arguments: [
    ("tem de ser: pelo menos 0,00 EUR/mês", "sim", "1", "-5"),
    ("tem de ser um múltiplo de 0,01 EUR/mês", "sim", "1", "1.234"),
    ("tem de ser: em EUR/mês, como 12_000.50", "sim", "1", "muito"),
  ])
  func saysWhatAnAnswerMustBe(_ row: (words: String, first: String, second: String, said: String))
    throws
  {
    let folder = try TemporaryFolder(["grant.yaml": Self.grant])
    let run = annona(
      ["ask", folder.path + "/grant.yaml", "--today", "2024-06-01", "--language", "pt"],
      input: [row.first, row.second, row.said, ".", ""].joined(separator: "\n"))
    #expect(run.output.visible.contains("Não pode ser aceite: " + row.words), "\(run.output)")
  }

  @Test func keepsWhatWasAnsweredWhenTheTerminalGoes() throws {
    let folder = try TemporaryFolder(["grant.yaml": Self.grant])
    let file = folder.path + "/household.yaml"
    let terminal = try Terminal()
    terminal.run(["ask", folder.path + "/grant.yaml", "--today", "2024-06-01", "--save", file])
    try terminal.type("yes")
    // Ctrl-D on an empty line is the end of what is typed.
    try terminal.type("\u{4}", ended: false)
    _ = try terminal.end()
    #expect(terminal.status == 0)
    #expect(try folder.text("household.yaml").hasSuffix("  heats: true\n"))
  }

  /// Without carriage returns and colours.
  private static func plain(_ text: String) -> String {
    var result = text.replacingOccurrences(of: "\r\n", with: "\n").visible
    for code in ["0", "1", "31", "32", "33"] {
      result = result.replacingOccurrences(of: "\u{1B}[\(code)m", with: "")
    }
    return result
  }

  static let grant = """
    rulebook: grant
    title: Heating grant
    language: en
    currency: EUR
    case: household
    in_force: { from: 2024-01-01 }
    sources: { act: Heating Act }
    choices: { home: { owned: We own it, rented: We rent it } }
    entities:
      household:
        facts:
          income: { type: EUR/month, min: 0, burden: 3, ask: What do you earn in a month? }
          home: { type: home, ask: How do you live? }
          heats: { type: boolean, gate: true, ask: Do you pay for heating? }
    rules:
      household.entitled:
        all:
          heats: { title: Pays for heating, if: heats, cites: act s 2 }
          poor: { title: Earns little, if: income < 2_000 EUR/month, cites: act s 3 }
      household.amount: if home = owned then 60 EUR/month else 90 EUR/month
    benefits:
      grant: { title: Grant, entitled: household.entitled, amount: household.amount }

    """
}

/// A pseudo-terminal with a command at it.
private final class Terminal: @unchecked Sendable {
  private let keyboard: Int32
  private let screen: Int32
  private let done = DispatchSemaphore(value: 0)
  private var text = ""
  private(set) var status: Int32 = -1

  init() throws {
    keyboard = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var isLocked: Int32 = 0
    var number: Int32 = -1
    // TIOCSPTLCK and TIOCGPTN: unlocks the other end, and asks for its number.
    guard keyboard >= 0, ioctl(keyboard, 0x4004_5431, &isLocked) == 0,
      ioctl(keyboard, 0x8004_5430, &number) == 0
    else { throw Missing() }
    screen = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
    guard screen >= 0 else { throw Missing() }
  }

  private struct Missing: Error {}

  func run(_ arguments: [String]) {
    let thread = Thread {
      let console = StandardConsole(
        input: self.screen, output: self.screen, problems: self.screen)
      self.status = AnnonaCommand.run(arguments, on: console)
      close(self.screen)
      self.done.signal()
    }
    thread.stackSize = 8 << 20
    thread.start()
  }

  /// Waits for the prompt, and types a line.
  func type(_ line: String, ended: Bool = true) throws {
    try read { $0.hasSuffix("> ") }
    let bytes = Array((line + (ended ? "\n" : "")).utf8)
    text += "\u{0}"
    #expect(write(keyboard, bytes, bytes.count) == bytes.count)
  }

  /// All that stood on the screen.
  func end() throws -> String {
    try read { _ in false }
    #expect(done.wait(timeout: .now() + 120) == .success)
    close(keyboard)
    return text.replacingOccurrences(of: "\u{0}", with: "")
  }

  /// Reads until it is enough, or the command has ended; a command that hangs fails the test and not the run.
  private func read(until isEnough: (String) -> Bool) throws {
    while !isEnough(text) {
      var waiting = pollfd(fd: keyboard, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, 120_000) > 0 else { throw Missing() }
      var buffer = [UInt8](repeating: 0, count: 4_096)
      let count = systemRead(keyboard, &buffer, buffer.count)
      guard count > 0 else { return }
      text += String(decoding: buffer[..<count], as: UTF8.self)
    }
  }
}

private func systemRead(_ descriptor: Int32, _ buffer: inout [UInt8], _ count: Int) -> Int {
  read(descriptor, &buffer, count)
}
