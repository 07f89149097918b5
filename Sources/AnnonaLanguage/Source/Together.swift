import Dispatch

/// Independent work on the stretches of a long list, on all cores at once.
package enum Together {
  /// More stretches than there are cores, so that none waits long for the last.
  private static let most = 16

  /// What comes of each stretch, in order, whoever was first.
  ///
  /// - Parameters:
  ///   - count: of the elements.
  ///   - least: so many elements are worth handing over; fewer than twice as many stay in one stretch.
  ///   - work: on the elements of a stretch, beside which others are at work; it shares nothing that changes.
  package static func stretches<Result>(
    of count: Int, least: Int, _ work: @Sendable (Range<Int>) -> Result
  ) -> [Result] {
    let stretches = min(count / least, most)
    guard stretches > 1 else { return [work(0..<count)] }
    return [Result](unsafeUninitializedCapacity: stretches) { room, initialized in
      let places = Places(room)
      DispatchQueue.concurrentPerform(iterations: stretches) { index in
        let first = count * index / stretches
        places.set(index, work(first..<(count * (index + 1) / stretches)))
      }
      initialized = stretches
    }
  }

  /// What comes of both, the one made on this thread while another makes the other.
  package static func beside<Other: Sendable, Own>(
    _ other: @escaping @Sendable () -> Other, _ own: () -> Own
  ) -> (Other, Own) {
    withUnsafeTemporaryAllocation(of: Other.self, capacity: 1) { room in
      let places = Places(room)
      let group = DispatchGroup()
      DispatchQueue.global().async(group: group) { places.set(0, other()) }
      let made = own()
      group.wait()
      return (room.moveElement(from: 0), made)
    }
  }

  /// Each place is set once, by whoever has its stretch.
  private struct Places<Result>: @unchecked Sendable {
    private let room: UnsafeMutableBufferPointer<Result>

    init(_ room: UnsafeMutableBufferPointer<Result>) { self.room = room }

    func set(_ index: Int, _ result: Result) { room.initializeElement(at: index, to: result) }
  }
}
