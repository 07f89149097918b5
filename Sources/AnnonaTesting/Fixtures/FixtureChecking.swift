import AnnonaEngine
import AnnonaLanguage
import AnnonaValues

/// Turns the cases of a file into fixtures: names looked up, facts read, values typed. A faulty case is reported and left out.
struct FixtureChecking {
  let names: SubjectNames
  private let listed: ListedNames
  let syntax: FixtureFileSyntax
  private(set) var fixtures: [Fixture] = []
  private(set) var faulty: [FaultyFixture] = []
  private(set) var diagnostics: [Diagnostic] = []
  /// What was wrong with the file as it was read.
  private let faults: [Diagnostic]

  init(
    _ names: SubjectNames, _ listed: ListedNames, _ syntax: FixtureFileSyntax,
    _ faults: [Diagnostic]
  ) {
    self.names = names
    self.listed = listed
    self.syntax = syntax
    self.faults = faults.errors
  }

  private var program: Program { names.program }

  mutating func checkAll() {
    var seen: [String: Span] = [:]
    for (number, fixture) in syntax.cases.enumerated() {
      guard let name = fixture.name else {
        leaveOut("case \(number + 1)", fixture.span, faults.within(fixture.span))
        continue
      }
      if let first = seen[name.text] {
        diagnostics.append(.caseTwice(name.text, at: name.span, first: first))
      }
      seen[name.text] = name.span
      let first = fixtures.count
      check(fixture, name)
      leaveOutMisread(from: first, faults.within(fixture.span))
    }
  }

  /// A case that was read in part only would pass by what was left of it.
  private mutating func leaveOutMisread(from first: Int, _ problems: [Diagnostic]) {
    guard !problems.isEmpty else { return }
    for fixture in fixtures[first...] { leaveOut(fixture.name, fixture.span, problems) }
    fixtures.removeSubrange(first...)
  }

  private mutating func leaveOut(_ name: String, _ span: Span, _ problems: [Diagnostic]) {
    faulty.append(FaultyFixture(name: name, span: span, problems: problems))
  }

  private mutating func check(_ fixture: FixtureCaseSyntax, _ name: NameSyntax) {
    guard let table = fixture.table else {
      if fixture.expects, fixture.expectations.isEmpty {
        diagnostics.append(.expectsNothing(name.text, at: name.span))
      }
      guard !fixture.expectations.isEmpty else {
        let problems = faults + diagnostics.errors
        return leaveOut(name.text, name.span, problems.within(fixture.span))
      }
      let draft = FixtureDraft(fixture, of: syntax, named: name.text, at: name.span)
      add(draft, given: nil)
      return
    }
    guard let rows = rows(of: table, fixture, name) else {
      return leaveOut(name.text, name.span, diagnostics.errors.within(fixture.span))
    }
    for (draft, given) in rows { add(draft, given: given) }
  }

  // MARK: - One household

  private mutating func add(
    _ draft: FixtureDraft, given settings: [(Node.Entry, owner: NameSyntax)]?
  ) {
    var merging = GivenMerging(program)
    var given = merging.merge(syntax.given, draft.given)
    var found = merging.diagnostics
    for (entry, owner) in settings ?? [] {
      let (placed, isThere) = FactPlacing(program: program, entry: entry).placed(
        owner.text, in: given)
      if !isThere { found.append(.nobodyThere(owner.text, at: owner.span)) }
      given = placed
    }
    if draft.today == nil { found.append(.noDate(draft.name, at: draft.span)) }
    if let basis = draft.unexplained, draft.basis.because == nil {
      found.append(.derivedWithoutBecause(at: basis))
    }
    let (facts, faults) = readCase(given, program, today: draft.today)
    found += faults
    let resolving = ExpectationChecking(names, listed, facts)
    let suppositions = draft.suppose.compactMap { resolving.supposition($0, &found) }
    let expectations = draft.expectations.compactMap {
      resolving.expectation($0, draft.basis, &found)
    }
    diagnostics += found
    guard let today = draft.today, !found.hasErrors,
      expectations.count == draft.expectations.count
    else {
      return leaveOut(draft.name, draft.span, found.errors)
    }
    fixtures.append(
      Fixture(
        rulebook: program.id, name: draft.name, span: draft.span, today: today, facts: facts,
        given: given, suppositions: suppositions, expectations: expectations))
  }

  // MARK: - Tables

  private enum Column {
    case today, source, because, name
    case fact(owner: NameSyntax, name: String)
    case rule
    case expected(field: String?)
  }

  private mutating func rows(
    of table: GridSyntax, _ fixture: FixtureCaseSyntax, _ name: NameSyntax
  ) -> [(FixtureDraft, [(Node.Entry, owner: NameSyntax)])]? {
    guard let inputCount = table.inputCount, inputCount < table.columns.count else {
      diagnostics.append(.noDivider(at: table.span))
      return nil
    }
    let columns = table.columns.enumerated().map { column($1, isInput: $0 < inputCount) }
    let known = columns.compactMap { $0 }
    guard known.count == columns.count else { return nil }
    let shared = FixtureDraft(fixture, of: syntax, named: name.text, at: name.span)
    return table.rows.enumerated().map { index, cells in
      var draft = shared
      draft.name = "\(name.text), row \(index + 1)"
      draft.span = cells.first.map { $0.span.joined(to: cells[cells.count - 1].span) } ?? name.span
      var given: [(Node.Entry, owner: NameSyntax)] = []
      for (cell, (column, header)) in zip(cells, zip(known, table.columns)) where cell.text != "-" {
        fill(&draft, &given, cell, column, header)
      }
      if draft.expectations.isEmpty {
        let problem = Diagnostic.expectsNothing(draft.name, at: draft.span)
        diagnostics.append(problem)
        leaveOut(draft.name, draft.span, [problem])
      }
      return (draft, given)
    }.filter { !$0.0.expectations.isEmpty }
  }

  private mutating func column(_ header: NameSyntax, isInput: Bool) -> Column? {
    let parts = SubjectNames.Parts(header.text)
    switch header.text {
    case "today" where isInput: return .today
    case "name" where isInput: return .name
    case "source": return .source
    case "because": return .because
    default: break
    }
    if isInput, names.isFact(parts), let rest = parts.rest {
      let owner = header.text.dropLast(rest.utf8.count + 1)
      return .fact(owner: NameSyntax(String(owner), span: header.span), name: rest)
    }
    switch names.find(parts) {
    case .rule? where isInput: return .rule
    case .rule? where !isInput: return .expected(field: nil)
    case .benefit(_, let field)? where !isInput && ["outcome", "amount", nil].contains(field):
      return .expected(field: field)
    default:
      let near = names.suggestion(parts, facts: isInput)
      diagnostics.append(
        .unknownColumn(
          header.text, isInput: isInput, isFact: names.isFact(parts), near: near, at: header.span))
      return nil
    }
  }

  private mutating func fill(
    _ draft: inout FixtureDraft, _ given: inout [(Node.Entry, owner: NameSyntax)],
    _ cell: NameSyntax, _ column: Column, _ header: NameSyntax
  ) {
    switch column {
    case .today:
      draft.today = CalendarDate(text: cell.text)
      if draft.today == nil { diagnostics.append(.notADate(cell.text, at: cell.span)) }
    case .name: draft.name = cell.text
    case .source: draft.basis.source = NameSyntax?(cell).filledIn
    case .because: draft.basis.because = NameSyntax?(cell).filledIn
    case .fact(let owner, let name):
      let key = Scalar(text: name, style: .plain, segments: [])
      given.append(
        (Node.Entry(key: key, keySpan: header.span, value: Node(cell)), owner: owner))
    case .rule: draft.suppose.append(ValueSyntax(name: header, value: cell))
    case .expected(let field):
      var expectation = ExpectationSyntax(name: header)
      if let field {
        expectation.name = NameSyntax(
          String(header.text.dropLast(field.utf8.count + 1)), span: header.span)
      }
      switch field {
      case "outcome": expectation.outcome = cell
      case "amount": expectation.amount = .one(cell)
      default: expectation.value = .one(cell)
      }
      expectation.span = cell.span
      draft.expectations.append(expectation)
    }
  }
}

/// A case in the making: what its file shares, its own, and what a row of its table adds.
struct FixtureDraft {
  var name: String
  var span: Span
  var today: CalendarDate?
  var given: Node?
  var suppose: [ValueSyntax]
  var expectations: [ExpectationSyntax]
  var basis: BasisSyntax
  let unexplained: Span?

  init(_ fixture: FixtureCaseSyntax, of file: FixtureFileSyntax, named name: String, at span: Span)
  {
    self.name = name
    self.span = span
    today = (fixture.today ?? file.today)?.date
    given = fixture.given
    suppose = file.suppose + fixture.suppose
    expectations = fixture.expectations
    basis = fixture.basis.or(BasisSyntax(source: file.source))
    unexplained = fixture.unexplained
  }
}

extension Node {
  /// A cell of a table as a case would say it.
  fileprivate init(_ cell: NameSyntax) {
    let isQuoted = cell.text.hasPrefix("\"") && cell.text.hasSuffix("\"") && cell.text.count > 1
    let text = isQuoted ? String(cell.text.dropFirst().dropLast()) : cell.text
    self.init(
      .scalar(Scalar(text: text, style: isQuoted ? .quoted : .plain, segments: [])), span: cell.span
    )
  }
}
