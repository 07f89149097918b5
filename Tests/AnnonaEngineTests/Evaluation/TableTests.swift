import AnnonaEngine
import Testing

private let household = """
  choices: { kinds: [single, married] }
  entities:
    household:
      facts:
        tier: { type: integer, min: 1, max: 5 }
        age: { type: integer, min: 0 }
        income: { type: EUR, min: 0 }
        y: { type: integer }
        partner_age: { type: integer, optional: true }
        kind: kinds
  parameters:
    limit:
      type: EUR
      until_further_notice: true
      values:
        2000-01-01: 100
        2021-01-01: { unverified: The order was not available., between: [12_120.36, 12_120.39] }
  rules:
    household.by_age:
      type: integer
      table: |
        tier | age         || value
        1    | up to 36    || 183
        1    | above 36    || 72
        2    | up to 36    || 50
        2    | above 36    || 50
        3    | below 18    || 1
        3    | 17 to 20    || 2
        5    | -           || 0
    household.first_by_age:
      type: integer
      hit: first
      table: |
        age       || value
        up to 36  || 1
        up to 72  || 2
        above 72  || 3
    household.total:
      type: integer
      hit: sum
      table: |
        tier   | age      || value
        1      | up to 36 || 5
        1 to 2 | -        || 7
    household.band:
      type: integer
      table: |
        income        || value
        up to limit   || 3
        above limit   || 4
    household.with_null:
      type: integer
      table: |
        partner_age || value
        below 65    || 1
        from 65     || 2
        null        || 3
    household.ratio:
      type: integer
      table: |
        tier | 10 / y     || value
        1    | up to 2    || 1
        1    | above 2    || 2
        2    | -          || 3
    household.resort:
      type: integer
      table: |
        age       || value
        up to 36  || 1
        otherwise || impossible
    household.by_kind:
      type: integer
      table: |
        kind    || value
        single  || 1
        married || 1

  """

@Suite("Decision tables")
struct TableTests {
  @Test(arguments: [
    Reading("by_age", "{ tier: 1, age: 36 }", "183"),
    Reading("by_age", "{ tier: 1, age: 37 }", "72"),
    // 34: `-` never reads its column.
    Reading("by_age", "{ tier: 5 }", "0"),
    // 6: rows that agree, and rows that do not.
    Reading("by_age", "{ tier: 2 }", "50"),
    Reading("by_age", "{ tier: 1 }", "72 or 183; needs household.age"),
    // 40: two rows, no row.
    Reading("by_age", "{ tier: 3, age: 17 }", "error: conflict"),
    Reading("by_age", "{ tier: 3, age: 21 }", "error: no_row"),
    Reading("by_age", "{ tier: 4, age: 5 }", "error: no_row"),
    Reading("by_age", "{ tier: 3 }", "1 to 2 or no_row, conflict; needs household.age"),
    Reading("first_by_age", "{}", "1 to 3; needs household.age"),
    Reading("first_by_age", "{ age: 36 }", "1"),
    Reading("first_by_age", "{ age: 37 }", "2"),
    // 38: no row of a sum is 0.
    Reading("total", "{ tier: 1, age: 3 }", "12"),
    Reading("total", "{ tier: 2, age: 3 }", "7"),
    Reading("total", "{ tier: 4, age: 3 }", "0"),
    Reading("total", "{ tier: 1 }", "7 or 12; needs household.age"),
    // 12: a figure that nobody could confirm, within its bounds.
    Reading("band", "{ income: 12_120.30 }", "3"),
    Reading("band", "{ income: 12_120.40 }", "4"),
    Reading(
      "band", "{ income: 12_120.37 }", "3 to 4 or no_row, conflict; needs limit"),
    // 42: null has a row of its own.
    Reading("with_null", "{ partner_age: null }", "3"),
    Reading("with_null", "{ partner_age: 70 }", "2"),
    Reading("with_null", "{}", "1 to 3; needs household.partner_age"),
    Reading("ratio", "{ tier: 2, y: 0 }", "3"),
    Reading("ratio", "{ tier: 1, y: 0 }", "error: division_by_zero"),
    Reading("ratio", "{ y: 0 }", "3 or no_row, division_by_zero; needs household.tier"),
    Reading("resort", "{ age: 40 }", "error: impossible_row"),
    Reading("by_kind", "{}", "1"),
  ])
  func reads(_ reading: Reading) throws {
    let law = try Law(household)
    let found = try law.value(of: "household.\(reading.rule)", reading.facts)
    #expect(found == reading.value)
  }
}
