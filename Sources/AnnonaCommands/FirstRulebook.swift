/// What `annona new` writes: an invented law that is small and complete, to be changed piece by piece into a real one.
struct FirstRulebook {
  struct File {
    /// Below the folder of the rulebook.
    let path: String
    let text: String
  }

  /// Of the rulebook and its benefit: `heating_grant`.
  let name: String
  /// As commands are to name it.
  let folder: String

  var files: [File] {
    [
      File(path: "README.md", text: readme),
      File(path: "household.yaml", text: household),
      File(path: "rules/\(name).test.yaml", text: fixtures),
      File(path: "rules/\(name).yaml", text: rulebook),
    ]
  }

  /// `Heating grant`
  private var title: String {
    let words = name.split(separator: "_").joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  private var readme: String {
    """
    # \(title)

    Which law this is, in which version, and for which dates it was read.

    | file | what |
    |---|---|
    | `rules/\(name).yaml` | the rules; every other `*.yaml` file beside it belongs to them too |
    | `rules/\(name).test.yaml` | fixtures: households, and what must be decided for them |
    | `household.yaml` | a household to try things out with |

    ```sh
    annona check \(folder)       # what is wrong with the rules, before anybody is decided by them
    annona test \(folder)        # whether every fixture comes out as it must
    annona suggest \(folder)     # which households no fixture covers yet
    annona fmt \(folder)         # one layout, with tables drawn in columns
    annona simulate \(folder) \(folder)/household.yaml
    annona explain \(folder) \(folder)/household.yaml
    ```

    ## What is not covered

    Say here what the rules leave out, so that nobody takes silence for law.

    """
  }

  private var household: String {
    """
    # What is known of one household. Leave a fact out, and the decision says that it must be asked.
    today: 2025-03-01
    household:
      income: 1_050
      children:
        maria: { birth_date: 2019-09-10 }

    """
  }

  private var rulebook: String {
    """
    # The law of this rulebook is invented. Change it piece by piece into yours, and check after every change.
    rulebook: \(name)
    title: \(title)
    language: en
    currency: EUR
    # Who is decided: an entity, declared below.
    case: household
    # The days for which these rules are known. Outside them the outcome is `not_in_force`, never a guess.
    in_force: { from: 2025-01-01, through: 2025-12-31 }
    # What the law says of birthdays on 29 February; needed because an age is asked for below.
    calendar: { leap_day_birthday: mar_1 }

    # The texts that the rules cite: `cites: act s 2` is shown as `\(title) Act, s 2`.
    sources:
      act: { title: \(title) Act }

    # What must be known. A fact that nobody gave never decides against anybody: it is asked for.
    entities:
      household:
        facts:
          income:
            title: Monthly income
            type: EUR/month
            min: 0
            ask: What does the household earn in a month?
        has:
          children:
            title: Children
            type: list of person
            ask: Which children live in the household?
      person:
        facts:
          birth_date:
            title: Date of birth
            type: date
            varies: never
            max: today
            ask: When was this child born?

    # The figures of the law, each with the day from which it holds. A new year is a new line.
    parameters:
      income_limit:
        title: Income limit
        type: EUR/month
        cites: act s 2
        through: 2025-12-31
        values:
          2025-01-01: 1_200

    # One rule for each provision, in the order of the law.
    rules:
      household.entitled:
        title: Right to the benefit
        all:
          low_income:
            if: income <= income_limit
            cites: act s 2
            met: The income is within the limit.
            unmet: The income is above the limit.

      household.young_children:
        title: Children under 18
        cites: act s 3
        value: count(children where age(birth_date) < 18 years)

      household.monthly_amount:
        title: Monthly amount
        cites: act s 3
        type: EUR/month
        # Every number of children must have its row, and one only: the checker proves it.
        table: |
          young_children || value
          0              ||   0
          1 to 2         ||  45.50
          above 2        || 100

    # What people apply for.
    benefits:
      \(name):
        title: \(title)
        entitled: household.entitled
        amount: household.monthly_amount

    """
  }

  private var fixtures: String {
    """
    # Households, and what must be decided for them. Say of each where its expected value comes from.
    tests: \(name)
    today: 2025-03-01
    given:
      household:
        income: 1_050
        children: { maria: { birth_date: 2019-09-10 } }
    cases:
      - name: one child
        basis: derived
        because: s 3, one or two children
        expect:
          household.young_children: 1
          \(name): { outcome: entitled, amount: 45.50 }

      - name: the last cent within the limit
        basis: derived
        because: s 2, an income of at most 1 200 EUR
        given: { household: { income: 1_200 } }
        expect: { \(name): { outcome: entitled } }
      - name: a cent above the limit
        basis: derived
        because: s 2, an income of at most 1 200 EUR
        given: { household: { income: 1_200.01 } }
        expect: { \(name): { outcome: not_entitled } }

      - name: the day before the 18th birthday
        basis: derived
        because: s 3, below 18
        given: { household: { children: { maria: { birth_date: 2007-03-02 } } } }
        expect: { household.young_children: 1 }
      - name: the 18th birthday
        basis: derived
        because: s 3, below 18
        given: { household: { children: { maria: { birth_date: 2007-03-01 } } } }
        expect: { household.young_children: 0 }

      - name: nobody said what the household earns
        basis: derived
        because: what is not known never decides against anybody
        given: { household: { income: unknown } }
        expect:
          \(name): { outcome: undetermined, needs: [household.income], amount: 0 to 45.50 }

      - name: amounts by number of children
        basis: derived
        because: s 3
        table: |
          household.young_children || household.monthly_amount
          0                        ||   0
          1                        ||  45.50
          2                        ||  45.50
          3                        || 100

    """
  }
}
