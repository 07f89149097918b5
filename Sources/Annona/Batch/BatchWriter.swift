import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Writes what was decided of a row, in bytes that depend on nothing but the decision.
struct BatchWriter {
  let program: Program
  let format: BatchRequest.Format
  private(set) var bytes: [UInt8] = []
  private let heads: [[UInt8]]
  private let outcomes: [[UInt8]]
  private let units: [Amount]

  /// How the canonical text of a benefit's amount is made.
  private struct Amount {
    /// What stands behind the number; `nil` where the text has another form.
    let suffix: [UInt8]?
    let type: ValueType?
  }

  init(_ program: Program, _ format: BatchRequest.Format) {
    self.program = program
    self.format = format
    let isCSV = format == .csv
    heads = program.benefits.map {
      Array((isCSV ? $0.name : "{\"benefit\":\"\($0.name)\"").utf8)
    }
    outcomes = Outcome.allCases.map {
      Array((isCSV ? $0.rawValue : ",\"outcome\":\"\($0.rawValue)\"").utf8)
    }
    let text = ValueText(program, .empty(of: program))
    units = program.benefits.map { benefit in
      guard let type = benefit.amount?.type, case .number(let number) = type.present else {
        return Amount(suffix: nil, type: nil)
      }
      if number.isPercent { return Amount(suffix: nil, type: type) }
      let one = text.text(.number(.one), type)
      return Amount(suffix: one.hasPrefix("1") ? Array(one.utf8.dropFirst()) : nil, type: type)
    }
    bytes.reserveCapacity(1 << 20)
  }

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  static func header(_ format: BatchRequest.Format) -> [UInt8] {
    format == .csv ? Array("id,benefit,for,outcome,amount,detail\n".utf8) : []
  }

  private mutating func put(_ text: StaticString) {
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func put(_ text: String) { bytes.append(contentsOf: text.utf8) }

  // MARK: - Rows

  /// The row's id as JSON.
  mutating func begin(_ id: UnsafeBufferPointer<UInt8>) {
    guard format == .ndjson else { return }
    put("{\"id\":")
    bytes.append(contentsOf: id)
    put(",\"decisions\":[")
  }

  mutating func end() { if format == .ndjson { put("]}\n") } }

  /// One decision that was made in columns.
  mutating func decision(
    _ benefit: Int, row id: UnsafeBufferPointer<UInt8>, member: UnsafeBufferPointer<UInt8>?,
    _ outcome: Int, amount: (count: Int64, places: Int)?, isFirst: Bool
  ) {
    if format == .ndjson {
      if !isFirst { bytes.append(0x2C) }
      bytes.append(contentsOf: heads[benefit])
      if let member {
        put(",\"for\":\"")
        bytes.append(contentsOf: member)
        bytes.append(0x22)
      }
      bytes.append(contentsOf: outcomes[outcome])
      if let amount {
        put(",\"amount\":\"")
        decimal(amount.count, amount.places)
        bytes.append(contentsOf: units[benefit].suffix ?? [])
        bytes.append(0x22)
      }
      bytes.append(0x7D)
      return
    }
    cell(id)
    bytes.append(0x2C)
    bytes.append(contentsOf: heads[benefit])
    bytes.append(0x2C)
    if let member { cell(member) }
    bytes.append(0x2C)
    bytes.append(contentsOf: outcomes[outcome])
    bytes.append(0x2C)
    if let amount {
      decimal(amount.count, amount.places)
      bytes.append(contentsOf: units[benefit].suffix ?? [])
    }
    put(",\n")
  }

  /// Whether amounts of the benefit can be written from a count.
  func writesCounts(of benefit: Int) -> Bool {
    units[benefit].type == nil || units[benefit].suffix != nil
  }

  /// A decision of the plain evaluator, with what is needed where it is open and the faults where it is one.
  mutating func decision(
    _ decision: BenefitDecision, _ facts: Case, row id: UnsafeBufferPointer<UInt8>, isFirst: Bool
  ) {
    let text = ValueText(program, facts)
    let index = Int(decision.benefit.index)
    var amount: String?
    if decision.outcome == .entitled, let type = units[index].type,
      let value = decision.amount?.knownValue
    {
      amount = text.text(value, type)
    }
    let needs = decision.needs.map { text.id(of: $0) }
    let faults = decision.outcome == .error ? decision.faults.map(\.code.rawValue) : []
    let member = decision.member.map { text.name(of: $0) }
    if format == .ndjson {
      if !isFirst { bytes.append(0x2C) }
      bytes.append(contentsOf: heads[index])
      if let member { put(",\"for\":" + JSONValue.string(member).compact) }
      put(",\"outcome\":\"\(decision.outcome.rawValue)\"")
      if let amount { put(",\"amount\":" + JSONValue.string(amount).compact) }
      if decision.outcome == .undetermined || decision.outcome == .refer {
        put(",\"needs\":" + JSONValue.array(needs.map { .string($0) }).compact)
      }
      if !faults.isEmpty {
        put(",\"faults\":" + JSONValue.array(faults.map { .string($0) }).compact)
      }
      bytes.append(0x7D)
      return
    }
    cell(id)
    bytes.append(0x2C)
    bytes.append(contentsOf: heads[index])
    bytes.append(0x2C)
    cell(member ?? "")
    put(",\(decision.outcome.rawValue),")
    cell(amount ?? "")
    bytes.append(0x2C)
    cell((needs + faults).joined(separator: " "))
    bytes.append(0x0A)
  }

  /// A row that is no case; messages name no value.
  mutating func error(row id: UnsafeBufferPointer<UInt8>, _ messages: [String]) {
    if format == .ndjson {
      put("{\"id\":")
      bytes.append(contentsOf: id)
      put(",\"errors\":" + JSONValue.array(messages.map { .string($0) }).compact + "}\n")
      return
    }
    cell(id)
    put(",,,error,,")
    cell(messages.joined(separator: "; "))
    bytes.append(0x0A)
  }

  // MARK: - Cells

  /// Without a JSON text's quotes and escapes.
  private mutating func cell(_ id: UnsafeBufferPointer<UInt8>) {
    guard id.count >= 2, id.first == 0x22, id.last == 0x22 else {
      cell(String(decoding: id, as: UTF8.self))
      return
    }
    if id.contains(0x5C),
      case .scalar(let scalar)? = readNodes(
        SourceFile(path: "id.json", bytes: Array(id)), index: 0
      ).0?.content
    {
      return cell(scalar.text)
    }
    cell(String(decoding: UnsafeBufferPointer(rebasing: id[1..<id.count - 1]), as: UTF8.self))
  }

  private mutating func cell(_ text: String) {
    let needsQuotes = text.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
    guard needsQuotes else { return put(text) }
    bytes.append(0x22)
    for byte in text.utf8 {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }

  /// The shortest decimal of a count of 1 over a power of ten.
  private mutating func decimal(_ count: Int64, _ places: Int) {
    var rest = count.magnitude
    var places = places
    while places > 0, rest % 10 == 0 {
      rest /= 10
      places -= 1
    }
    if count < 0 { bytes.append(0x2D) }
    let start = bytes.count
    var written = 0
    repeat {
      bytes.append(0x30 + UInt8(rest % 10))
      rest /= 10
      written += 1
      if written == places, places > 0 { bytes.append(0x2E) }
    } while rest > 0 || written <= places
    bytes[start...].reverse()
  }
}
