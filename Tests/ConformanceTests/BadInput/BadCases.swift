import AnnonaLanguage

// Cases that are no case, each about people whose data no message may repeat.
extension BadInput {
  static let cases: [BadInput] = [
    BadInput("an empty case", ["Y005"], household: ""),
    BadInput("a case that is a list", ["F001"], household: "- 4711\n"),
    BadInput("a fact one letter off", ["F004"], household: "incme: 4711\n"),
    BadInput("a fact of another type", ["F012"], household: "income: 4711 lots\n"),
    BadInput("a truth for an amount", ["F012"], household: "income: true\n"),
    BadInput("an amount in another currency", ["F012"], household: "income: 4711 USD/year\n"),
    BadInput("an amount below its least", ["F015"], household: "income: -4711\n"),
    BadInput("half a cent", ["F014"], household: "income: 4711.005\n"),
    BadInput("a day that does not exist", ["F012"], household: "moved_in: 2023-02-30\n"),
    BadInput("a day that has not come", ["F015"], household: "moved_in: 2034-11-12\n"),
    BadInput("a choice that there is not", ["F012"], household: "status: 4711\n"),
    BadInput("null for what cannot be absent", ["F013"], household: "income: null\n"),
    BadInput("a part of a room", ["F012"], household: "rooms: 47.11\n"),
    BadInput(
      "two members of one id", ["Y018"],
      household: "people: { anna: {}, anna: {} }\n"),
    BadInput(
      "two members of one id in a list", ["F009"],
      household: "people: [{ id: anna4711 }, { id: anna4711 }]\n"),
    BadInput(
      "a member without an id", ["F007"], household: "people: [{ birth_date: 1947-11-01 }]\n"),
    BadInput(
      "a reference to nobody", ["F016"], household: "eldest: anna4711\npeople: { rui: {} }\n"),
    BadInput("a case from before every date", ["F003"], household: "today: 0000-47-11\n"),
    BadInput("a million members", ["F011"]) {
      SourceFile(
        path: "case.yaml",
        text: "people:\n" + (0..<1_000_000).map { "  p\($0): {}\n" }.joined())
    },
    BadInput("a number of 100 000 digits", ["F012"]) {
      SourceFile(path: "case.json", text: "{\"income\": \(String(repeating: "9", count: 100_000))}")
    },
    BadInput("a number beyond all numbers", ["F012"]) {
      SourceFile(path: "case.json", text: "{\"income\": 1e400}")
    },
    BadInput("a case 100 000 levels deep", ["Y009"]) {
      SourceFile(path: "case.json", text: String(repeating: "[", count: 100_000))
    },
    BadInput("a case of 50 MB", ["Y001"]) {
      SourceFile(path: "case.json", bytes: [UInt8](repeating: 0x20, count: 50_000_000))
    },
    BadInput("a case that is no text", ["Y003"]) {
      SourceFile(path: "case.yaml", bytes: Array("income: 4711".utf8) + [0xFF])
    },
  ]
}
