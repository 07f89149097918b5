import AnnonaEngine
import AnnonaLanguage

/// The fixtures of one rulebook, run.
package struct SuiteRun: Sendable {
  package let suite: FixtureSuite
  package let results: [FixtureResult]

  package init(_ suite: FixtureSuite, noting exercise: Exercise? = nil) {
    self.suite = suite
    let runner = FixtureRunner(suite.program, noting: exercise)
    results = suite.fixtures.map { runner.run($0) }
  }

  package var failed: [FixtureResult] { results.filter { !$0.passed } }

  /// Cases that could not run.
  var faultyCases: [FaultyFixture] { suite.faulty.filter { $0.name != nil } }

  /// Files of which no case could run.
  var faultyFiles: [FaultyFixture] { suite.faulty.filter { $0.name == nil } }

  /// Where its cases stand, those that could not run among them.
  var spans: [Span] { results.map(\.fixture.span) + faultyCases.map(\.span) }

  func place(_ span: Span) -> (file: SourceFile, line: Int, column: Int)? {
    guard suite.files.indices.contains(Int(span.file)) else { return nil }
    let file = suite.files[Int(span.file)]
    let position = file.position(of: span.start)
    return (file, position.line, position.column)
  }
}

/// How many expectations a file has, and how many of them nobody vouches for.
package struct SourceCount: Sendable, Hashable {
  package let path: String
  package var expectations = 0
  package var unsourced = 0
  /// Of those without a source, the ones that were only recorded.
  package var recorded = 0
  package var derived = 0
}

extension SuiteRun {
  /// By file, in the order of the files.
  package var sources: [SourceCount] {
    var counts: [SourceCount] = []
    for result in results {
      guard let path = place(result.fixture.span)?.file.path else { continue }
      if counts.last?.path != path { counts.append(SourceCount(path: path)) }
      for expectation in result.fixture.expectations {
        counts[counts.count - 1].expectations += 1
        switch expectation.basis {
        case .recorded:
          counts[counts.count - 1].unsourced += 1
          counts[counts.count - 1].recorded += 1
        case .unsourced: counts[counts.count - 1].unsourced += 1
        case .derived: counts[counts.count - 1].derived += 1
        case .published: break
        }
      }
    }
    return counts
  }
}
