import Testing

/// What an author reads for each mistake: the code, the words underlined, the message and the finished edit; and the tree where the
/// mistake could be mended.
@Suite struct ExpressionDiagnosticsTests {
  typealias Case = (String, String?, [String])

  @Test(arguments: numbers) func numbersAndTexts(
    _ text: String, _ tree: String?, _ problems: [String]
  ) {
    check(text, tree, problems)
  }

  @Test(arguments: habits) func habitsOfOtherLanguages(
    _ text: String, _ tree: String?, _ problems: [String]
  ) {
    check(text, tree, problems)
  }

  @Test(arguments: gaps) func whatIsMissing(_ text: String, _ tree: String?, _ problems: [String]) {
    check(text, tree, problems)
  }

  @Test(arguments: doubts) func whatReadsInTwoWays(
    _ text: String, _ tree: String?, _ problems: [String]
  ) {
    check(text, tree, problems)
  }

  private func check(_ text: String, _ tree: String?, _ problems: [String]) {
    let reading = read(text)
    #expect(reading.problems.map(\.description) == problems)
    #expect(reading.sketch == tree)
  }
}

extension ExpressionDiagnosticsTests {
  static let numbers: [Case] = [
    (
      #"2025-3-1"#, nil,
      [
        #"X009 [2025-3-1] `2025-3-1` is not a date: dates are written year-month-day | write `2025-03-01`, or spaces around `-` for a difference"#
      ]
    ),
    (
      #"01/03/2025"#, nil,
      [
        #"X009 [01/03/2025] `01/03/2025` is not a date: dates are written year-month-day | write `2025-03-01`, or `2025-01-03` if the month stands first"#
      ]
    ),
    (
      #"01.03.2025"#, nil,
      [
        #"X009 [01.03.2025] `01.03.2025` is not a date: dates are written year-month-day | write `2025-03-01`, or `2025-01-03` if the month stands first"#
      ]
    ),
    (
      #"2023-02-30"#, nil,
      [
        #"X010 [2023-02-30] there is no date `2023-02-30`: February 2023 has 28 days | write `2023-02-28` for its last day"#
      ]
    ),
    (
      #"2023-13-01"#, nil,
      [
        #"X010 [2023-13-01] there is no date `2023-13-01`: months run from 1 to 12 | -"#
      ]
    ),
    (
      #"2025-01-01T10:00"#, nil,
      [
        #"X009 [2025-01-01T10:00] `2025-01-01T10:00` is not a date: dates are written year-month-day | write `2025-01-01`"#
      ]
    ),
    (
      #"1,000"#, #"1000"#,
      [
        #"X002 [1,000] `1,000` may be one number or several | write `1_000` for one number, or `1, 000` for several"#
      ]
    ),
    (
      #"1,5"#, #"1.5"#,
      [
        #"X002 [1,5] `1,5` may be one number or several | write `1.5` for one number, or `1, 5` for several"#
      ]
    ),
    (
      #"1,000,000"#, #"1000000"#,
      [
        #"X002 [1,000,000] `1,000,000` may be one number or several | write `1_000_000` for one number, or `1, 000, 000` for several"#
      ]
    ),
    (
      #"1,000.50"#, #"1000.5"#,
      [
        #"X001 [1,000.50] `1,000.50` is not how a number is written: groups of digits are joined by `_` and decimals follow a point | write `1_000.50`"#
      ]
    ),
    (
      #"12.000,50"#, #"12000.5"#,
      [
        #"X001 [12.000,50] `12.000,50` is not how a number is written: groups of digits are joined by `_` and decimals follow a point | write `12_000.50`"#
      ]
    ),
    (
      #"1 000"#, #"1000"#,
      [
        #"X001 [1 000] `1 000` is not how a number is written: groups of digits are joined by `_` and decimals follow a point | write `1_000`"#
      ]
    ),
    (
      #"1'000"#, #"1000"#,
      [
        #"X001 [1'000] `1'000` is not how a number is written: groups of digits are joined by `_` and decimals follow a point | write `1_000`"#
      ]
    ),
    (
      #"max(1,2,3)"#, #"(max() 123)"#,
      [
        #"X002 [1,2,3] `1,2,3` may be one number or several | write `1, 2, 3` for several"#
      ]
    ),
    (
      #"1e3"#, #"1000"#,
      [
        #"X004 [1e3] `1e3` has an exponent, and numbers are written out here | write `1_000`"#
      ]
    ),
    (
      #"1.5e3"#, #"1500"#,
      [
        #"X004 [1.5e3] `1.5e3` has an exponent, and numbers are written out here | write `1_500`"#
      ]
    ),
    (
      #"1e-2"#, #"0.01"#,
      [
        #"X004 [1e-2] `1e-2` has an exponent, and numbers are written out here | write `0.01`"#
      ]
    ),
    (
      #".5"#, #"0.5"#,
      [
        #"X001 [.5] `.5` is not how a number is written: groups of digits are joined by `_` and decimals follow a point | write `0.5`"#
      ]
    ),
    (
      #"5."#, #"5"#,
      [
        #"X003 [5.] no digit follows the point of `5.` | write `5`"#
      ]
    ),
    (
      #"5€"#, #"5:EUR"#,
      [
        #"X006 [5€] `€` is not a unit: a currency is named by its code, after the number | write `5 EUR`"#
      ]
    ),
    (
      #"5 €"#, #"5:EUR"#,
      [
        #"X006 [5 €] `€` is not a unit: a currency is named by its code, after the number | write `5 EUR`"#
      ]
    ),
    (
      #"€ 5"#, #"5:EUR"#,
      [
        #"X006 [€ 5] `€` is not a unit: a currency is named by its code, after the number | write `5 EUR`"#
      ]
    ),
    (
      #"$ 5"#, #"5:USD"#,
      [
        #"X006 [$ 5] `$` is not a unit: a currency is named by its code, after the number | write `5 USD`, or the code of the dollar that is meant"#
      ]
    ),
    (
      #"36months"#, #"36:month"#,
      [
        #"X005 [36months] a space is missing between `36` and `months` | write `36 months`"#
      ]
    ),
    (
      #"10 % income"#, nil,
      [
        #"X008 [10 %] `10 %` is a number, and no operator joins it to `income` | write `10 % * income`"#
      ]
    ),
    (
      #"'text'"#, #""text""#,
      [
        #"X012 ['text'] a text stands between `"` and `"` | write `"text"`"#
      ]
    ),
    (
      #"“text”"#, #""text""#,
      [
        #"X012 [“text”] a text stands between `"` and `"` | write `"text"`"#
      ]
    ),
    (
      #""text"#, nil,
      [
        #"X011 ["] the text that `"` opens is never closed | end it with `"`"#
      ]
    ),
    (
      #""a\n""#, #""a\n""#,
      [
        #"X013 [\n] `\n` means nothing in a text: only `\"` and `\\` stand for a character | write `\\n` if the text holds a backslash"#
      ]
    ),
    (
      #"{a: 1}"#, nil,
      [
        #"X015 [{] `{` means nothing in an expression | remove it"#,
        #"X015 [}] `}` means nothing in an expression | remove it"#,
      ]
    ),
    (
      #"a; b"#, nil,
      [
        #"X015 [;] `;` means nothing in an expression | remove it"#
      ]
    ),
    (
      #"a # comment"#, nil,
      [
        #"X015 [#] `#` means nothing in an expression | remove it"#
      ]
    ),
    (
      #"a +\#u{A0}b"#, #"(+ a b)"#,
      [
        #"X014 [\#u{A0}] this is not an ordinary space | write an ordinary space"#
      ]
    ),
    (
      #"1\#u{A0}000"#, #"1000"#,
      [
        #"X001 [1\#u{A0}000] `1\#u{A0}000` is not how a number is written: groups of digits are joined by `_` and decimals follow a point | write `1_000`"#
      ]
    ),
    (
      #"2024-02-30"#, nil,
      [
        #"X010 [2024-02-30] there is no date `2024-02-30`: February 2024 has 29 days | write `2024-02-29` for its last day"#
      ]
    ),
    (
      #"2025-00-10"#, nil,
      [
        #"X010 [2025-00-10] there is no date `2025-00-10`: months run from 1 to 12 | -"#
      ]
    ),
    (
      #"0000-01-01"#, nil,
      [
        #"X010 [0000-01-01] there is no date `0000-01-01`: years run from 1 to 9999 | -"#
      ]
    ),
    (
      #"2025-04-31"#, nil,
      [
        #"X010 [2025-04-31] there is no date `2025-04-31`: April 2025 has 30 days | write `2025-04-30` for its last day"#
      ]
    ),
    (
      #"10-5-3"#, nil,
      [
        #"X009 [10-5-3] `10-5-3` is not a date: dates are written year-month-day | write it like `2025-03-01`, or spaces around `-` for a difference"#
      ]
    ),
    (
      #"“text"#, nil,
      [
        #"X011 [“] the text that `“` opens is never closed | end it with `"`"#
      ]
    ),
    (
      #"1e99"#, nil,
      [
        #"X004 [1e99] `1e99` has an exponent, and numbers are written out here | write the number with all its digits"#
      ]
    ),
    (
      #"€"#, nil,
      [
        #"X006 [€] `€` is not a unit: a currency is named by its code, after the number | write `5 EUR`"#
      ]
    ),
    (
      #"{a}"#, nil,
      [
        #"X015 [{] `{` means nothing in an expression | remove it"#,
        #"X015 [}] `}` means nothing in an expression | remove it"#,
      ]
    ),
  ]

  static let habits: [Case] = [
    (
      #"a == b && c || !d"#, #"(or (and (= a b) c) (not d))"#,
      [
        #"X020 [==] `==` is not a sign of this language | write `=`"#,
        #"X020 [&&] `&&` is not a sign of this language | write `and`"#,
        #"X020 [||] `||` is not a sign of this language | write `or`"#,
        #"X020 [!] `!` is not a sign of this language | write `not`"#,
        #"X050 [a == b && c || !d] `and` and `or` stand side by side without parentheses | write `(a = b and c) or not d`, or the parentheses that the law means"#,
      ]
    ),
    (
      #"5 % 3"#, nil,
      [
        #"X022 [%] `%` does not give a remainder here | write `5 - 3 * floor(5 / 3 to 1)`"#
      ]
    ),
    (
      #"x % 3"#, nil,
      [
        #"X022 [%] `%` does not give a remainder here | write `x - 3 * floor(x / 3 to 1)`"#
      ]
    ),
    (
      #"x mod 2"#, nil,
      [
        #"X022 [mod] `mod` does not give a remainder here | write `x - 2 * floor(x / 2 to 1)`"#
      ]
    ),
    (
      #"x =< 3"#, #"(<= x 3)"#,
      [
        #"X020 [=<] `=<` is not a sign of this language | write `<=`"#
      ]
    ),
    (
      #"x => 3"#, nil,
      [
        #"X020 [=>] `=>` is not a sign of this language | write `>=`"#
      ]
    ),
    (
      #"x ≤ 3"#, #"(<= x 3)"#,
      [
        #"X020 [≤] `≤` is not a sign of this language | write `<=`"#
      ]
    ),
    (
      #"x × 3"#, #"(* x 3)"#,
      [
        #"X020 [×] `×` is not a sign of this language | write `*`"#
      ]
    ),
    (
      #"any(children, c => c.age < 3)"#, nil,
      [
        #"X024 [=>] there are no functions without a name | write `some c in … satisfies …`, `every …`, or `… where …`"#
      ]
    ),
    (
      #"x if c"#, nil,
      [
        #"X023 [if] `if` stands before both its values | write `if c then x else …`"#
      ]
    ),
    (
      #"x if c else y"#, nil,
      [
        #"X023 [if] `if` stands before both its values | write `if c then x else y`"#
      ]
    ),
    (
      #"c ? a : b"#, nil,
      [
        #"X023 [?] `?` does not choose between values | write `if c then a else b`"#
      ]
    ),
    (
      #"if(a, b, c)"#, nil,
      [
        #"X023 [if] `if` is not a function | write `if a then b else c`"#
      ]
    ),
    (
      #"[1..3]"#, nil,
      [
        #"X026 [[1..3]] square brackets stand only in the cells of a table | write `in (1 to 3)`"#
      ]
    ),
    (
      #"x in [1..3]"#, nil,
      [
        #"X026 [[1..3]] square brackets stand only in the cells of a table | write `(1 to 3)`"#
      ]
    ),
    (
      #"x in [1, 2]"#, nil,
      [
        #"X026 [[1, 2]] square brackets stand only in the cells of a table | write `(1, 2)`"#
      ]
    ),
    (
      #"children[age < 3]"#, nil,
      [
        #"X025 [[age < 3]] square brackets do not choose from a list | write `(children where age < 3)`"#
      ]
    ),
    (
      #"xs[1]"#, nil,
      [
        #"X025 [[1]] square brackets do not choose from a list | write `first(xs)`"#
      ]
    ),
    (
      #"a AND b"#, nil,
      [
        #"X021 [AND] `AND` is not a word of the language in these letters | write `and`"#
      ]
    ),
    (
      #"True and b"#, #"(and true b)"#,
      [
        #"X021 [True] `True` is not a word of the language in these letters | write `true`"#
      ]
    ),
    (
      #"x is null"#, nil,
      [
        #"X020 [is] `is` is not a sign of this language | write `=`"#
      ]
    ),
    (
      #"x is not null"#, nil,
      [
        #"X020 [is not] `is not` is not a sign of this language | write `!=`"#
      ]
    ),
    (
      #"+5"#, #"5"#,
      [
        #"X028 [+] `+` stands only between two values | leave out the `+`"#
      ]
    ),
    (
      #"a ^ 2"#, nil,
      [
        #"X020 [^] `^` is not a sign of this language | write `**`"#
      ]
    ),
    (
      #"f(x).g(y)"#, nil,
      [
        #"X027 [g] `g` is called on a value rather than with it | write `g(f(x))`"#
      ]
    ),
    (
      #"a ? b"#, nil,
      [
        #"X023 [?] `?` does not choose between values | write `if a then b else …`"#
      ]
    ),
    (
      #"5 % (a)"#, nil,
      [
        #"X022 [%] `%` does not give a remainder here | write `5 - y * floor(5 / y to 1)`"#
      ]
    ),
    (
      #"a AT b"#, nil,
      [
        #"X021 [AT] `AT` is not a word of the language in these letters | write `at`"#
      ]
    ),
    (
      #"x !in (1, 2)"#, #"(not (in x 1 2))"#,
      [
        #"X020 [!] `!` is not a sign of this language | write `not`"#,
        #"X055 [!] `not` stands before what it denies | write `not x in (1, 2)`"#,
      ]
    ),
  ]

  static let gaps: [Case] = [
    (
      #"some c => c.age"#, nil,
      [
        #"X038 [some] this `some` has no `in` | write `some c in …`"#
      ]
    ),
    (
      #"if a then b"#, nil,
      [
        #"X039 [if] this `if` has no `else`: a value is needed for every case | write `if a then b else …`"#
      ]
    ),
    (
      #"if a b else c"#, nil,
      [
        #"X038 [b] `then` is missing before `b` | write `then b`, or join the values with a sign"#
      ]
    ),
    (
      #"if a, b, c"#, nil,
      [
        #"X038 [if] this `if` has no `then` | write `if a then …`"#
      ]
    ),
    (
      #"else b"#, nil,
      [
        #"X032 [else] nothing stands before `else` | write a value before `else`"#
      ]
    ),
    (
      #"(a + b"#, nil,
      [
        #"X040 [(] this `(` is never closed | write the `)` that belongs to it"#
      ]
    ),
    (
      #"a + b)"#, nil,
      [
        #"X041 [)] this `)` closes nothing | remove it, or write the `(` that belongs to it"#
      ]
    ),
    (
      #"a +"#, nil,
      [
        #"X031 [+] nothing follows `+` | write a value after `+`"#
      ]
    ),
    (
      #"* 3"#, nil,
      [
        #"X032 [*] nothing stands before `*` | write a value before `*`"#
      ]
    ),
    (
      #"a + * 3"#, nil,
      [
        #"X032 [*] nothing stands before `*` | write a value before `*`"#
      ]
    ),
    (
      #"monthly income + 3"#, nil,
      [
        #"X034 [monthly income] `monthly income` is several names in a row, and a name has no spaces | write `monthly_income` if that is one name"#
      ]
    ),
    (
      #"monthly household income"#, nil,
      [
        #"X034 [monthly household income] `monthly household income` is several names in a row, and a name has no spaces | write `monthly_household_income` if that is one name"#
      ]
    ),
    (
      #"a 3"#, nil,
      [
        #"X033 [a 3] nothing joins the two values of `a 3` | write a sign such as `+` or `*` between them"#
      ]
    ),
    (
      #"3 (a)"#, nil,
      [
        #"X033 [3 (] nothing joins the two values of `3 (` | write a sign such as `+` or `*` between them"#
      ]
    ),
    (
      #""a" "b""#, nil,
      [
        #"X033 ["a" "b"] nothing joins the two values of `"a" "b"` | write a sign such as `+` or `*` between them"#
      ]
    ),
    (
      #"in + 3"#, nil,
      [
        #"X035 [in] `in` is a word of the language and cannot be a name | use another name, such as `in_value`"#
      ]
    ),
    (
      #"default"#, nil,
      [
        #"X035 [default] `default` is a word of the language and cannot be a name | use another name, such as `default_value`"#
      ]
    ),
    (
      #"if"#, nil,
      [
        #"X031 [if] nothing follows `if` | write a value after `if`"#
      ]
    ),
    (
      #"x.in"#, nil,
      [
        #"X035 [in] `in` is a word of the language and cannot be a name | use another name, such as `in_value`"#
      ]
    ),
    (
      #"(a b) + (c d)"#, nil,
      [
        #"X034 [a b] `a b` is several names in a row, and a name has no spaces | write `a_b` if that is one name"#,
        #"X034 [c d] `c d` is several names in a row, and a name has no spaces | write `c_d` if that is one name"#,
      ]
    ),
    (
      #"f(a b, c +, d)"#, nil,
      [
        #"X034 [a b] `a b` is several names in a row, and a name has no spaces | write `a_b` if that is one name"#,
        #"X031 [+] nothing follows `+` | write a value after `+`"#,
      ]
    ),
    (
      #"f(a,)"#, nil,
      [
        #"X043 [,] a value is missing beside this sign | remove the comma, or write the value"#
      ]
    ),
    (
      #"f(,a)"#, nil,
      [
        #"X043 [,] a value is missing beside this sign | remove the comma, or write the value"#
      ]
    ),
    (
      #"()"#, nil,
      [
        #"X042 [()] nothing stands between these parentheses | -"#
      ]
    ),
    (
      #"x in ()"#, nil,
      [
        #"X042 [()] nothing stands between these parentheses | -"#
      ]
    ),
    (
      #"max(xs default 0, 3)"#, nil,
      [
        #"X045 [,] no argument may follow `default 0` | put `default 0` last"#
      ]
    ),
    (
      #"x as 3"#, nil,
      [
        #"X046 [as] no unit follows `as` | write a unit, such as `as EUR/year`"#
      ]
    ),
    (
      #"x as"#, nil,
      [
        #"X046 [as] no unit follows `as` | write a unit, such as `as EUR/year`"#
      ]
    ),
    (
      #"x at"#, nil,
      [
        #"X031 [at] nothing follows `at` | write a value after `at`"#
      ]
    ),
    (
      #"x.1"#, nil,
      [
        #"X031 [.] nothing follows `.` | write a value after `.`"#
      ]
    ),
    (
      #".name"#, nil,
      [
        #"X032 [.] nothing stands before `.` | write a value before `.`"#
      ]
    ),
    (
      #"x."#, nil,
      [
        #"X031 [.] nothing follows `.` | write a value after `.`"#
      ]
    ),
    (
      #"a  b"#, nil,
      [
        #"X034 [a  b] `a b` is several names in a row, and a name has no spaces | write `a_b` if that is one name"#
      ]
    ),
    (
      #"some x satisfies b"#, nil,
      [
        #"X038 [some] this `some` has no `in` | write `some x in …`"#
      ]
    ),
    (
      #"for x in xs b"#, nil,
      [
        #"X038 [b] `return` is missing before `b` | write `return b`, or join the values with a sign"#
      ]
    ),
    (
      #"some in in xs satisfies a"#, nil,
      [
        #"X035 [in] `in` is a word of the language and cannot be a name | use another name, such as `in_value`"#
      ]
    ),
    (
      #"and b"#, nil,
      [
        #"X032 [and] nothing stands before `and` | write a value before `and`"#
      ]
    ),
    (
      #"a and"#, nil,
      [
        #"X031 [and] nothing follows `and` | write a value after `and`"#
      ]
    ),
    (
      #"a and or b"#, nil,
      [
        #"X031 [and] nothing follows `and` | write a value after `and`"#
      ]
    ),
    (
      #"x = "#, nil,
      [
        #"X031 [=] nothing follows `=` | write a value after `=`"#
      ]
    ),
    (
      #"not"#, nil,
      [
        #"X031 [not] nothing follows `not` | write a value after `not`"#
      ]
    ),
    (
      #"-"#, nil,
      [
        #"X031 [-] nothing follows `-` | write a value after `-`"#
      ]
    ),
    (
      #""#, nil,
      [
        #"X030 [] an expression is missing here | -"#
      ]
    ),
    (
      #"a, b"#, nil,
      [
        #"X044 [,] `,` stands only between the arguments of a function and the values after `in` | -"#
      ]
    ),
    (
      #"a then b"#, nil,
      [
        #"X037 [then] `then` has no `if` before it | write `if …` first, or leave out `then`"#
      ]
    ),
    (
      #"3 EUR^0"#, nil,
      [
        #"X047 [EUR^0] `EUR^0` is not a unit | write it like `EUR/month` or `EUR*month`"#
      ]
    ),
    (
      #"x as EUR^0"#, nil,
      [
        #"X047 [EUR^0] `EUR^0` is not a unit | write it like `EUR/month` or `EUR*month`"#
      ]
    ),
    (
      #"some x in xs"#, nil,
      [
        #"X038 [some] this `some` has no `satisfies` | write `some x in xs satisfies …`"#
      ]
    ),
    (
      #"for x in xs"#, nil,
      [
        #"X038 [for] this `for` has no `return` | write `for x in xs return …`"#
      ]
    ),
    (
      #"every c in xs and b"#, nil,
      [
        #"X038 [and] `satisfies` is missing before `and` | write `satisfies and`, or join the values with a sign"#
      ]
    ),
    (
      #"a and b c"#, nil,
      [
        #"X034 [b c] `b c` is several names in a row, and a name has no spaces | write `b_c` if that is one name"#
      ]
    ),
    (
      #"x.(y)"#, nil,
      [
        #"X031 [.] nothing follows `.` | write a value after `.`"#
      ]
    ),
    (
      #"x = 5 EUR/month income"#, nil,
      [
        #"X033 [month income] nothing joins the two values of `month income` | write a sign such as `+` or `*` between them"#
      ]
    ),
    (
      #"if a then b else"#, nil,
      [
        #"X031 [else] nothing follows `else` | write a value after `else`"#
      ]
    ),
    (
      #"if then b"#, nil,
      [
        #"X031 [if] nothing follows `if` | write a value after `if`"#
      ]
    ),
    (
      #"(a,b)"#, nil,
      [
        #"X044 [,] `,` stands only between the arguments of a function and the values after `in` | -"#
      ]
    ),
    (
      #"x in (1,)"#, nil,
      [
        #"X043 [,] a value is missing beside this sign | remove the comma, or write the value"#
      ]
    ),
    (
      #"x in (1"#, nil,
      [
        #"X040 [(] this `(` is never closed | write the `)` that belongs to it"#
      ]
    ),
    (
      #"f(a"#, nil,
      [
        #"X040 [(] this `(` is never closed | write the `)` that belongs to it"#
      ]
    ),
    (
      #"f(a, b"#, nil,
      [
        #"X040 [(] this `(` is never closed | write the `)` that belongs to it"#
      ]
    ),
    (
      #"f(a by b, c)"#, nil,
      [
        #"X045 [,] no argument may follow `by b` | put `by b` last"#
      ]
    ),
    (
      #"habitação própria > 3"#, nil,
      [
        #"X034 [habitação própria] `habitação própria` is several names in a row, and a name has no spaces | write `habitação_própria` if that is one name"#
      ]
    ),
    (
      #"5 EUR 3"#, nil,
      [
        #"X033 [EUR 3] nothing joins the two values of `EUR 3` | write a sign such as `+` or `*` between them"#
      ]
    ),
    (
      #"d + 1 month lastday"#, nil,
      [
        #"X033 [month lastday] nothing joins the two values of `month lastday` | write a sign such as `+` or `*` between them"#
      ]
    ),
    (
      #"- at d"#, nil,
      [
        #"X032 [at] nothing stands before `at` | write a value before `at`"#
      ]
    ),
    (
      #"if a else b"#, nil,
      [
        #"X038 [if] this `if` has no `then` | write `if a then …`"#
      ]
    ),
    (
      #"some x in xs return y"#, nil,
      [
        #"X038 [return] `satisfies` is missing before `return` | write `satisfies return`, or join the values with a sign"#
      ]
    ),
    (
      #"a is_b"#, nil,
      [
        #"X034 [a is_b] `a is_b` is several names in a row, and a name has no spaces | write `a_is_b` if that is one name"#
      ]
    ),
    (
      #"true false"#, nil,
      [
        #"X036 [false] `false` cannot stand here | -"#
      ]
    ),
  ]

  static let doubts: [Case] = [
    (
      #"a and b or c"#, #"(or (and a b) c)"#,
      [
        #"X050 [a and b or c] `and` and `or` stand side by side without parentheses | write `(a and b) or c`, or the parentheses that the law means"#
      ]
    ),
    (
      #"1 < x < 3"#, #"(and (< 1 x) (< x 3))"#,
      [
        #"X051 [1 < x < 3] comparisons cannot be chained | write `1 < x and x < 3`"#
      ]
    ),
    (
      #"a = b = c"#, #"(and (= a b) (= b c))"#,
      [
        #"X051 [a = b = c] comparisons cannot be chained | write `a = b and b = c`"#
      ]
    ),
    (
      #"2 ** 3 ** 2"#, nil,
      [
        #"X052 [**] `**` cannot be chained without parentheses | write `(2 ** 3)` before this one, or put what follows in parentheses"#
      ]
    ),
    (
      #"round(x)"#, nil,
      [
        #"X060 [round] `round` does not say to which step | write `round(x to 1 half_up)`"#
      ]
    ),
    (
      #"round(x to 1)"#, nil,
      [
        #"X061 [round] `round` does not say how halves are rounded | write `round(x to 1 half_up)`"#
      ]
    ),
    (
      #"floor(x to 1 up)"#, nil,
      [
        #"X062 [floor(x to 1 up)] `floor` says already how it rounds | leave out `up`"#
      ]
    ),
    (
      #"round(x to 1 halfup)"#, nil,
      [
        #"X063 [halfup] `halfup` is not a way of rounding | write `half_up`, `half_even`, `half_down`, `up`, `down`, `floor` or `ceiling`"#
      ]
    ),
    (
      #"round(1 up)"#, nil,
      [
        #"X060 [round] `round` does not say to which step | write `round(1 to 1 up)`"#
      ]
    ),
    (
      #"round(f(a, b) / 3, 2)"#, nil,
      [
        #"X060 [round] `round` does not say to which step | write `round(f(a, b) / 3 to 0.01 half_up)`: the step is an amount, such as `0.01` for two decimals"#
      ]
    ),
    (
      #"round(x, 0)"#, nil,
      [
        #"X060 [round] `round` does not say to which step | write `round(x to 1 half_up)`: the step is an amount, such as `0.01` for two decimals"#
      ]
    ),
    (
      #"round(x, 2 up)"#, nil,
      [
        #"X060 [round] `round` does not say to which step | write `round(x to 0.01 up)`: the step is an amount, such as `0.01` for two decimals"#
      ]
    ),
    (
      #"floor(x, 1)"#, nil,
      [
        #"X060 [floor] `floor` does not say to which step | write `floor(x to 0.1)`: the step is an amount, such as `0.01` for two decimals"#
      ]
    ),
    (
      #"round(x, y, z)"#, nil,
      [
        #"X060 [round] `round` does not say to which step | write `round(x to 0.01 half_up)`: the step is an amount, such as `0.01` for two decimals"#
      ]
    ),
    (
      #"round(f(a, b) to 2)"#, nil,
      [
        #"X061 [round] `round` does not say how halves are rounded | write `round(f(a, b) to 0.01 half_up)` for 2 decimals, or `round(f(a, b) to 2 half_up)` for multiples of 2"#
      ]
    ),
    (
      #"(14 * ias) at d"#, #"(at (* 14 ias) d)"#,
      [
        #"X058 [(14 * ias) at d] `at` applies to one name | write `14 * (ias at d)`"#
      ]
    ),
    (
      #"2 + (14 * ias) at d"#, #"(+ 2 (at (* 14 ias) d))"#,
      [
        #"X058 [(14 * ias) at d] `at` applies to one name | write `(14 * (ias at d))`"#
      ]
    ),
    (
      #"(3 + 4) at d"#, #"(at (+ 3 4) d)"#,
      [
        #"X058 [(3 + 4) at d] `at` applies to one name | write a name before `at`"#
      ]
    ),
    (
      #"3 at d"#, #"(at 3 d)"#,
      [
        #"X058 [3 at d] `at` applies to one name | write a name before `at`"#
      ]
    ),
    (
      #"x at d at e"#, #"(at (at x d) e)"#,
      [
        #"X058 [x at d at e] `at` applies to one name | write a name before `at`"#
      ]
    ),
    (
      #"a + not b"#, #"(+ a (not b))"#,
      [
        #"X057 [not b] `not` inside a calculation or comparison needs parentheses | write `(not b)`"#
      ]
    ),
    (
      #"1 + if a then b else c"#, #"(+ 1 (if a b c))"#,
      [
        #"X057 [if a then b else c] `if` inside a calculation or comparison needs parentheses | write `(if a then b else c)`"#
      ]
    ),
    (
      #"x not in (1, 2)"#, #"(not (in x 1 2))"#,
      [
        #"X055 [not] `not` stands before what it denies | write `not x in (1, 2)`"#
      ]
    ),
    (
      #"x not between 1 and 2"#, #"(not (between x 1 2))"#,
      [
        #"X055 [not] `not` stands before what it denies | write `not x between 1 and 2`"#
      ]
    ),
    (
      #"x between 1"#, nil,
      [
        #"X054 [between] this `between` has no `and` | write `x between 1 and …`"#
      ]
    ),
    (
      #"xs where a where b"#, nil,
      [
        #"X056 [where] a second `where` follows the first without parentheses | write `xs where a and` before what follows"#
      ]
    ),
    (
      #"a to b to c"#, nil,
      [
        #"X053 [to] `a to b` is a range already | leave out this `to`"#
      ]
    ),
    (
      #"(a and b or c) and (1 < x < 3)"#, #"(and (or (and a b) c) (and (< 1 x) (< x 3)))"#,
      [
        #"X050 [a and b or c] `and` and `or` stand side by side without parentheses | write `(a and b) or c`, or the parentheses that the law means"#,
        #"X051 [1 < x < 3] comparisons cannot be chained | write `1 < x and x < 3`"#,
      ]
    ),
    (
      #"18 years to 64 years to 70"#, nil,
      [
        #"X053 [to] `18 years to 64 years` is a range already | leave out this `to`"#
      ]
    ),
    (
      #"a between 1 to 3"#, nil,
      [
        #"X054 [between] this `between` has no `and` | write `a between 1 and …`"#
      ]
    ),
    (
      #"a = not b"#, #"(= a (not b))"#,
      [
        #"X057 [not b] `not` inside a calculation or comparison needs parentheses | write `(not b)`"#
      ]
    ),
    (
      #"count(a where b where c)"#, nil,
      [
        #"X056 [where] a second `where` follows the first without parentheses | write `a where b and` before what follows"#
      ]
    ),
    (
      #"a = b = c < d"#, #"(and (= a b) (= b c) (< c d))"#,
      [
        #"X051 [a = b = c < d] comparisons cannot be chained | write `a = b and b = c and c < d`"#
      ]
    ),
    (
      #"(a or b) at d"#, #"(at (or a b) d)"#,
      [
        #"X058 [(a or b) at d] `at` applies to one name | write `(a at d) or (b at d)`"#
      ]
    ),
    (
      #"(household.income + f(x)) under d"#, #"(under (+ (. household income) (f() x)) d)"#,
      [
        #"X058 [(household.income + f(x)) under d] `under` applies to one name | write `(household.income under d) + (f(x) under d)`"#
      ]
    ),
    (
      #"max(xs) at d + (1 at d)"#, #"(+ (at (max() xs) d) (at 1 d))"#,
      [
        #"X058 [1 at d] `at` applies to one name | write a name before `at`"#
      ]
    ),
    (
      #"round(x to 1 EUR halfeven)"#, nil,
      [
        #"X063 [halfeven] `halfeven` is not a way of rounding | write `half_up`, `half_even`, `half_down`, `up`, `down`, `floor` or `ceiling`"#
      ]
    ),
  ]
}
