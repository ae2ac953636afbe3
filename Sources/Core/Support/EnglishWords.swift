// What is known of English words when sentences are compared: which say little, which turn a
// statement into its opposite, which exclude each other, and which mean the same. Sentences in other
// languages are compared by their numbers, their names and the words that they share.

enum EnglishWords {
  /// Words that carry no content of their own. What an answer says of its sources is among them.
  static let function = Set(
    words(
      """
      a an the this that these those it its itself he she they them their theirs his her hers him we
      us our ours you your yours i me my mine one ones who whom whose which what where when why how
      and or but nor so yet if then than as of at by for from in into on onto to toward towards up off
      with within over under about around after before during between among through via per upon
      against be am is are was were been being do does did done doing have has had having will would
      shall should can could may might must ought need needs needed there here also too very just only
      even still such same other another any some each every all both either more most much many few
      less least several own again once further while because since until till unless although though
      whereas however therefore thus hence moreover furthermore additionally otherwise else rather
      instead already well out down back away s t d ll re ve m according accordingly passage passages
      document documents context source sources text texts mention mentioned mentions state stated
      states describe described note noted please yes e g i.e e.g etc
      """))

  /// Words that say something, but that any rewording may bring along or leave out.
  static let general = Set(
    stems(
      """
      able allow allowed permit enable provide provided include including included require required
      necessary possible use used using usage make made get got give given take taken takes keep kept
      put let help ensure means mean meaning case cases thing things way ways time times number amount
      person people someone anyone everyone user users customer customers general generally usually
      typically normally automatically available apply applies applied certain specific specifically
      particular various total overall approximately roughly nearly almost exactly currently first
      fully completely simply easily directly immediately whole entire full maximum minimum maximal
      minimal least most up set sets go goes come comes comes become becomes became find found see seen
      say says show shows have want wish like look happen happens occur occurs work works start
      second next last following previous prior regular standard rule result kind type form part
      place day days hour hours minute minutes second seconds month months year years week weeks
      euro euros dollar dollars cent cents percent percentage value level long high large small big
      different a.m p.m am pm aged age old new original extra additional actually really since long
      """))

  /// Words that turn what follows into its opposite.
  static let negations = Set(
    words(
      """
      not no never none neither nor nobody nothing nowhere cannot non without excluding free hardly barely except
      unless avoid avoids stop stops stopped closed fail fails failed lack lacks
      forbidden prohibited banned ban bans insufficient unavailable invalid ineligible impossible
      unsuitable non-refundable unable refuse refuses refused isn't aren't wasn't weren't don't
      doesn't didn't can't couldn't won't wouldn't shouldn't mustn't hasn't haven't hadn't needn't
      rather instead nicht kein keine keinen nie pas jamais
      """
    ).flatMap { [$0, $0.replacing("'", with: "")] })

  /// Words with which another part of a sentence begins.
  static let conjunctions = Set(
    words(
      """
      but while whereas because since although though unless if when where which who without except rather
      without instead however so until
      """))

  /// Groups of words of which a thing can be one only.
  static let exclusive: [[String]] = [
    ["start", "stop"], ["raise", "lower"], ["raise", "cut"],
    ["rise", "fall"], ["rise", "decline"], ["increase", "decrease"], ["increase", "reduce"],
    ["rise", "drop"], ["grow", "shrink"], ["grow", "fall"], ["grow", "decline"],
    ["common", "uncommon"], ["common", "rare"], ["first", "last"],
    ["maximum", "minimum"], ["most", "least"], ["more", "less"], ["more", "fewer"],
    ["above", "below"], ["over", "under"], ["twice", "half"], ["double", "half"],
    ["morning", "evening", "noon", "night"], ["left", "right"], ["top", "bottom"],
    ["north", "south", "east", "west"], ["northern", "southern", "eastern", "western"],
    ["red", "green", "yellow", "blue", "white", "black", "orange", "grey", "brown"],
    ["weaken", "strengthen"], ["fine", "coarse"], ["finer", "coarser"], ["fine", "coarser"],
    ["finer", "coarse"], ["include", "except"], ["allow", "forbid"], ["online", "offline"],
    ["safe", "dangerous"], ["fast", "slow"], ["faster", "slower"], ["hot", "cold"],
    ["warm", "cold"], ["wet", "dry"], ["separate", "mix"], ["separately", "mixed"],
    ["daily", "weekly", "monthly", "yearly"], ["plus", "minus"], ["public", "private"],
    ["buy", "sell"], ["win", "lose"], ["accept", "reject"], ["succeed", "fail"],
    ["optional", "mandatory"], ["import", "export"], ["optional", "required"],
    ["internal", "external"],
    ["enable", "disable"], ["early", "late"], ["earlier", "later"], ["new", "old"],
    ["connected", "disconnected"], ["male", "female"], ["landlord", "tenant"], ["buyer", "seller"],
    ["employer", "employee"], ["adult", "child"], ["teacher", "student"], ["rise", "remain"],
    ["raise", "remain"], ["fall", "remain"], ["lower", "remain"], ["empty", "full"],
    ["strong", "weak"], ["minor", "major"], ["standard", "express"], ["input", "output"],
    ["before", "after"], ["plural", "singular"],
    [
      "january", "february", "march", "april", "june", "july", "august", "september", "october",
      "november", "december",
    ],
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
    ["spring", "summer", "autumn", "winter"],
  ]

  /// Words that stand for each other in rewordings; the first of a line for the others.
  static let synonyms: [String] = [
    "buy purchase purchased bought order ordered", "begin start commence starting beginning",
    "end finish conclude over", "refund reimburse reimbursement repay repaid payback",
    "pay paid payment payable", "cost price fee charge costs expense free",
    "doctor physician", "child kid children", "delete remove erase removed", "show display",
    "send sent ship shipped dispatch", "receive obtain received", "fix repair mend",
    "error mistake fault", "big large", "tall high height", "quick fast rapid", "car automobile",
    "film movie", "holiday vacation", "flat apartment", "lorry truck", "tyre tire",
    "rise rose risen increase grow grew grown climb up", "fall fell fallen decrease decline drop",
    "cut reduce reduction", "choose choice pick select", "save rescue rescued",
    "ask request enquire", "answer reply respond", "tell inform told", "speak talk spoke",
    "build built construct", "make made manufacture produce", "design drew",
    "wipe clean", "dizzy dizziness", "drowsy drowsiness", "sick ill illness", "treat relieve cure",
    "suffer affect", "ban prohibit forbid", "need require", "leave left depart departure",
    "arrive arrival", "hold held contain", "capacity hold", "give gave given", "take took taken",
    "lead led", "write wrote written", "run ran", "keep kept store stored", "begin began begun",
    "overwrite override", "remain stay stayed remained", "wrong incorrect", "right correct",
    "empty blank", "aboard board",
    "minimum least", "maximum most", "own possess", "employ employee staff", "sale sell sold sells",
    "women woman", "men man", "foot feet", "tooth teeth", "euro €", "dollar $", "percent %",
    "photo picture image", "folder directory", "twice double", "e-mail email mail", "switch turn",
    "wait waiting", "month monthly", "year yearly annual annually", "day daily", "die died death",
    "suitable fit", "enough sufficient suffice", "compare comparison", "separate separately",
    "weigh weight", "long length", "wide width", "deep depth", "food meal",
    "found founded establish",
  ]

  /// Words behind "and" with which a statement of its own begins.
  static let clauseOpeners = Set(
    words(
      """
      is are was were will would can could cannot can't may might must should do does don't doesn't
      has have had not never it they he she you we
      """))

  /// Words before "than" that make a bound of a denial: "not more than".
  static let comparatives = Set(
    words("more less fewer later earlier longer shorter higher lower larger smaller exceed"))

  static let numbers: [String: Double] = {
    let units = words(
      """
      zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
      sixteen seventeen eighteen nineteen
      """)
    let tens = words("twenty thirty forty fifty sixty seventy eighty ninety")
    var numbers: [String: Double] = ["once": 1, "twice": 2, "thrice": 3, "dozen": 12]
    for (value, word) in units.enumerated() { numbers[word] = Double(value) }
    for (place, word) in tens.enumerated() { numbers[word] = Double(place + 2) * 10 }
    return numbers
  }()

  static let scales: [String: Double] = [
    "hundred": 100, "thousand": 1e3, "million": 1e6, "mio": 1e6, "billion": 1e9, "bn": 1e9,
    "trillion": 1e12,
  ]

  /// Abbreviations whose full stop ends no sentence, in small letters and without it.
  static let abbreviations = Set(
    words(
      """
      e.g i.e mr mrs ms dr prof st no nos nr vs etc approx fig figs p pp ch sec vol ed eds al inc
      ltd co corp dept est jr sr cf ca bzw z.b d.h u.a a.m p.m u.s u.k ph.d min max art abs jan feb
      mar apr jun jul aug sep sept oct nov dec
      """))

  /// Beginnings of sentences that claim nothing of the matter, in small letters.
  static let noClaims = [
    "i don't know", "i do not know", "i'm sorry", "i am sorry", "sorry", "i hope",
    "i couldn't find",
    "i could not find", "i cannot", "i can't", "i'm not sure", "let me know", "feel free", "sure",
    "of course", "certainly", "here is", "here are", "here's", "thank", "hello", "hi ",
    "great question",
    "as an ai", "the passages do not", "the passages don't", "the context does not",
    "the context doesn't", "the provided passages do not", "the provided passages don't",
    "the provided context does not", "the provided context doesn't", "there is no information",
    "no information", "the documents do not", "the documents don't", "in summary:", "note:",
    "if you have any", "if you need", "please let me know", "based on the passages:",
  ]

  static func isMonth(_ word: String) -> Bool { months.contains(word) }

  private static let months = Set(
    words(
      """
      january february march april may june july august september october november december januar
      februar märz mai juni juli oktober dezember janvier février mars avril juin juillet août
      septembre octobre novembre décembre
      """))

  static func words(_ text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).map(String.init)
  }

  private static func stems(_ text: String) -> [String] { words(text).map(EnglishStem.of) }
}
