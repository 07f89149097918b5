import Annona

/// An interview on a terminal, or from a file of answers: one line is one answer or one command.
struct InterviewScreen {
  private let console: any Console
  private let words: InterviewWords
  private let save: String?
  private let language: String?

  init(_ console: any Console, _ rulebook: Rulebook, language: String?, save: String?) {
    self.console = console
    self.save = save
    self.language = language
    words = InterviewWords(rulebook.program, language: language)
  }

  /// The date decided for; `nil` where the answers end first.
  func askDay() -> CalendarDate? {
    say([bold(words.askDay), "  " + words.hint(.date)])
    while let text = readAnswer() {
      if let date = CalendarDate(text: text) { return date }
      if text == "." { return nil }
      say(["  " + words.hint(.date)])
    }
    return nil
  }

  func run(_ start: Interview) throws {
    var interview = start
    var shown: [String] = []
    say([words.keys])
    while let question = interview.question {
      let summary = lines(interview)
      if summary != shown { say(["", words.soFar] + summary.map { "  " + $0 }) }
      shown = summary
      say([""] + lines(question, interview))
      guard try settle(question, &interview) else {
        say(["", words.stopped])
        break
      }
      try keep(interview)
    }
    try end(interview)
  }

  /// Reads lines until the question is answered or left.
  ///
  /// - Returns: `false` where the interview ends here.
  private func settle(_ question: Question, _ interview: inout Interview) throws -> Bool {
    while let text = readAnswer() {
      switch text {
      case ".": return false
      case "?": say(words.why(question))
      case "<":
        if interview.back() { return true }
        say(["  " + words.nothingBefore])
      case "-":
        interview.leaveOpen()
        say(["  " + words.leftOpen])
        return true
      case "":
        if interview.keep() { return true }
        say(["  " + words.hint(question)])
      default:
        do {
          if text == "!" { try interview.decline() } else { try interview.answer(text) }
          return true
        } catch {
          // What was said before stands, and the question too.
          say(["  " + words.again("\(error)"), "  " + words.hint(question)])
        }
      }
    }
    return false
  }

  private func end(_ interview: Interview) throws {
    let open = interview.questions
    if open.isEmpty {
      say(["", words.nothingToAsk])
    } else if interview.question == nil {
      say(["", words.stillOpen] + open.map { "  - " + $0.text })
    }
    let unused = interview.unused
    if !unused.isEmpty {
      say(["", words.unusedAnswers] + unused.map { "  - \($0.text): \($0.answer)" })
    }
    console.print(
      "\n" + interview.decided.text(in: language, coloured: console.coloursResults) + "\n")
    if let save {
      try keep(interview)
      say([words.saved(save)])
    } else {
      say([words.yourAnswers])
      console.write(interview.caseText)
    }
  }

  private func keep(_ interview: Interview) throws {
    guard let save else { return }
    try FileSystem.write(Array(interview.caseText.utf8), to: save)
  }

  // MARK: - Lines

  private func lines(_ interview: Interview) -> [String] {
    interview.decided.summary(
      of: interview.benefits, in: language, coloured: console.coloursResults)
  }

  private func lines(_ question: Question, _ interview: Interview) -> [String] {
    var lines = [bold(question.text)]
    if let help = question.help { lines.append("  " + help) }
    if case .choice(let choices) = question.answer {
      lines += choices.enumerated().map { "  \($0 + 1) \($1.title)" }
    }
    lines.append("  " + words.hint(question))
    if let given = interview.given(question) { lines.append("  " + words.keeps(given)) }
    return lines
  }

  private func readAnswer() -> String? {
    console.print("> ")
    guard let line = console.readLine() else {
      console.print("\n")
      return nil
    }
    let start = line.drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }

  private func say(_ lines: [String]) { console.print(lines.map { $0 + "\n" }.joined()) }

  private func bold(_ text: String) -> String {
    console.coloursResults ? "\u{1B}[1m\(text)\u{1B}[0m" : text
  }
}
