import AnnonaValues

/// Events: which facts of a case each of them brings, as paths from the case's entity.
extension Checker {
  func declareEvents(_ book: Int) {
    for syntax in rulebooks[book].syntax.events {
      if let first = program.events.first(where: { $0.name == syntax.name.text }) {
        if bookOfFile[syntax.name.span.file] != bookOfFile[first.span.file] {
          report(.declaredTwice("event", syntax.name, first: first.span))
        }
        continue
      }
      program.events.append(
        Event(
          name: syntax.name.text, deliveries: syntax.facts.compactMap { delivery($0) },
          span: syntax.name.span))
    }
  }

  private func delivery(_ origin: EventSyntax.Origin) -> Event.Delivery? {
    guard !program.entities.isEmpty else { return nil }
    var entity = program.caseEntity
    var places: [PlaceID] = []
    var words = origin.fact.text.split(separator: ".").map(String.init)
    // `household.income` and `income` are one.
    if words.count > 1, words[0] == program.entities[entity].name { words.removeFirst() }
    for (index, word) in words.enumerated() {
      let isLast = index == words.count - 1
      switch members[entity]?[word] {
      case .fact(let fact)? where isLast:
        usedFacts.insert(fact)
        return Event.Delivery(places: places, fact: fact, payload: payload(origin))
      case .place(let place)? where !isLast:
        places.append(place)
        entity = program.places[place].member
      default:
        if isLast, word == "id", places.last.map({ program.places[$0].isList }) ?? false {
          return Event.Delivery(places: places, fact: nil, payload: payload(origin))
        }
        let names = (members[entity] ?? [:]).filter { name, member in
          if case .rule = member { return false }
          return true
        }
        report(
          .eventWithoutFact(
            origin.fact, word: word, of: program.entities[entity].name,
            near: didYouMean(word, among: names.keys.sorted())))
        return nil
      }
    }
    return nil
  }

  private func payload(_ origin: EventSyntax.Origin) -> [String] {
    origin.payload.text.split(separator: ".").map(String.init)
  }
}
