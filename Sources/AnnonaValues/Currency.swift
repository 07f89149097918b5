/// The currencies of ISO 4217 with the decimal places of their minor unit.
enum Currency {
  static let decimals: [String: Int] = {
    var decimals: [String: Int] = [:]
    for code in withNone.split(separator: " ") { decimals[String(code)] = 0 }
    for code in withTwo.split(separator: " ") { decimals[String(code)] = 2 }
    for code in withdrawn.split(separator: " ") { decimals[String(code)] = 2 }
    for code in withThree.split(separator: " ") { decimals[String(code)] = 3 }
    for code in withFour.split(separator: " ") { decimals[String(code)] = 4 }
    return decimals
  }()

  private static let withNone =
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"

  private static let withTwo = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD \
    CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS \
    GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD \
    LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB \
    PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP \
    SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG
    """

  /// Replaced since 2023; the law of earlier dates still counts in them.
  private static let withdrawn = "ANG BGN HRK"

  private static let withThree = "BHD IQD JOD KWD LYD OMR TND"

  private static let withFour = "CLF UYW"
}
