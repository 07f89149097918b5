/// The hash tree of RFC 6962: leaves in order, each inner node the hash of two, so that neither can be altered unseen.
public enum MerkleTree {
  /// Of an entry.
  public static func leaf(_ entry: [UInt8]) -> Digest { Digest(of: [0] + entry) }

  /// Of the two nodes below.
  public static func node(_ left: Digest, _ right: Digest) -> Digest {
    Digest(of: [1] + left.bytes + right.bytes)
  }

  /// Of no entries at all.
  public static let empty = Digest(of: [])

  /// The greatest power of 2 below a size of at least 2.
  static func split(_ size: Int) -> Int {
    var half = 1
    while half << 1 < size { half <<= 1 }
    return half
  }

  // MARK: - Checking proofs

  /// Whether a proof leads from an entry at a position to the root of a tree.
  public static func includes(
    _ leaf: Digest, at position: Int, in size: Int, root: Digest, proof: [Digest]
  ) -> Bool {
    guard position >= 0, position < size else { return false }
    var (place, last, hash) = (position, size - 1, leaf)
    for step in proof {
      guard last > 0 else { return false }
      if !place.isMultiple(of: 2) || place == last {
        hash = node(step, hash)
        while place.isMultiple(of: 2), place > 0 {
          place >>= 1
          last >>= 1
        }
      } else {
        hash = node(hash, step)
      }
      place >>= 1
      last >>= 1
    }
    return last == 0 && hash == root
  }

  /// Whether a proof shows that a tree only grew from an earlier one.
  public static func grew(
    from old: Int, root oldRoot: Digest, to new: Int, root newRoot: Digest, proof: [Digest]
  ) -> Bool {
    guard old >= 0, old <= new else { return false }
    if old == new { return oldRoot == newRoot && proof.isEmpty }
    if old == 0 { return oldRoot == empty && proof.isEmpty }
    var steps = proof[...]
    var (place, last) = (old - 1, new - 1)
    while !place.isMultiple(of: 2) {
      place >>= 1
      last >>= 1
    }
    // A whole tree of the old size is a node of the new one, and need not be sent.
    var first = oldRoot
    if place > 0 {
      guard let sent = steps.popFirst() else { return false }
      first = sent
    }
    var (oldHash, newHash) = (first, first)
    for step in steps {
      guard last > 0 else { return false }
      if !place.isMultiple(of: 2) || place == last {
        oldHash = node(step, oldHash)
        newHash = node(step, newHash)
        while place.isMultiple(of: 2), place > 0 {
          place >>= 1
          last >>= 1
        }
      } else {
        newHash = node(newHash, step)
      }
      place >>= 1
      last >>= 1
    }
    return last == 0 && oldHash == oldRoot && newHash == newRoot
  }
}

/// A tree whose whole subtrees are kept, so that roots and proofs take few look-ups.
protocol HashTree {
  /// The hash over the 2^level entries from position × 2^level on.
  func hash(level: Int, position: Int) throws -> Digest
}

extension HashTree {
  /// Over the first so many entries.
  func root(of size: Int) throws -> Digest {
    size == 0 ? MerkleTree.empty : try root(from: 0, count: size)
  }

  /// - Parameter start: a multiple of the greatest power of 2 within the count.
  private func root(from start: Int, count: Int) throws -> Digest {
    if count & (count - 1) == 0 {
      let level = count.trailingZeroBitCount
      return try hash(level: level, position: start >> level)
    }
    let half = MerkleTree.split(count)
    return MerkleTree.node(
      try root(from: start, count: half), try root(from: start + half, count: count - half))
  }

  /// What leads from the entry to the root: from the bottom up.
  func inclusionProof(of position: Int, in size: Int) throws -> [Digest] {
    try inclusion(position, from: 0, count: size)
  }

  private func inclusion(_ position: Int, from start: Int, count: Int) throws -> [Digest] {
    guard count > 1 else { return [] }
    let half = MerkleTree.split(count)
    if position < half {
      return try inclusion(position, from: start, count: half)
        + [try root(from: start + half, count: count - half)]
    }
    return try inclusion(position - half, from: start + half, count: count - half)
      + [try root(from: start, count: half)]
  }

  /// What shows that the tree of the old size is the beginning of the new one.
  func consistencyProof(from old: Int, to new: Int) throws -> [Digest] {
    guard old > 0, old < new else { return [] }
    return try consistency(old, from: 0, count: new, isWhole: true)
  }

  private func consistency(
    _ old: Int, from start: Int, count: Int, isWhole: Bool
  ) throws -> [Digest] {
    if old == count { return isWhole ? [] : [try root(from: start, count: count)] }
    let half = MerkleTree.split(count)
    if old <= half {
      return try consistency(old, from: start, count: half, isWhole: isWhole)
        + [try root(from: start + half, count: count - half)]
    }
    return try consistency(
      old - half, from: start + half, count: count - half, isWhole: false)
      + [try root(from: start, count: half)]
  }
}
