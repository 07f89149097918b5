// The reference programme as somebody would write it by hand in Swift, one household after the other, over the same columns:
//
//     by_hand columns_N.bin awards.bin
//
// prints how many households it decides in a second of the processor's time, when every award equals that of the file.

import Glibc

/// The file's numbers, of 32 bits each.
func numbers(_ path: String) -> [Int32] {
  guard let file = fopen(path, "r") else { return [] }
  defer { fclose(file) }
  fseek(file, 0, SEEK_END)
  let count = ftell(file) / 4
  rewind(file)
  return [Int32](unsafeUninitializedCapacity: count) { room, read in
    read = fread(room.baseAddress, 4, count, file)
  }
}

/// What held on 2024-07-01, money in cents.
struct Figures {
  var today: Int32 = 2024_07_01
  var bands: (Int64, Int64, Int64, Int64) = (260_00, 233_50, 197_25, 171_50)
  var disability: Int64 = 125_00
  var disregard: Int64 = 155_00
  var childcareCap: Int64 = 312_00
  var rates: (Int64, Int64, Int64, Int64, Int64) = (100, 85, 65, 45, 25)
  var largeFamily: Int64 = 41_50
  var minimum: Int64 = 10_00
}

struct Households {
  let count: Int
  let persons: Int
  let columns: UnsafePointer<Int32>

  init(_ columns: UnsafePointer<Int32>) {
    count = Int(columns[0])
    persons = Int(columns[1])
    self.columns = columns + 2
  }

  var offsets: UnsafePointer<Int32> { columns }
  var costs: UnsafePointer<Int32> { columns + count + 1 }

  /// A person's fact, by its place in the file.
  func fact(_ index: Int) -> UnsafePointer<Int32> { costs + count + index * persons }
}

func decide(_ households: Households, _ figures: Figures, _ awards: UnsafeMutablePointer<Int32>) {
  let (isChild, birth, resident) = (households.fact(0), households.fact(1), households.fact(2))
  let (inCare, disabled, months) = (households.fact(3), households.fact(4), households.fact(5))
  let (employment, own, other) = (households.fact(6), households.fact(7), households.fact(8))
  for household in 0..<households.count {
    var adults: Int64 = 0
    var children: Int64 = 0
    var gross: Int64 = 0
    var base: Int64 = 0
    var isResident = false
    let members = Int(households.offsets[household])..<Int(households.offsets[household + 1])
    for person in members {
      if isChild[person] == 0 {
        adults &+= 1
        gross &+= max(0, Int64(employment[person]) &- figures.disregard)
        gross &+= max(0, Int64(own[person])) &+ Int64(other[person])
        if resident[person] != 0, months[person] >= 6 { isResident = true }
      } else if birth[person] <= figures.today, resident[person] != 0, inCare[person] == 0 {
        let age = (figures.today &- birth[person]) / 10_000
        guard age < 18 else { continue }
        children &+= 1
        base &+=
          age < 6
          ? age < 3 ? figures.bands.0 : figures.bands.1
          : age < 12 ? figures.bands.2 : figures.bands.3
        if disabled[person] != 0 { base &+= figures.disability }
      }
    }
    let costs = min(Int64(households.costs[household]), figures.childcareCap &* children)
    let net = max(0, gross &- (costs &* 70 &+ 50) / 100)
    let threshold = 1_450_00 &+ 465_00 &* (adults &- 1) &+ 310_00 &* children
    let ratio = net &* 10_000 / threshold
    let rates = figures.rates
    let rate =
      ratio < 7_500
      ? ratio < 5_000 ? rates.0 : rates.1
      : ratio < 10_000 ? rates.2 : ratio < 15_000 ? rates.3 : rates.4
    let tiered = (base &* rate &+ 50) / 100
    var award = tiered &+ figures.largeFamily &* max(0, children &- 2)
    if adults == 1 { award &+= (tiered &* 50 &+ 50) / 100 }
    let excess = max(0, net &- (2_900_00 &+ 205_00 &* children))
    award = max(0, award &- (excess &* 800 &+ 5_000) / 10_000)
    let isEntitled = isResident && children >= 1 && award >= figures.minimum
    awards[household] = isEntitled ? Int32(truncatingIfNeeded: award) : 0
  }
}

/// Nanoseconds of this thread.
func now() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

guard CommandLine.arguments.count == 3 else {
  print("usage: by_hand columns_N.bin awards.bin")
  exit(64)
}
let columns = numbers(CommandLine.arguments[1])
let expected = numbers(CommandLine.arguments[2])
// Read at run time, so that nothing is computed beforehand.
var figures = Figures()
figures.today = max(figures.today, Int32(CommandLine.arguments.count))
columns.withUnsafeBufferPointer { columns in
  guard let start = columns.baseAddress, columns.count > 2 else { exit(64) }
  let households = Households(start)
  var awards = [Int32](repeating: -1, count: households.count)
  // The first run warms up.
  let times = (0...5).map { _ in
    let start = now()
    awards.withUnsafeMutableBufferPointer { awards in
      if let room = awards.baseAddress { decide(households, figures, room) }
    }
    return max(1, now() - start)
  }
  let time = times.dropFirst().sorted()[2]
  guard awards == Array(expected.prefix(households.count)) else {
    print("the awards differ")
    exit(1)
  }
  print("by_hand \(households.count * 1_000_000_000 / time)")
}
