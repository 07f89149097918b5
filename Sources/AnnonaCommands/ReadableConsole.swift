import Annona
import AnnonaLanguage

/// A console on which people read nothing that a terminal would obey: whoever names a child or an event cannot
/// move the cursor, nor hide or recolour what is decided.
final class ReadableConsole: Console {
  private let console: any Console

  init(_ console: any Console) { self.console = console }

  func print(_ text: String) {
    console.print(Self.readable(text, coloured: coloursResults))
  }

  func report(_ text: String) {
    console.report(Self.readable(text, coloured: coloursProblems))
  }

  func redraw(_ line: String) { console.redraw(Self.readable(line, coloured: false)) }

  func write(_ text: String) { console.write(text) }
  func printRows(_ bytes: [UInt8]) throws(FileProblem) { try console.printRows(bytes) }
  func readInput() throws(FileProblem) -> [UInt8] { try console.readInput() }
  func readLine() -> String? { console.readLine() }
  var coloursResults: Bool { console.coloursResults }
  var coloursProblems: Bool { console.coloursProblems }
  var showsProgress: Bool { console.showsProgress }
  var isOpen: Bool { console.isOpen }

  /// What commands paint with.
  private static let colours = ["0", "1", "31", "32", "33", "1;31", "1;32", "1;33", "1;34"]
    .map { Array("\u{1B}[\($0)m".unicodeScalars) }

  /// - Parameter coloured: whether our own colours stay.
  private static func readable(_ text: String, coloured: Bool) -> String {
    let signs = Array(text.unicodeScalars)
    if signs.allSatisfy({ $0.isPrintable || $0 == "\n" || $0 == "\t" }) { return text }
    var result = String.UnicodeScalarView()
    var index = 0
    while index < signs.count {
      let rest = signs[index...]
      if coloured, let colour = colours.first(where: { rest.starts(with: $0) }) {
        result += colour
        index += colour.count
        continue
      }
      let sign = signs[index]
      result.append(sign.isPrintable || sign == "\n" || sign == "\t" ? sign : "\u{FFFD}")
      index += 1
    }
    return String(result)
  }
}
