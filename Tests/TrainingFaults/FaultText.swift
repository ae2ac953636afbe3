import RandomSource

// Sentences in three languages, made of many words, so that two of them are alike by intent only.

/// Writes sentences.
struct FaultText {
  var random: SeededRandom

  mutating func pick<Element>(_ list: [Element]) -> Element {
    list[Int.random(in: 0..<list.count, using: &random)]
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &random) < share }

  mutating func letters(_ alphabet: String, _ count: Int) -> String {
    let alphabet = Array(alphabet)
    return String((0..<count).map { _ in pick(alphabet) })
  }

  /// A name that no other text has, mostly.
  mutating func name() -> String {
    let syllables = [
      "ba", "ker", "lo", "mi", "ren", "sol", "tor", "va", "wen", "zi", "dra", "fel", "gor", "hul",
      "jan", "nor", "pel", "qui", "ros", "tam",
    ]
    let word = (0..<number(2...3)).map { _ in pick(syllables) }.joined()
    return word.prefix(1).uppercased() + word.dropFirst()
  }

  enum Language { case english, german, french }

  /// Sentences on made-up matters.
  mutating func prose(_ language: Language, _ sentences: Int) -> String {
    (0..<sentences).map { _ in sentence(language) }.joined(separator: " ")
  }

  mutating func sentence(_ language: Language) -> String {
    switch language {
    case .english: fill(pick(Self.english), Self.englishWords)
    case .german: fill(pick(Self.german), Self.germanWords)
    case .french: fill(pick(Self.french), Self.frenchWords)
    }
  }

  /// Replaces `N` by a noun, `A` by an adjective, `V` by a verb, `M` by a name, `#` by a number.
  private mutating func fill(_ template: String, _ words: [Character: [String]]) -> String {
    var result = ""
    for piece in template.split(separator: " ", omittingEmptySubsequences: false) {
      if !result.isEmpty { result += " " }
      var piece = piece
      var end = ""
      while let last = piece.last, ",.:?!".contains(last) {
        end = String(piece.removeLast()) + end
      }
      if piece == "M" {
        result += name()
      } else if piece == "#" {
        result += String(number(2...990))
      } else if piece.count == 1, let first = piece.first, let list = words[first] {
        result += pick(list)
      } else {
        result += piece
      }
      result += end
    }
    return result
  }

  private static func list(_ text: String) -> [String] {
    text.split(separator: " ").map(String.init)
  }

  static let englishWords: [Character: [String]] = [
    "N": list(
      """
      invoice parcel router garden engine report meeting bottle contract window kitchen battery \
      ticket library bicycle curtain notebook harbor museum station keyboard blanket orchard \
      elevator violin warehouse fountain helmet compass lantern calendar recipe workshop bridge \
      sensor cabinet pipeline festival terminal subscription
      """),
    "A": list(
      """
      broken yellow quiet annual spare narrow digital wooden urgent northern polite frozen modern \
      heavy private round careful distant cheap missing early fragile public steady
      """),
    "V": list(
      """
      repair deliver inspect replace measure order clean describe collect refund paint ship record \
      install test rent restore weigh update borrow
      """),
  ]
  static let english = [
    "The A N from M was delivered with # days of delay.",
    "We had to V the N because the A N stopped after # minutes.",
    "M asked whether they could V a A N before the end of the month.",
    "According to the N, every A N needs # hours to cool down.",
    "Please V the N at M and note that the N is A.",
    "There are # models of this N, but only the A one fits the N.",
    "In spring the N near M is A, which makes it hard to V the N.",
    "You can V the N by turning the A N # times to the left.",
    "My neighbor bought a A N and a N for # euros at M.",
    "It was the A N that kept M from trying to V anything.",
    "After # weeks the N still looks A, so nobody wants to V it.",
    "The manual for the N says that a A N must not touch the N.",
    "When you V a N, make sure that M has signed the A form.",
    "Each N holds # parts, and the A parts are stored next to the N.",
    "Our team in M will V the A N whenever the N is free.",
    "Nobody at M knows why the N turned A within # seconds.",
  ]

  static let germanWords: [Character: [String]] = [
    "N": list(
      """
      Rechnung Lieferung Maschine Wohnung Brücke Bestellung Küche Zeitung Leitung Werkstatt Lampe \
      Tasche Heizung Buchung Flasche Schraube Straße Kamera Batterie Pumpe Halle Glocke
      """),
    "A": list(
      """
      neue alte kaputte schnelle gelbe teure kleine ruhige schwere lange dünne runde fehlende \
      digitale private
      """),
    "V": list(
      """
      prüfen liefern ersetzen bezahlen reinigen messen bestellen abholen zeichnen kürzen wiegen \
      reparieren verlegen
      """),
  ]
  static let german = [
    "Die A N von M ist nach # Tagen noch nicht da.",
    "Wir müssen die A N noch vor dem Wochenende V und mit M sprechen.",
    "Für die N braucht man # Minuten, wenn die A N schon fertig ist.",
    "Bitte lassen Sie die N in M von einem Fachmann V.",
    "Es gibt # Gründe, warum die A N nicht zu der N passt.",
    "Nach der Prüfung durch M wird die A N sofort ersetzt.",
    "Sie können die N selbst V, aber die A N ist dafür zu schwach.",
    "Im Keller von M steht eine A N, die niemand V will.",
    "Der Techniker hat die N # Mal geprüft und dann die A N getauscht.",
    "Wer die A N bei M kauft, bekommt eine N für # Euro dazu.",
  ]

  static let frenchWords: [Character: [String]] = [
    "N": list(
      """
      facture machine maison lampe voiture commande clé porte montre table caisse pompe lettre \
      chambre valise grille roue chaise horloge
      """),
    "A": list(
      """
      ancienne nouvelle petite grande jaune rapide fragile lourde ronde chère calme moderne publique
      """),
    "V": list("réparer livrer vendre nettoyer mesurer payer changer louer peindre garder"),
  ]
  static let french = [
    "La N de M est arrivée avec # jours de retard dans notre dépôt.",
    "Nous devons V la N avant que la N soit trop A pour M.",
    "Pour V une N, il faut environ # minutes et une pièce A.",
    "Le client de M a demandé pourquoi la N n'est pas plus A.",
    "Il y a # modèles, mais seule la N A convient à cette N.",
    "Vous pouvez V la N chez M sans payer pour la N.",
    "Dans le rapport, M écrit que la N est A depuis # semaines.",
    "La N que nous avons vue à M est plus A que la N.",
  ]
}
