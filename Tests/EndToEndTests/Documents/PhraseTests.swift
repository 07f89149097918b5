import AnnonaEngine
import Testing

@testable import Annona

/// Whoever adds a sentence writes it in every language, and whoever adds a language writes every sentence.
@Suite struct PhraseTests {
  @Test(arguments: Phrase.tables.keys.sorted())
  func everyLanguageHasEveryPhrase(_ language: String) {
    let table = Phrase.tables[language] ?? [:]
    for phrase in Phrase.allCases {
      #expect(table[phrase] != nil, "\(language) lacks `\(phrase.rawValue)`")
      for place in ["{0}", "{1}"] {
        #expect(
          table[phrase]?.contains(place) == Phrase.table("en")[phrase]?.contains(place),
          "`\(phrase.rawValue)` of \(language) has not the same places as in English")
      }
    }
  }

  @Test func everyLanguageHasEveryFault() {
    #expect(Fault.Code.tables.keys.sorted() == Phrase.tables.keys.sorted())
    for (language, table) in Fault.Code.tables {
      for code in Fault.Code.allCases {
        #expect(table[code] != nil, "\(language) lacks `\(code.rawValue)`")
      }
    }
  }

  @Test func aLanguageWithoutATableSpeaksEnglish() {
    #expect(Phrase.table("nl") == Phrase.table("en"))
    #expect(Phrase.table("pt-BR") == Phrase.table("pt"))
  }
}
