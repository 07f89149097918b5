/// How far a long command is, on one line of a terminal's standard error; nothing where nobody looks.
final class ProgressBar {
  private let console: any Console
  private var shown = ""
  private static let width = 24

  init(on console: any Console) { self.console = console }

  /// Draws the line anew where it looks different.
  func show(_ done: Int, of total: Int, _ words: String) {
    guard console.showsProgress, total > 0 else { return }
    let filled = min(Self.width, done * Self.width / total)
    let bar =
      String(repeating: "#", count: filled) + String(repeating: ".", count: Self.width - filled)
    let line = "[\(bar)] \(done * 100 / total) % \(words)"
    guard line != shown else { return }
    shown = line
    console.redraw(line)
  }

  func erase() {
    if !shown.isEmpty { console.redraw("") }
    shown = ""
  }
}
