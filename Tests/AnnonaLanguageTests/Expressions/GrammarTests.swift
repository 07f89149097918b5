import AnnonaLanguage
import Testing

/// How each spelling is understood: the tree in prefix notation.
@Suite struct GrammarTests {
  static let trees: [(String, String)] = [
    // Literals.
    ("12_000.50", "12000.5"), ("13.7 %", "%0.137"), ("50%", "%0.5"), ("36 months", "36:month"),
    ("500 EUR/month", "500:EUR/month"), ("3 EUR*month", "3:EUR*month"), ("9 EUR^2", "9:EUR^2"),
    ("2025-03-01", "2025-03-01"), ("2025 - 3", "(- 2025 3)"), ("2025-3", "(- 2025 3)"),
    ("1 - a", "(- 1 a)"), ("2 * x", "(* 2 x)"),
    ("3 EUR / count(children)", "(/ 3:EUR (count() children))"),
    ("3 EUR/count(children)", "(/ 3:EUR (count() children))"),
    ("true", "true"), ("false", "false"), ("null", "null"),
    ("this", "this"), ("today", "today"), ("habitação_própria", "habitação_própria"),
    ("ηλικία", "ηλικία"), ("-5", "(neg 5)"), ("- -5", "(neg (neg 5))"),
    // Arithmetic.
    ("a - b - c", "(- (- a b) c)"), ("a / b * c", "(* (/ a b) c)"), ("a + b * c", "(+ a (* b c))"),
    ("-a * b", "(* (neg a) b)"), ("a * -b", "(* a (neg b))"), ("-3 ** 2", "(neg (** 3 2))"),
    ("2 ** -1", "(** 2 (neg 1))"), ("(3 EUR) ** 2", "(** 3:EUR 2)"),
    ("2 * x ** 2", "(* 2 (** x 2))"),
    ("(a + b) * 2/3 - c", "(- (/ (* (+ a b) 2) 3) c)"),
    ("d + 1 month last_day", "(+/last_day d 1:month)"), ("d - n next_day", "(-/next_day d n)"),
    ("d + 1 year error + 1 month", "(+ (+/error d 1:year) 1:month)"),
    // Logic and comparison.
    ("not a and b", "(and (not a) b)"), ("not a = b", "(not (= a b))"),
    ("a and b and c", "(and a b c)"),
    ("(a and b) or c", "(or (and a b) c)"), ("a and not b", "(and a (not b))"),
    ("a + 1 <= b * 2", "(<= (+ a 1) (* b 2))"),
    ("x between 1 and 3 and y", "(and (between x 1 3) y)"),
    ("x in (1, 4 to 6, p)", "(in x 1 (to 4 6) p)"), ("d in p", "(in d p)"),
    ("x in 1 to 6", "(in x (to 1 6))"),
    ("x in (a + b) * 2", "(in x (* (+ a b) 2))"), ("x in (a) or y", "(or (in x a) y)"),
    ("age in (18 years to 64 years)", "(in age (to 18:year 64:year))"),
    ("p != null and p.income > 3 EUR", "(and (!= p null) (> (. p income) 3:EUR))"),
    // Words that reach to the right.
    ("if a then b else c + 1", "(if a b (+ c 1))"),
    ("if a then b else if c then d else e", "(if a b (if c d e))"),
    ("a and if b then c else d or e", "(and a (if b c (or d e)))"),
    ("some x in xs satisfies x.a and b", "(some x xs (and (. x a) b))"),
    (
      "every c in children where resident satisfies c.ok",
      "(every c (where children resident) (. c ok))"
    ),
    ("sum(for x in xs return x.a * 2)", "(sum() (for x xs (* (. x a) 2)))"),
    // Lists.
    (
      "count(children where age < 18 years and resident)",
      "(count() (where children (and (< age 18:year) resident)))"
    ),
    ("children.amount where eligible", "(where (. children amount) eligible)"),
    ("sum((children where eligible).amount)", "(sum() (. (where children eligible) amount))"),
    ("count(xs where a) > 1", "(> (count() (where xs a)) 1)"),
    ("max(xs default 0)", "(max() xs default 0)"),
    ("position(x, sort(xs by e))", "(position() x (sort() xs by e))"),
    ("pt.ias.f(x, 1)", "(pt.ias.f() x 1)"), ("p(n).year", "(. (p() n) year)"), ("f()", "(f())"),
    // Rounding.
    ("round(x to 1 EUR half_up)", "(round() x to 1:EUR half_up)"),
    ("floor(x to 1)", "(floor() x to 1)"),
    ("ceiling(x / 8 to 1 NZD/year)", "(ceiling() (/ x 8) to 1:NZD/year)"),
    (
      "floor(max(0, income - limit) / 8 to 1 NZD/year)",
      "(floor() (/ (max() 0 (- income limit)) 8) to 1:NZD/year)"
    ),
    ("round((days(a to b)) to 1 up)", "(round() (days() (to a b)) to 1 up)"),
    // Dates and times.
    ("14 * ias at d", "(* 14 (at ias d))"), ("14 * (ias at d)", "(* 14 (at ias d))"),
    ("x under disaster.declared_on", "(under x (. disaster declared_on))"),
    ("ias at date(y, 1, 1) + 1", "(+ (at ias (date() y 1 1)) 1)"),
    ("ias at 2024-01-01", "(at ias 2024-01-01)"),
    ("ias at (today - 1 year)", "(at ias (- today 1:year))"),
    ("ias at d as EUR/year", "(as (at ias d) EUR/year)"),
    ("(a * b) as EUR/year", "(as (* a b) EUR/year)"), ("a * b as EUR", "(* a (as b EUR))"),
    ("3 years as month", "(as 3:year month)"),
    ("(36 months / 1 year) as number", "(as (/ 36:month 1:year) number)"),
    ("sum(salary over last 12 months before d)", "(sum() (over-last salary 12:month d))"),
    ("mean(x over a to b)", "(mean() (over x (to a b)))"), ("max(x over p)", "(max() (over x p))"),
    ("sum(x over last(ps))", "(sum() (over x (last() ps)))"),
    ("days_between(a, b last_day)", "(days_between() a b last_day)"),
    ("d in a to b", "(in d (to a b))"), ("today - d > 3 days", "(> (- today d) 3:day)"),
  ]

  @Test(arguments: trees)
  func reads(_ text: String, _ tree: String) {
    let reading = read(text)
    #expect(reading.problems == [])
    #expect(reading.sketch == tree)
  }

  @Test func readsTexts() {
    #expect(read(#""say \"a\\""#).sketch == "\"say \"a\\\"")
    #expect(read("\"a | b, c\"").sketch == "\"a | b, c\"")
  }

  @Test func readsOverSeveralLines() {
    #expect(read("if a\nthen b\n  else\tc").sketch == "(if a b c)")
  }
}
