import Annona

/// What the bytes are taken for; libFuzzer calls the entry below with ever new ones.
enum Target: String {
  /// A rulebook's file, from its bytes to its proofs.
  case rulebook
  /// Any YAML, as a case of a rulebook that knows nothing of it.
  case yaml
  /// Any JSON, likewise.
  case json
  /// One expression of a rule.
  case expression
  /// One table of a rule.
  case table
  /// The facts of a household, read, decided and explained.
  case cases
}

#if canImport(Glibc)
  import Glibc
#endif

let target: Target = {
  guard let name = getenv("FUZZ_TARGET"), let target = Target(rawValue: String(cString: name))
  else { return .rulebook }
  return target
}()

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  run(target, bytes)
  return 0
}
