/// The name that the author probably meant, or `nil` when none is near enough.
///
/// Nearness counts insertions, deletions, replacements and swaps of neighbours; case, `_`, `-` and spaces do not
/// count (`birthDate` is `birth_date`). Ties go to the name that begins alike for longer (`dat` is `date`, not `day`),
/// then to the nearest length, then to the first in byte order, so that the order of `candidates` does not matter.
package func didYouMean(_ word: String, among candidates: [String]) -> String? {
  let wanted = comparable(word)
  guard !wanted.isEmpty, wanted.count <= longestComparedName else { return nil }
  let limit = wanted.count < 3 ? 0 : min(3, max(1, wanted.count / 3))
  var best: (distance: Int, apart: Int, length: Int, name: String)?
  for candidate in candidates where candidate != word {
    let given = comparable(candidate)
    let length = abs(given.count - wanted.count)
    guard length <= limit, given.count <= longestComparedName else { continue }
    guard let distance = editDistance(wanted, given, atMost: limit) else { continue }
    let apart = -zip(wanted, given).prefix { $0 == $1 }.count
    if let found = best {
      let (one, other) = ((found.distance, found.apart, found.length), (distance, apart, length))
      if one < other || one == other && !comesFirst(candidate, found.name) { continue }
    }
    best = (distance, apart, length, candidate)
  }
  return best?.name
}

/// Longer words are no slips of the keyboard, and comparing them would cost time.
private let longestComparedName = 80

private func comparable(_ word: String) -> [Character] {
  word.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
}

private func comesFirst(_ one: String, _ other: String) -> Bool {
  one.utf8.lexicographicallyPrecedes(other.utf8)
}

/// The number of slips between two words, where no letter is touched twice; `nil` above the limit.
private func editDistance(_ one: [Character], _ other: [Character], atMost limit: Int) -> Int? {
  var beforePrevious: [Int] = []
  var previous = Array(0...other.count)
  for (i, letter) in one.enumerated() {
    var current = [i + 1]
    current.reserveCapacity(other.count + 1)
    for (j, against) in other.enumerated() {
      var cost = previous[j] + (letter == against ? 0 : 1)
      cost = min(cost, previous[j + 1] + 1, current[j] + 1)
      if i > 0, j > 0, letter == other[j - 1], one[i - 1] == against {
        cost = min(cost, beforePrevious[j - 1] + 1)
      }
      current.append(cost)
    }
    if let least = current.min(), least > limit { return nil }
    (beforePrevious, previous) = (previous, current)
  }
  let distance = previous[other.count]
  return distance <= limit ? distance : nil
}
