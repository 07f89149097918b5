import Dispatch

/// Work on the pieces of a source by several workers: pieces are fetched one at a time and what comes of them is handed over
/// in the same order, while the others go on working.
enum Relay {
  /// - Parameters:
  ///   - workers: each is used by one thread at a time.
  ///   - fetch: the next piece, `nil` where there is none; called by one thread at a time.
  ///   - work: called by all of them at once.
  ///   - take: called by one thread at a time, in the order of the pieces; `false` where nothing more can be taken.
  static func run<Worker, Piece, Output>(
    _ workers: [Worker], fetch: () -> Piece?, work: (Worker, Piece) -> Output,
    take: (Output) -> Bool
  ) {
    let turns = Turns()
    onThreads(workers.count) { index in
      while let (place, piece) = turns.next(fetch) {
        let output = work(workers[index], piece)
        turns.pass(place) { take(output) }
      }
    }
  }
}

/// Runs the body so many times at once, without the compiler's word for it: what it shares, it guards itself.
private func onThreads(_ count: Int, _ body: (Int) -> Void) {
  withoutActuallyEscaping(body) { body in
    nonisolated(unsafe) let body = body
    DispatchQueue.concurrentPerform(iterations: count) { body($0) }
  }
}

/// Who is next: places are given in the order of fetching, and passed in the same.
private final class Turns: @unchecked Sendable {
  private let fetching = DispatchSemaphore(value: 1)
  /// Of all that follows.
  private let lock = DispatchSemaphore(value: 1)
  private var given = 0
  private var passed = 0
  /// Whether nothing more is fetched.
  private var isAtEnd = false
  /// Whether nothing more can be handed over.
  private var isBlocked = false
  /// By place, those who came before their turn.
  private var waiting: [Int: DispatchSemaphore] = [:]

  private func locked<Result>(_ change: () -> Result) -> Result {
    lock.wait()
    defer { lock.signal() }
    return change()
  }

  /// The next place and what is fetched for it; `nil` from the first time on that nothing is.
  func next<Piece>(_ fetch: () -> Piece?) -> (place: Int, piece: Piece)? {
    fetching.wait()
    defer { fetching.signal() }
    if locked({ isAtEnd || isBlocked }) { return nil }
    let piece = fetch()
    return locked {
      guard let piece else {
        isAtEnd = true
        return nil
      }
      given += 1
      return (given - 1, piece)
    }
  }

  /// Hands over when all places before have; nobody does after one who could not.
  func pass(_ place: Int, _ handOver: () -> Bool) {
    let turn: DispatchSemaphore? = locked {
      if passed == place { return nil }
      let turn = DispatchSemaphore(value: 0)
      waiting[place] = turn
      return turn
    }
    turn?.wait()
    let isDone = !locked { isBlocked } && handOver()
    locked {
      isBlocked = !isDone
      passed += 1
      waiting.removeValue(forKey: passed)?.signal()
    }
  }
}
