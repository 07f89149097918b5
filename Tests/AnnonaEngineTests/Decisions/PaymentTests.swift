import AnnonaEngine
import AnnonaLanguage
import AnnonaValues
import Support
import Testing

/// Payments on their dates, periods on their first day, and when to look again.
@Suite struct PaymentTests {
  private static let law = """
    rulebook: test.payments
    case: household
    currency: EUR
    in_force: { from: 2020-01-01, through: 2030-12-31 }
    calendar: { month_overflow: last_day, leap_day_birthday: mar_1 }
    entities:
      household:
        facts:
          born: { type: date, varies: never }
          income: { type: EUR/year, min: 0 }
    parameters:
      monthly_amount:
        type: EUR/month
        cites: art. 1
        until_further_notice: true
        values: { 2020-01-01: 500, 2025-01-01: 600 }
    rules:
      household.young: born <= today and age(born) < 3 years
      household.instalment: monthly_amount * 1 month
    benefits:
      allowance:
        title: Allowance
        entitled: household.young and household.income < 30_000 EUR/year
        amount: monthly_amount
      rent:
        title: Rent
        entitled: household.income < 30_000 EUR/year
        pays:
          first: { amount: 100 EUR, once: born + 10 days }
          monthly:
            amount: household.instalment
            every: 1 month
            after: born
            during: born to born + 18 months
    """

  private func household(_ text: String) throws -> (Program, Case) {
    let (program, diagnostics) = checked(Self.law)
    let checkedProgram = try #require(program, "\(diagnostics.map(\.message))")
    let (node, _) = readNodes(SourceFile(path: "case.yaml", text: text), index: 0)
    let (facts, problems) = readCase(try #require(node), checkedProgram)
    try #require(problems.isEmpty, "\(problems.map(\.message))")
    return (checkedProgram, facts)
  }

  private func date(_ text: String) throws -> CalendarDate {
    try #require(CalendarDate(text: text))
  }

  @Test func paymentsAreTheAnchorPlusStepsAddedAtOnce() throws {
    let (program, facts) = try household("household: { born: 2024-01-31, income: 10_000 }")
    let decision = decide(program, facts, today: try date("2024-02-10"))
    let plan = try #require(decision.benefits[1].plan)
    #expect(decision.benefits[1].outcome == .entitled)
    #expect(plan.payments.count == 19)
    #expect(
      plan.payments.prefix(4).map { "\($0.name ?? "") \($0.date)" } == [
        "first 2024-02-10", "monthly 2024-02-29", "monthly 2024-03-31", "monthly 2024-04-30",
      ])
    #expect(plan.payments.last?.date == (try date("2025-07-31")))
    // Eleven months at the amount of 2024, seven at that of 2025.
    #expect(plan.total == Number(100 + 11 * 500 + 7 * 600))
  }

  @Test(arguments: [
    ("gap * 1 month", "declared_on + 18 months", "no_step"),
    ("1 day", "9999-12-31", "too_many_payments"),
    ("1 day", "declared_on + 1_200 days", "too_many_payments"),
    ("1 day", "declared_on + 1_199 days", ""),
  ])
  func eachPaymentComesAfterTheOneBeforeAndThereIsAnEnd(
    _ step: String, _ last: String, _ fault: String
  ) throws {
    let (program, diagnostics) = checked(
      """
      rulebook: test.steps
      case: household
      currency: EUR
      in_force: { from: 2020-01-01 }
      calendar: { month_overflow: last_day }
      entities:
        household: { facts: { declared_on: { type: date, varies: never }, gap: integer } }
      benefits:
        help:
          entitled: true
          pays:
            p: { amount: 1 EUR, every: "\(step)", starting: declared_on, during: "declared_on to \(last)" }
      """)
    let law = try #require(program, "\(diagnostics.map(\.message))")
    let text = "household: { declared_on: 2024-01-31, gap: 0 }"
    let (node, _) = readNodes(SourceFile(path: "case.yaml", text: text), index: 0)
    let facts = readCase(try #require(node), law).0
    let decision = decide(law, facts, today: try date("2024-02-10"))
    let plan = try #require(decision.benefits[0].plan)
    #expect(plan.dates.faults.map(\.code.rawValue).joined() == fault)
    #expect(plan.payments.count == (fault.isEmpty ? 1_200 : 0))
  }

  @Test func openDatesLeaveTheBenefitUndetermined() throws {
    let (program, facts) = try household("household: { income: 10_000 }")
    let decision = decide(program, facts, today: try date("2024-02-10"))
    #expect(decision.benefits[1].outcome == .undetermined)
    #expect(decision.benefits[1].needs.count == 1)
    #expect(decision.benefits[1].plan?.total == nil)
  }

  /// In a schedule each payment is decided on its own date, whatever holds on the first day.
  @Test func paymentsOfAScheduleAreDecidedOnTheirDates() throws {
    let (program, facts) = try household("household: { born: 2024-01-31, income: 10_000 }")
    let rent = schedule(
      program, facts, from: try date("2019-06-01"), through: try date("2024-03-31"))[1]
    #expect(rent.isComplete)
    #expect(
      rent.periods.map { "\($0.name ?? "") \($0.date) \($0.outcome)" } == [
        "first 2024-02-10 entitled", "monthly 2024-02-29 entitled", "monthly 2024-03-31 entitled",
      ])
  }

  @Test func aPeriodIsDecidedOnItsFirstDay() throws {
    let (program, facts) = try household("household: { born: 2022-03-15, income: 10_000 }")
    let periods = schedule(
      program, facts, from: try date("2024-12-15"), through: try date("2025-04-30"))[0].periods
    #expect(
      periods.map { "\($0.date) \($0.outcome)" } == [
        "2025-01-01 entitled", "2025-02-01 entitled", "2025-03-01 entitled",
        "2025-04-01 notEntitled",
      ])
    #expect(periods[0].amount == .known(.number(Number(600))))
  }

  /// The first change by age, by a parameter, by the end of force; none while something else is open.
  @Test(arguments: [
    ("2025-02-01", "born: 2022-03-15, income: 10_000", "2025-03-15"),
    ("2024-06-01", "born: 2022-03-15, income: 10_000", "2025-01-01"),
    ("2025-06-01", "born: 2022-03-15, income: 10_000", "2031-01-01"),
    ("2025-02-01", "born: 2022-03-15, income: 40_000", "2031-01-01"),
    ("2025-02-01", "born: 2022-03-15", nil),
  ]) func reviewIsNeverLaterThanTheFirstChange(
    today: String, facts: String, review: String?
  ) throws {
    let (program, facts) = try household("household: { \(facts) }")
    let evaluator = Evaluator(program, facts, today: try date(today))
    let decision = evaluator.decide().benefits[0]
    #expect(evaluator.nextReview(of: decision)?.description == review)
  }
}
