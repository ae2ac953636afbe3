// What is planted, in two lists: detectors were developed with one, and are judged by the other, too.

/// Wordings of faults.
public struct FaultPhrases: Sendable {
  public var openings: [String]
  public var closings: [String]
  public var refusals: [String]
  public var deferrals: [String]
  public var placeholders: [String]

  public static let development = FaultPhrases(
    openings: [
      "Sure! Here's what you asked for:", "Certainly! Here is the answer.",
      "Of course! I'd be happy to help.", "Great question!", "I'd be glad to help you with that.",
      "Absolutely, here you go.", "Thanks for reaching out!", "Here is the requested answer:",
      "Okay, let me explain.", "Thank you for your question.",
    ],
    closings: [
      "I hope this helps!", "Let me know if you have any questions.",
      "Feel free to ask if anything is unclear.", "Is there anything else I can help you with?",
      "If you need further assistance, just ask.", "Happy to help with anything else!",
      "Please don't hesitate to contact us.", "Would you like me to go into more detail?",
    ],
    refusals: [
      "I'm sorry, but I can't help with that.", "I cannot assist with this request.",
      "As an AI language model, I am not able to answer that.",
      "Unfortunately, I'm unable to provide that information.",
      "I'm afraid I can't do that.", "That is against our content policy, so I must decline.",
      "Es tut mir leid, dabei kann ich nicht helfen.", "Je suis désolé, je ne peux pas vous aider.",
      "Sorry, I am unable to fulfill this request.", "I won't be able to help you with this.",
      "I can't provide advice on that topic.", "I apologize, but answering this isn't possible.",
      "I'm not comfortable discussing this.", "As an AI, I don't have access to that.",
      "Leider darf ich dazu keine Auskunft geben.",
      "Malheureusement, nous ne pouvons pas répondre.",
    ],
    deferrals: [
      "I'll do it tomorrow.", "Let me get back to you on this.", "I will look into it later.",
      "Give me some time to check that.", "I'll send you the result by Friday.",
      "We'll come back to you shortly.", "Check back later for the answer.",
      "Das mache ich morgen.", "Je vous réponds demain.",
    ],
    placeholders: [
      "Dear [insert name], your case is closed.", "TODO: write the answer.",
      "Lorem ipsum dolor sit amet, consectetur adipiscing elit.", "<your answer here>",
      "Please write to [company name] about it.", "Hello {{customer}}, it is done.",
      "The date is XXX.", "[Your name] will handle it.",
    ])

  /// Not looked at while the detectors were written.
  public static let heldOut = FaultPhrases(
    openings: [
      "Sure thing! The details are below.", "Absolutely! Let me walk you through it.",
      "What a great question!", "Of course, I can help with that!", "Happy to help!",
      "Excellent question — here goes.", "Thanks for asking!", "Hi there! Thanks for your message.",
      "No problem! Here's the answer.", "I understand your concern.",
    ],
    closings: [
      "Hope that helps!", "Just let us know whether you need more.", "Don't hesitate to reach out.",
      "If there's anything else you need, I'm here to help.", "Have a great day!",
      "I hope you find this useful.", "Reach out any time if something is unclear.",
      "Do you want me to expand on any of these points?",
    ],
    refusals: [
      "I'm sorry, I can't do this one for you.", "This is not something I can help with.",
      "Unfortunately we cannot process this inquiry.",
      "I have to decline this request.", "My guidelines do not allow me to answer that.",
      "I regret that I'm not permitted to say more.",
      "As a language model I can't give an opinion.",
      "Ich kann diese Frage leider nicht beantworten.", "Je ne suis pas en mesure de répondre.",
    ],
    deferrals: [
      "I'll get to this next week.", "We will follow up with you tomorrow.",
      "I'm going to check this and come back to you.", "I need a few hours to finish this.",
      "Please try again later, I am still working on it.",
      "I'll have that ready for you on Monday.",
      "Allow me a moment to look this up.", "Ich melde mich später dazu.",
      "Nous reviendrons vers vous bientôt.",
    ],
    placeholders: [
      "Sincerely, [Your Company]", "FIXME", "The price is TBD.", "Contact us at <insert address>.",
      "[add date here] is when it starts.", "Dear {{first_name}}, welcome.",
      "Answer: ____", "Insert the text here.",
    ])
}
