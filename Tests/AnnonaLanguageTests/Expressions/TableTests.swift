import AnnonaLanguage
import Testing

/// Drawn tables: what they say, and what their author reads where they say nothing.
@Suite struct TableTests {
  typealias Case = (text: String, rows: [String]?, problems: [String])

  @Test(arguments: cases) func isRead(_ text: String, _ rows: [String]?, _ problems: [String]) {
    let reading = readTable(text)
    #expect(reading.problems.map(\.description) == problems)
    #expect(reading.sketch == rows)
  }

  static let cases: [Case] = [
    (
      #"""
      age || value
      up to 36 || 1
      above 36 to 72 || 2
      below 18 || 1
      18 to below 25 || 1
      1 to 4 || 1
      from 18 || 1
      from 18 to 20 || 1
      above 36 to below 72 || 2
      1, 2, 4 to 6 || 1
      <= 36 || 1
      >= 36 EUR || 1
      (36..72] || 1
      [1..4) || 1
      (a + b) * 2 to c || 1
      not single || 1
      not null || 2
      null || 1
      null, below 18 || 1
      -5 || 1
      - || 1
      "a | b" || 1
      single || married
      2020-01-01 to 2020-12-31 || 1
      above ias * 2 to ias * 3 || 1
      otherwise || impossible
      """#,
      [
        #"age || value"#,
        #"<= 36 || 1"#,
        #"(36..72] || 2"#,
        #"< 18 || 1"#,
        #"[18..25) || 1"#,
        #"[1..4] || 1"#,
        #">= 18 || 1"#,
        #"[18..20] || 1"#,
        #"(36..72) || 2"#,
        #"= 1, = 2, [4..6] || 1"#,
        #"<= 36 || 1"#,
        #">= 36:EUR || 1"#,
        #"(36..72] || 1"#,
        #"[1..4) || 1"#,
        #"[(* (+ a b) 2)..c] || 1"#,
        #"!= single || 1"#,
        #"!= null || 2"#,
        #"null || 1"#,
        #"null, < 18 || 1"#,
        #"= (neg 5) || 1"#,
        #"- || 1"#,
        #"= "a | b" || 1"#,
        #"= single || married"#,
        #"[2020-01-01..2020-12-31] || 1"#,
        #"((* ias 2)..(* ias 3)] || 1"#,
        #"otherwise || impossible"#,
      ],
      []
    ),
    (
      #"""
      age in month | household.tier || value | extra | cites
      5 years      | 3   || 1 EUR | if a then b else c | art. 2 "x
      # a note
      - | below 2, null || 1 | 2 |

      otherwise | - || impossible | | art. 3
      """#,
      [
        #"age in month | (. household tier) || value | extra"#,
        #"= 5:year | = 3 || 1:EUR | (if a b c) @ art. 2 "x"#,
        #"- | < 2, null || 1 | 2"#,
        #"otherwise || impossible @ art. 3"#,
      ],
      []
    ),
    (
      #"""
      age | b || cites | value
      1 | 2 || impossible | art. 5
      2 | 2 || art. 4 | 7
      """#,
      [
        #"age | b || value"#,
        #"= 1 | = 2 || impossible @ art. 5"#,
        #"= 2 | = 2 || 7 @ art. 4"#,
      ],
      []
    ),
    (
      #"""
      d in (1, 2) | x in EUR/month || value
      true | 3 || 0
      """#,
      [
        #"(in d 1 2) | x in EUR/month || value"#,
        #"= true | = 3 || 0"#,
      ],
      []
    ),
    (
      #"""
      age | b || value
      1 || 2
      1 | 2 | 3 || 4
      1 | 2 || 3 | 4
      1 | 2 | 3
      1 | 2 || 3 || 4
       | 2 || 3
      1 | 2 ||
      1 | || 5
      * | any || 5
      at least 18 | 3 || 1
      18 or more | 3 or 4 || 1
      18 and above | 65+ || 1
      65 years+ | over 3 || 1
      between 3 and 5 | >= 18 and < 25 || 1
      18-64 | 3 up to 5 || 1
      age < 3 | x = 5 || 1
      ]36..72[ | 3 to above 5 || 1
      1 to | up to || 1
      1, | ,2 || 3
      1 2 | single parent || 1
      – | — || 1
      above | below || 1
      …
      otherwise || 1
      otherwise || 2
      1 | 2 || 183,03
      1 | 2 || impossible | 3
      18 to 20 to 30 | (1..2 || 1
      not (1, 2) | a..b || 1
      """#,
      nil,
      [
        #"X089 [1] this row has 1 cell before `||` for 2 columns: `age`, `b` | write a cell for each column, `-` where any value will do"#,
        #"X089 [1 | 2 | 3] this row has 3 cells before `||` for 2 columns: `age`, `b` | leave out what is too many"#,
        #"X089 [3 | 4] this row has 2 cells after `||` for 1 column: `value` | leave out what is too many"#,
        #"X083 [1 | 2 | 3] this row has no `||` | write `1 | 2 || 3`"#,
        #"X084 [||] this `||` is one too many | write `|` here: `||` stands once in a line, where the columns have it"#,
        #"X090 [|] the cell before this bar is empty | write `-` if any value will do"#,
        #"X091 [|] the cell of `value` is empty | write its value"#,
        #"X090 [||] the cell before this bar is empty | write `-` if any value will do"#,
        #"X094 [*] `*` does not stand for any value | write `-`"#,
        #"X095 [at least] `at least` is not how a cell says this | write `from 18`"#,
        #"X095 [or more] `or more` is not how a cell says this | write `from 18`"#,
        #"X095 [or] `or` is not how a cell says this | write `3, 4`"#,
        #"X095 [and above] `and above` is not how a cell says this | write `from 18`"#,
        #"X095 [65+] `65+` is not how a cell says this | write `from 65`"#,
        #"X095 [65 years+] `65 years+` is not how a cell says this | write `from 65 years`"#,
        #"X095 [over] `over` is not how a cell says this | write `above 3`"#,
        #"X095 [between] `between` is not how a cell says this | write `3 to 5`"#,
        #"X097 [and] `and` does not join two tests of a cell | write `18 to below 25`"#,
        #"X096 [18-64] `18-64` is a difference, and not a range | write `18 to 64`"#,
        #"X095 [up to] `up to` is not how a cell says this | write `to`"#,
        #"X098 [age <] a cell is compared with its column already | write `< 3`"#,
        #"X098 [x =] a cell is compared with its column already | write `= 5`"#,
        #"X099 []] `]` does not open a range: `(` leaves its first value out | write `(36..72)`"#,
        #"X036 [above] `above` cannot stand here | -"#,
        #"X031 [to] nothing follows `to` | write a value after `to`"#,
        #"X031 [to] nothing follows `to` | write a value after `to`"#,
        #"X043 [,] a value is missing beside this sign | remove the comma, or write the value"#,
        #"X043 [,] a value is missing beside this sign | remove the comma, or write the value"#,
        #"X033 [1 2] nothing joins the two values of `1 2` | write a sign such as `+` or `*` between them"#,
        #"X034 [single parent] `single parent` is several names in a row, and a name has no spaces | write `single_parent` if that is one name"#,
        #"X020 [–] `–` is not a sign of this language | write `-`"#,
        #"X020 [—] `—` is not a sign of this language | write `-`"#,
        #"X083 […] this row has no `||` | write `||` where the columns have it"#,
        #"X002 [183,03] `183,03` may be one number or several | write `183.03` for one number, or `183, 03` for several"#,
        #"X092 [3] a row that is `impossible` has no value | leave out the value"#,
        #"X036 [to] `to` cannot stand here | -"#,
        #"X020 [..] `..` is not a sign of this language | write `to`"#,
        #"X044 [,] `,` stands only between the arguments of a function and the values after `in` | -"#,
        #"X020 [..] `..` is not a sign of this language | write `to`"#,
        #"X093 [otherwise || 2] a second `otherwise` row can never apply | remove one of them"#,
      ]
    ),
    (
      #"""
      age | b | value
      1 | 2 | 3
      """#,
      nil,
      [
        #"X083 [age | b | value] no `||` stands between the columns that decide and what is decided | write `age | b || value`"#
      ]
    ),
    (
      #"""
      age || value | value
      1 || 2 | 3
      """#,
      nil,
      [
        #"X088 [value] two columns are named `value` | give one of them another name"#
      ]
    ),
    (
      #"""
      age || 
      1 || 2
      """#,
      nil,
      [
        #"X086 [||] a column has no heading | write what it holds"#
      ]
    ),
    (
      #"""
       || value
      1 || 2
      """#,
      nil,
      [
        #"X086 [||] a column has no heading | write what it holds"#
      ]
    ),
    (
      #"""
      age || value in EUR
      1 || 2
      """#,
      nil,
      [
        #"X087 [value in EUR] `value in EUR` cannot name a column | write one word, such as `value`"#
      ]
    ),
    (
      #"""
      age || in
      1 || 2
      """#,
      nil,
      [
        #"X087 [in] `in` cannot name a column | write one word, such as `value`"#
      ]
    ),
    (
      #"""
      | age || value |
      |-----||-------|
      | 1   || 2     |
      """#,
      [
        #"age || value"#,
        #"= 1 || 2"#,
      ],
      [
        #"X082 [|] a line does not begin or end with `|`: bars stand between cells | remove the outer bars"#
      ]
    ),
    (
      #"""
      age || value
      """#,
      nil,
      [
        #"X081 [age || value] this table has columns and no rows | write a row for each case below the columns"#
      ]
    ),
    (
      #"""
      age || value || b
      1 || 2 || 3
      """#,
      nil,
      [
        #"X084 [||] this `||` is one too many | write `|` here: `||` stands once in a line, where the columns have it"#
      ]
    ),
    (
      #"""

      """#,
      nil,
      [
        #"X080 [] a table is missing here | write a line of columns such as `age || value`, and a row for each case"#
      ]
    ),
    (
      #"""
      age + || value
      1 || 2

      """#,
      nil,
      [
        #"X031 [+] nothing follows `+` | write a value after `+`"#
      ]
    ),
    (
      #"""
      age || cites
      1 || art. 2
      """#,
      nil,
      [
        #"X085 [||] no column after `||` says what is decided | write `|| value`"#
      ]
    ),
  ]
}
