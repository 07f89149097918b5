/// A sentence that the engine itself says to people; everything else that they read was written by the rulebook's author.
///
/// `{0}` and `{1}` stand for what is put in.
package enum Phrase: String, Sendable, Hashable, CaseIterable {
  case decidedFor, decidedFromThrough, withSupposed, afterEvent, inPlaceOf, answeredNow,
    reviewBy

  // Outcomes
  case due, dueAmount, notDue
  case entitled, entitledTo, notEntitled, undetermined, refer, notApplicable, notInForce, failed

  // Reasons
  case oneSuffices, notTested, byException, unnamedCondition
  case upperLimit, below, lowerLimit, above, equalLimit, unequalLimit, over, under, exactly

  // What is open
  case between, atLeast, atMost, anyNumber, orFault, open
  case stillNeeded, whyReferred, declined, judge, conflicting, unverified
  case authority, appeal, appealWithin
  case assumed, faults, possibleFaults, dismissedFaults, payments, total, grandTotal, noPeriod,
    values

  // Values
  case yes, no, none, or, to
  case year, years, month, months, week, weeks, day, days

  // Explanations
  case roundedTo, row, branch, bracket, lastBracket, exception, base, otherwise
  case given, givenBy, observedOn, notGiven, awaitingJudgement, takenByDefault, readAsGiven
  case from, fromThrough, through, set, possible, didNotApply, notReached, displacedBy, seeAbove,
    tie
  case today
  case halfUp, halfEven, halfDown, up, down, floor, ceiling

  // Sweeps and what-if
  case allBenefits, sweptAlong, columnFrom, columnTo, columnAmount, columnRate, columnFormula
  case jumps, jump, falls, fallAbove, fallAlong, fallInSteps, fallRecovered, fallNotRecovered
  case lostLegend, undecidedOpen, undecidedFault, undecidedForm, undecidedMany, undecidedUnconfirmed
  case whatIf, withUpTo, withFrom, withValue, nowIs, compared, insteadOf, unchanged
  case intended

  // Interviews
  case theBenefit, noAnswer, whateverElse, soFar
  case interviewKeys, neededBy, itTouches, enterKeeps, answerAgain, nothingBefore, leftOpen
  case nothingToAsk, stillOpen, stopped, saved, yourAnswers, unusedAnswers, askDay
  case hintYesOrNo, hintNumber, hintWhole, hintQuantity, hintPercentage, hintDate, hintText
  case hintChoice, hintMembers, hintList, hintNone, hintVarying
  case mustBe, mustBeWithin, mustBeStep, mustHaveForm, mustBeSoMany, mustBeKnown

  // Letters
  case longDate, firstDay, per, label
  case january, february, march, april, may, june, july, august, september, october, november,
    december
  case letterContents, letterFooter, letterReference
  case officerDecidedOtherwise, officerConfirmed, officerSet, officerLeft, officerGrounds
  case letterConditions, conditionsCaption, severalWays
  case columnCondition, columnResult, columnFigures, columnProvision
  case met, unmet, openCondition, untested, faulty
  case paymentsCaption, columnDate, columnWhat
  case letterUntested, entitlementUntested, amountUntested, nothingTested
  case stepsOfScope, stepsOfEntitlement, stepsOfAmount
  case sayIfWrong
  case letterAppeal, appealLies, appealTerm, appealUntil, appealNotSaid, appealNowhere
  case letterFacts, factsCaption, columnFact, columnValue, columnOrigin
  case verifiedBy, presumedByLaw, notAnswered, factsUnused
  case letterFigures, figuresCaption, columnFigure, columnInForce
  case letterProvisions
}

extension Phrase {
  /// The phrases of a language; English where the language has no table of its own.
  package static func table(_ language: String) -> [Phrase: String] {
    tables[String(language.lowercased().prefix { $0 != "-" && $0 != "_" })] ?? tables["en"] ?? [:]
  }

  /// By language code; each has every phrase.
  package static let tables: [String: [Phrase: String]] = [
    "en": english.merging(englishInterview) { $1 }.merging(englishLetter) { $1 },
    "fr": french.merging(frenchInterview) { $1 }.merging(frenchLetter) { $1 },
    "pt": portuguese.merging(portugueseInterview) { $1 }.merging(portugueseLetter) { $1 },
  ]
}
