public import Annona
internal import AnnonaLanguage

/// A rulebook that records can be made under: with hashes of what it was read from and of what it means.
///
/// Making one takes time in proportion to the rulebook; make it once and keep it.
public struct RecordedRulebook: Sendable {
  /// The same rulebook, its files named as records name them.
  public let rulebook: Rulebook
  /// The rulebook and those that it imports, in the order of the program's.
  public let editions: [RulebookEdition]
  /// Of what the rulebook means, as this version of the engine holds it; layout and comments do not count.
  public let program: Digest

  public init(_ rulebook: Rulebook) {
    let meaning = ProgramDigest(of: rulebook.program)
    program = meaning.digest
    var paths: [String: String] = [:]
    var editions: [RulebookEdition] = []
    for source in rulebook.sources {
      // A table that no rule names is no part of the law.
      let files = source.files.filter { file in
        guard file.path.hasSuffix(".csv") else { return true }
        let index = rulebook.program.files.firstIndex { $0.path == file.path }
        return index.map { meaning.files.contains(Int32($0)) } ?? false
      }
      let names = FileNames(files.map(\.path))
      for file in files {
        paths[file.path] = RulebookEdition.path(of: names.name(of: file.path), in: source.id)
      }
      editions.append(
        RulebookEdition(
          id: source.id,
          files: files.map { .init(name: names.name(of: $0.path), bytes: $0.bytes) }))
    }
    var program = rulebook.program
    program.files = program.files.map { file in
      paths[file.path].map { SourceFile(path: $0, bytes: file.bytes) } ?? file
    }
    self.editions = editions
    self.rulebook = Rulebook(
      program: program, sources: rulebook.sources, asked: rulebook.asked)
  }
}

/// The rulebooks of a record, found again by what they import.
struct EditionLibrary: RulebookLibrary {
  let editions: [RulebookEdition]

  func rulebooks(called id: String) -> [[SourceFile]] {
    editions.filter { $0.id == id }.map(\.sources)
  }
}

extension RecordedRulebook {
  /// The rulebook that editions make up, the deciding ones among them named; `nil` where they do not load any more.
  public init?(_ editions: [RulebookEdition], deciding: [String]) {
    let asked = deciding.compactMap { id in editions.first { $0.id == id }?.sources }
    guard asked.count == deciding.count, !asked.isEmpty,
      let rulebook = Rulebook.load(together: asked, imports: EditionLibrary(editions: editions))
        .rulebook
    else { return nil }
    self.init(rulebook)
  }
}
