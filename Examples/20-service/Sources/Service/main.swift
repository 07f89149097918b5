import Annona
import Foundation

// Reads a case in JSON from every line of standard input, and answers each with a line of JSON.
//
//   service RULEBOOK LANGUAGE < requests.ndjson

guard CommandLine.arguments.count == 3 else {
  FileHandle.standardError.write(Data("usage: service RULEBOOK LANGUAGE\n".utf8))
  exit(64)
}

let rulebook: Rulebook
do {
  // Once, at the start: every request is decided by this value, on whichever thread.
  rulebook = try Rulebook.load(at: CommandLine.arguments[1]).get()
} catch {
  FileHandle.standardError.write(Data("\(error)\n".utf8))
  exit(3)
}

func answer(_ line: String) -> Answer {
  do {
    let facts = try rulebook.readCase(SourceFile(path: "request.json", text: line))
    guard let today = facts.today else { return Answer(problems: ["`today` is missing"]) }
    return Answer(rulebook.decide(facts, on: today), in: CommandLine.arguments[2])
  } catch {
    // Each names the fact and what it must be, and never what the person said.
    return Answer(problems: error.diagnostics.map(\.message))
  }
}

let encoder = JSONEncoder()
encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
while let line = readLine() {
  let bytes = try encoder.encode(answer(line))
  FileHandle.standardOutput.write(bytes + Data("\n".utf8))
}
