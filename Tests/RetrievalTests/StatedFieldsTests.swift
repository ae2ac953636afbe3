import Core
import Foundation
import Testing

@testable import Retrieval

@Suite("What documents state of themselves")
struct StatedFieldsTests {
  private let folder: TemporaryFolder
  private let index: PassageIndex

  init() throws {
    folder = try TemporaryFolder()
    index = try folder.index()
  }

  private func fields(_ text: String) -> [String: String] {
    var count = 0
    return StatedFields(frontMatterOf: Array(text.utf8), count: &count).values
  }

  /// The files of passages that an index finds.
  private func found(_ query: String, where metadata: [String: String] = [:]) throws -> Set<String>
  {
    var filter = PassageFilter()
    filter.metadata = metadata
    return Set(
      try index.search(query, limit: 10, filter: filter).map {
        String($0.source.split(separator: "/").last ?? "")
      })
  }

  @Test func `front matter is read as YAML`() {
    let text = """
      \u{FEFF}---
      title: Leeks
      tags: [soup, winter]
      year: 2024
      date: 2024-05-01
      draft: true
      none:
      author: {name: A}
      ---

      year: 1999
      """
    #expect(
      fields(text) == [
        "title": "Leeks", "tags": "soup, winter", "year": "2024", "date": "2024-05-01",
        "draft": "true", "author": #"{"name":"A"}"#,
      ])
    #expect(fields("---\r\ntitle: A\r\n...\r\n") == ["title": "A"])
  }

  @Test(arguments: [
    "", "---", "---\n", "---\ntitle: A\n", "\n---\ntitle: A\n---\n", "---\n- a\n---\n",
    "---\n: [\n---\n", "---\na: &a [*a]\n---\n", "text\n---\ntitle: A\n---\n",
  ])
  func `what is no front matter states nothing`(text: String) {
    #expect(fields(text) == [:])
  }

  @Test func `fields beyond the limits are left out`() {
    var fields = StatedFields()
    fields.add("long", String(repeating: "a", count: 1001))
    for number in 0..<100 { fields.add("f\(number)", "v") }
    fields.add("f0", "another")
    #expect(fields.values.count == 64)
    #expect(fields.values["long"] == nil && fields.values["f0"] == "v")
  }

  @Test func `a search is narrowed by front matter, meta elements and fields of rows`() throws {
    try folder.write(
      "docs/a.md", "---\ntitle: Kitchen garden\ntags: [soup, winter]\nyear: 2024\n---\n\nLeeks.\n")
    try folder.write("docs/b.md", "---\ntags: soup kitchen\nyear: 2023\n---\n\nLeeks.\n")
    try folder.write(
      "docs/c.html",
      "<title>Page</title><meta name='Keywords' content='soup, summer'><p>Leeks.</p>")
    try folder.write("docs/d.csv", "id,text,year\n1,Leeks.,2024\n")
    try folder.write("docs/e.jsonl", #"{"id":"1","text":"Leeks.","tags":["summer","soup"]}"#)
    try index.add([folder["docs"]])
    #expect(try found("leeks").count == 5)
    #expect(try found("leeks", where: ["year": "2024"]) == ["a.md", "d.csv"])
    #expect(try found("leeks", where: ["tags": "soup"]) == ["a.md", "e.jsonl"])
    #expect(try found("leeks", where: ["tags": "soup", "year": "2024"]) == ["a.md"])
    #expect(try found("leeks", where: ["keywords": "summer"]) == ["c.html"])
    #expect(try found("leeks", where: ["tags": "sou"]) == [])
    #expect(try found("leeks", where: ["tags": "%"]) == [])
  }

  @Test func `a document is found by the title that it states`() throws {
    try folder.write("docs/a.md", "---\ntitle: Kitchen garden\n---\n\nLeeks.\n")
    try folder.write("docs/b.html", "<title>Summer house</title><p>Leeks.</p>")
    try index.add([folder["docs"]])
    #expect(try found("garden") == ["a.md"])
    #expect(try found("house") == ["b.html"])
  }

  @Test func `the information of a PDF file is taken, and what isn't is left`() {
    let printed = """
      Title:           The  Returns Policy
      Subject:
      Author:          A: B
      CreationDate:    2022-04-29T17:19:08Z
      Pages:           17
      """
    #expect(
      PDFText.fields(of: Array(printed.utf8)).values == [
        "title": "The Returns Policy", "author": "A: B", "date": "2022-04-29T17:19:08Z",
      ])
    #expect(PDFText.fields(of: Array("Title: Untitled\n\u{0}\u{FF}".utf8)).values == [:])
  }
}
