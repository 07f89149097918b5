import Support
import Testing

@testable import AnnonaRecords

/// A tree in memory, every whole subtree worked out from its leaves.
private struct MemoryTree: HashTree {
  let leaves: [Digest]

  func hash(level: Int, position: Int) throws -> Digest {
    if level == 0 { return leaves[position] }
    return MerkleTree.node(
      try hash(level: level - 1, position: 2 * position),
      try hash(level: level - 1, position: 2 * position + 1))
  }
}

/// The entries and hashes with which certificate logs test RFC 6962; the proofs follow from its recursive definition.
@Suite("Hash tree")
struct MerkleTreeTests {
  private static let entries = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
  ]
  private static let roots = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ]
  private let tree = MemoryTree(
    leaves: Self.entries.compactMap { Hexadecimal.bytes($0.utf8).map(MerkleTree.leaf) })

  @Test(arguments: 0...8) func hasTheRoot(_ size: Int) throws {
    #expect(try tree.root(of: size).digits == Self.roots[size])
  }

  @Test(arguments: [
    (
      0, 8,
      [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
      ]
    ),
    (
      5, 8,
      [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      ]
    ),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (0, 1, []),
  ])
  func provesInclusion(_ position: Int, _ size: Int, _ proof: [String]) throws {
    #expect(try tree.inclusionProof(of: position, in: size).map(\.digits) == proof)
  }

  @Test(arguments: [
    (
      6, 8,
      [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      ]
    ),
    (
      2, 5,
      [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      ]
    ),
    (8, 8, []), (0, 8, []),
  ])
  func provesGrowth(_ old: Int, _ new: Int, _ proof: [String]) throws {
    #expect(try tree.consistencyProof(from: old, to: new).map(\.digits) == proof)
  }

  /// Every proof of every tree of up to 40 entries is taken, and none for anything else.
  @Test func takesRightProofsOnly() throws {
    let leaves = (0..<40).map { MerkleTree.leaf([UInt8($0)]) }
    let tree = MemoryTree(leaves: leaves)
    let roots = try (0...40).map { try tree.root(of: $0) }
    for size in 1...40 {
      for position in 0..<size {
        let proof = try tree.inclusionProof(of: position, in: size)
        func isTaken(
          _ leaf: Digest, _ place: Int, _ size: Int, _ root: Digest, _ proof: [Digest]
        ) -> Bool {
          MerkleTree.includes(leaf, at: place, in: size, root: root, proof: proof)
        }
        #expect(isTaken(leaves[position], position, size, roots[size], proof))
        #expect(!isTaken(leaves[(position + 1) % 40], position, size, roots[size], proof))
        #expect(!isTaken(leaves[position], position + 1, size, roots[size], proof))
        #expect(!isTaken(leaves[position], position, size, roots[size - 1], proof))
        #expect(!isTaken(leaves[position], position, size, roots[size], proof + [roots[1]]))
        #expect(
          proof.isEmpty || !isTaken(leaves[position], position, size, roots[size], proof.dropLast())
        )
      }
      for old in 0...size {
        let proof = try tree.consistencyProof(from: old, to: size)
        func isTaken(_ old: Int, _ root: Digest, _ proof: [Digest]) -> Bool {
          MerkleTree.grew(from: old, root: root, to: size, root: roots[size], proof: proof)
        }
        #expect(isTaken(old, roots[old], proof), "\(old) to \(size)")
        #expect(!isTaken(old, MerkleTree.leaf([77]), proof))
        #expect(!isTaken(old, roots[old], proof + [roots[1]]))
        #expect(proof.isEmpty || !isTaken(old, roots[old], proof.dropLast()))
      }
    }
  }
}
