import AnnonaValues

/// The header: languages, currency, calendar, dates in force and the laws that are cited.
extension Checker {
  func readHeader(_ book: Int) {
    let syntax = rulebooks[book].syntax
    books[book].units = Set(syntax.units.map(\.text))
    guard let header = syntax.header else { return }
    let language = header.language?.text ?? "en"
    books[book].language = language
    books[book].calendar = calendar(of: header)
    if let currency = header.currency {
      books[book].currency = currency.text
    }
    for source in header.sources { declare(source, in: book) }
    let inForce = inForce(header.inForce)
    program.rulebooks[book] = RulebookHeader(
      id: header.id.text, title: text(header.title, in: book), language: language,
      currency: books[book].currency, inForce: inForce)
    guard book == mainBook else { return }
    program.id = header.id.text
    program.language = language
    program.title = program.rulebooks[book].title
    program.currency = books[book].currency
    program.calendar = books[book].calendar
    program.inForce = inForce
  }

  private func declare(_ source: SourceSyntax, in book: Int) {
    if books[book].sources[source.name.text] != nil { return }
    books[book].sources[source.name.text] = SourceID(program.sources.count)
    program.sources.append(
      LawSource(name: source.name.text, title: text(source.title, in: book), url: source.url))
  }

  /// Words that are none of the known were reported where the keys are read.
  private func calendar(of header: HeaderSyntax) -> Calendar {
    var calendar = Calendar()
    calendar.leapDayBirthday = header.leapDayBirthday.flatMap { LeapDayBirthday(rawValue: $0.text) }
    calendar.monthOverflow = header.monthOverflow.flatMap { MonthOverflow(rawValue: $0.text) }
    // A leap year stands in, so that every day of a year can be named.
    if let word = header.yearStarts, let date = CalendarDate(text: "2024-\(word.text)") {
      calendar.yearStarts = Calendar.MonthDay(month: date.month, day: date.day)
    }
    calendar.weekStarts = header.weekStarts.flatMap { word in
      Calendar.Weekday.allCases.first { $0.name == word.text }
    }
    return calendar
  }

  func inForce(_ syntax: InForceSyntax?) -> InForce {
    guard let syntax else { return InForce() }
    if let through = syntax.through, through.date < syntax.from.date {
      report(.endsBeforeItStarts(through, from: syntax.from))
    }
    return InForce(from: syntax.from.date, through: syntax.through?.date)
  }

  func text(_ syntax: TextSyntax?, in book: Int) -> LocalizedText {
    guard let syntax else { return LocalizedText() }
    var variants: [String: String] = [:]
    for variant in syntax.variants {
      variants[variant.language ?? books[book].language] = variant.text
    }
    return LocalizedText(variants)
  }

  /// A citation starts with the short name of a declared source, where there is one.
  func citations(_ names: [NameSyntax], in book: Int) -> [Citation] {
    names.map { citation($0, in: book) }
  }

  func citation(_ name: NameSyntax, in book: Int) -> Citation {
    let word = String(name.text.prefix { $0 != " " })
    let source = books[book].sources[word]
    if source == nil, let near = didYouMean(word, among: books[book].sources.keys.sorted()) {
      report(.misspeltSource(name, word: word, near: near))
    }
    return Citation(text: name.text, source: source, span: name.span)
  }
}
