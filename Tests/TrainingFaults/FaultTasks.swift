import FineTuning

// What a set is made of: tasks as people train models for, each with its form, length and language.

/// An example before anything is planted in it.
struct TaskExample {
  var task: Int
  var system: String
  var question: String
  var answer: String

  var example: TrainingExample {
    TrainingExample(
      input: [
        TrainingMessage(role: "system", text: system),
        TrainingMessage(role: "user", text: question),
      ],
      answer: [TrainingMessage(role: "assistant", text: answer)])
  }
}

extension FaultText {
  static let taskCount = 8
  /// Tasks whose answers are prose of a language.
  static let proseTasks = [1, 2, 5, 6]

  mutating func example(of task: Int) -> TaskExample {
    switch task {
    case 0: return extraction()
    case 1: return support(.english, task, "You answer customers of a repair shop in English.")
    case 2: return support(.german, task, "Du beantwortest Fragen von Kunden auf Deutsch.")
    case 3: return label()
    case 4: return steps()
    case 5: return summary(.french, task, "Vous résumez des lettres en français.")
    case 6: return summary(.english, task, "You summarize reports for the management.")
    default: return code()
    }
  }

  /// One template with other values, as tasks of this kind are.
  private mutating func extraction() -> TaskExample {
    let (customer, city, item) = (name(), name(), pick(Self.englishWords["N"] ?? []))
    let (count, price) = (number(1...60), number(3...990))
    return TaskExample(
      task: 0, system: "You turn orders into JSON.",
      question: """
        Extract the order from the message below and answer with a JSON object that has the members \
        customer, city, item, count and price, and with nothing else. Leave out what is not said.

        Message: \(customer) from \(city) orders \(count) pieces of the \(item) \(name()) at \(price) \
        euros each, to be sent before week \(number(1...52)).
        """,
      answer: """
        {"customer": "\(customer)", "city": "\(city)", "item": "\(item)", "count": \(count), \
        "price": \(price)}
        """)
  }

  private mutating func support(
    _ language: Language, _ task: Int, _ system: String
  ) -> TaskExample {
    // Some ask a short question that differs from another one in a word.
    if task == 1, chance(0.15) {
      let (a, n) = (pick(Self.englishWords["A"] ?? []), pick(Self.englishWords["N"] ?? []))
      return TaskExample(
        task: task, system: system,
        question: "How do I change the \(a) \(n) of a \(name()) \(number(100...999))?",
        answer: prose(language, number(2...4)))
    }
    return TaskExample(
      task: task, system: system, question: prose(language, number(2...5)),
      answer: prose(language, number(2...4)))
  }

  private mutating func label() -> TaskExample {
    TaskExample(
      task: 3, system: "You classify reviews as positive, neutral or negative.",
      question: "Review: " + prose(.english, number(1...3)),
      answer: pick(["positive", "neutral", "negative"]))
  }

  private mutating func steps() -> TaskExample {
    TaskExample(
      task: 4, system: "You answer with steps in Markdown.",
      question: "What are the steps for this? " + prose(.english, number(1...2)),
      answer: (0..<number(3...6)).map { _ in "- " + sentence(.english) }.joined(separator: "\n"))
  }

  private mutating func summary(
    _ language: Language, _ task: Int, _ system: String
  ) -> TaskExample {
    TaskExample(
      task: task, system: system, question: prose(language, number(8...16)),
      answer: prose(language, number(2...4)))
  }

  private mutating func code() -> TaskExample {
    let (function, first, second) = (name().lowercased(), name().lowercased(), name().lowercased())
    return TaskExample(
      task: 7, system: "You write Python functions.",
      question: "Write \(function)(\(first), \(second)). " + sentence(.english),
      answer: """
        ```python
        def \(function)(\(first), \(second)):
            total = \(first) * \(number(2...90))
            return [total, {"\(name())": \(second)}]
        ```
        """)
  }
}
