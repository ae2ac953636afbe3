import Testing

@testable import Core

@Suite("Values that are not what the schema says")
struct InputMismatchTests {
  private let prompt = """
    ---
    input:
      schema:
        name: string
        count?: integer, how many
        tone(enum): [mild, sharp]
        tags(array): string
        user(object):
          age: number
    ---
    x
    """

  private func mismatches(_ values: [String: JSON]) throws -> [String] {
    try PromptFile(parsing: prompt, name: "a.prompt").mismatches(of: values)
  }

  @Test("What fits is not spoken of, nor what is missing or unknown")
  func fitting() throws {
    let values: [String: JSON] = [
      "name": "Ada", "count": nil, "tone": "mild", "tags": ["a"], "user": ["age": 2.5], "other": 1,
    ]
    #expect(try mismatches(values).isEmpty)
    #expect(try mismatches(["count": 3.0]).isEmpty)
    #expect(try PromptFile(parsing: "{{x}}", name: "a.prompt").mismatches(of: ["x": 1]).isEmpty)
  }

  @Test("Each value of another type is told, with its place in lists and objects")
  func others() throws {
    let found = try mismatches([
      "name": 3, "count": 1.5, "tone": "loud", "tags": ["a", 2], "user": ["year": 1],
    ])
    let says = "a.prompt: input.schema says that "
    #expect(
      found == [
        says + "'name' is of type string, not number",
        says + "'count' is of type integer or null, not number",
        says + "'tone' is one of \"mild\", \"sharp\"",
        says + "'tags[1]' is of type string, not number",
        says + "'user' has a member 'age'",
      ])
    #expect(try mismatches(["user": "Ada"]) == [says + "'user' is of type object, not string"])
  }

  @Test("A list without a right item is told of in part")
  func many() throws {
    let tags = JSON.array((0..<1000).map(JSON.integer))
    #expect(try mismatches(["tags": tags]).count == 20)
  }
}
