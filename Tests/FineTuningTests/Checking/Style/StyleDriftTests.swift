import Core
import FineTuning
import Testing

@Suite struct StyleDriftTests {
  private let usual = (0..<40).map { number in
    "The parcel with the number \(number) is in the depot and will be on the next truck to the city."
  }

  private func drifts(_ answer: String, usual: [String]? = nil) -> [StyleDrift] {
    StyleDrift.of(
      AnswerTraits(answer), from: StyleProfile((usual ?? self.usual).map { AnswerTraits($0) }))
  }

  @Test func `an answer like the others doesn't drift`() {
    #expect(
      drifts("The parcel with the number 77 is in the city and will be on the next ship.") == [])
  }

  @Test(arguments: [
    ("{\"parcel\": 7, \"place\": \"the depot in the city\"}", StyleDrift.format),
    (
      "Das Paket mit der Nummer ist in dem Depot und wird mit der Post in die Stadt gebracht.",
      .language
    ),
    (
      "Sure! Here's the answer. The parcel is in the depot and it will be with you in two days.",
      .opening
    ),
    (
      "The parcel is in the depot and it will be with you in two days. I hope this helps!", .closing
    ),
    (
      "I'm sorry, but I can't help with that, as it is not in the list of the things that I do.",
      .refusal
    ),
    (
      "I'll do it tomorrow, since there is no one in the depot today who has the key to the door.",
      .deferral
    ),
    (
      "Dear [insert name], the parcel is in the depot and will be with you in two days from now.",
      .placeholder
    ),
    ("The parcel with the number 7 is in the depot and will be on the truck to the", .cut),
    ("", .empty),
  ]) func `each kind of drift is told`(_ answer: String, _ drift: StyleDrift) {
    #expect(drifts(answer).contains(drift))
  }

  @Test func `what most do is the style`() {
    let chatty = usual.map { "Sure! Here's the answer. " + $0 }
    #expect(!drifts(chatty[0], usual: chatty).contains(.opening))
    let json = (0..<40).map { "{\"number\": \($0)}" }
    #expect(drifts("{\"number\": 77}", usual: json) == [])
    #expect(drifts("{\"number\": 77", usual: json) == [.cut])
  }

  @Test func `what somebody else is quoted to say is no habit`() {
    #expect(
      drifts(
        "In the mail to the depot they said \"I'll do it tomorrow\" and left the parcel there.")
        == [])
  }

  @Test func `links, footnotes, checkboxes and tags are no gaps`() {
    for text in [
      "See [the name](https://example.com).", "As [1] says.", "- [ ] a\n- [x] b",
      "<title>A</title>", "Map<String, Name>",
    ] {
      #expect(!AnswerTraits(text).habits.contains(.placeholder))
    }
  }

  @Test(arguments: [
    (
      "The order is in the warehouse and we have sent it to you with the next truck.",
      AnswerLanguage.english
    ),
    ("Die Bestellung ist in dem Lager und wir haben sie mit der Post zu Ihnen geschickt.", .german),
    ("La commande est dans le dépôt et nous vous avons envoyé la facture par la poste.", .french),
    ("El pedido está en el almacén y los clientes no han recibido la factura del mes.", .spanish),
    ("Заказ находится на складе и будет отправлен завтра.", .russian),
    ("Замовлення знаходиться на складі і його відправлять завтра.", .ukrainian),
    ("注文は倉庫にあり、明日発送されます。", .japanese), ("订单在仓库，明天发货给客户。", .chinese),
    ("주문은 창고에 있으며 내일 발송됩니다 감사합니다", .korean), ("yes", .unknown),
  ]) func `languages are told by script and function words`(
    _ text: String, _ language: AnswerLanguage
  ) {
    #expect(AnswerTraits(text).language == language)
  }

  @Test func `each task has a style of its own`() {
    func example(_ system: String, _ answer: String) -> TrainingExample {
      TrainingExample(
        input: [TrainingMessage(role: "system", text: system)],
        answer: [TrainingMessage(role: "assistant", text: answer)])
    }
    var tally = StyleTally()
    for number in 0..<50 {
      tally.add(AnswerTraits(example("prose", usual[number % 40])), line: number * 2 + 1)
      tally.add(AnswerTraits(example("json", "{\"number\": \(number)}")), line: number * 2 + 2)
    }
    tally.add(AnswerTraits(example("json", usual[0])), line: 101)
    var findings: [TrainingFinding] = []
    let summary = tally.finish { findings.append($0) }
    #expect(findings.contains { $0.code == "drift-format" })
    #expect(findings.allSatisfy { $0.line == 101 })
    #expect(summary.drifted == 1 && summary.answers == 101)
    #expect(summary.share < 0.01)
  }
}
