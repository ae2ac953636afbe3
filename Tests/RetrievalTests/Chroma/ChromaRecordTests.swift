// Records and addresses, without any server.

import Core
import Foundation
import Testing

@testable import Retrieval

@Suite struct ChromaRecordTests {
  private var record: ChromaRecord {
    ChromaRecord(
      source: "docs/a.md", row: "7", title: "Täglich", headings: "One\nTwo", bytes: 10..<22,
      lines: 3...4, page: 2, tokens: 3, chunking: Chunking(.sentences, size: 60), document: "ab12",
      fields: [
        "source": "not ours", "chroma:document": "x", "field.field": "", "ü\n": "\u{1B}[31m",
      ],
      text: "Schöne Zeit")
  }

  @Test func `a record comes back as it was`() throws {
    let read = try #require(
      ChromaRecord(metadata: .object(record.metadata), text: .string(record.text)))
    var expected = record
    expected.tokens = TokenEstimate.tokens(in: record.text)
    #expect(read == expected)
  }

  @Test func `whatever a record holds is in its name`() {
    let changes: [(inout ChromaRecord) -> Void] = [
      { $0.source = "b" }, { $0.row = nil }, { $0.title = "t" }, { $0.headings = "" },
      { $0.bytes = 11..<23 }, { $0.lines = 3...5 }, { $0.page = nil }, { $0.document = "c" },
      { $0.chunking = Chunking() }, { $0.fields = [:] }, { $0.text = "Schöne Zeiu" },
    ]
    let ids = changes.map { change in
      var record = record
      change(&record)
      return record.id
    }
    #expect(Set(ids + [record.id]).count == changes.count + 1)
    #expect(record.id == record.id)
  }

  @Test(arguments: [
    ("start", JSON.integer(-1)), ("start", .integer(Int.max)), ("end", .integer(5)),
    ("end", .string("22")), ("first_line", .integer(0)), ("first_line", .integer(9)),
    ("last_line", .integer(Int.max)), ("chunking", .string("structure-0")), ("chunking", .null),
    ("source", .string("")), ("source", .string(String(repeating: "x", count: 5000))),
    ("document", .array([])), ("start", .number(.infinity)),
  ])
  func `numbers that can't be make no passage`(name: String, value: JSON) {
    var metadata = record.metadata
    metadata[name] = value
    #expect(ChromaRecord(metadata: .object(metadata), text: .string(record.text)) == nil)
  }

  @Test func `what is no text makes no passage`() {
    let metadata = JSON.object(record.metadata)
    #expect(ChromaRecord(metadata: metadata, text: .null) == nil)
    #expect(ChromaRecord(metadata: metadata, text: "") == nil)
    #expect(ChromaRecord(metadata: .null, text: "x") == nil)
    #expect(ChromaRecord(metadata: ["a": []], text: "x") == nil)
    #expect(ChromaRecord(foreign: "", metadata: nil, text: "x") == nil)
    #expect(ChromaRecord(foreign: "1", metadata: nil, text: .integer(1)) == nil)
  }

  @Test func `another program's record is a document with its fields`() throws {
    let read = try #require(
      ChromaRecord(
        foreign: "id 1", metadata: ["source": "a.pdf", "page": 3, "score": 0.5, "tags": ["x"]],
        text: "one\u{0}\ntwo"))
    #expect(read.source == "a.pdf")
    #expect(read.row == "id 1")
    #expect(read.page == 3)
    #expect(read.lines == 1...2)
    #expect(read.bytes == 0..<8)
    #expect(read.text == "one \ntwo")
    #expect(read.fields == ["source": "a.pdf", "page": "3", "score": "0.5"])
  }
}

@Suite struct ChromaAddressTests {
  @Test(arguments: [
    "chroma://127.0.0.1:8905/team", "chroma+https://chroma.example:443/a-b_c.d",
    "chroma://h:1/team?tenant=acme&database=docs", "chroma://h:1/team?embedder=local/all-minilm",
  ])
  func `an address is written as it was read`(text: String) throws {
    let address = try ChromaAddress(text)
    #expect(try ChromaAddress("\(address)") == address)
    #expect(Set("\(address)") == Set(text))
  }

  @Test func `what is left out is as Chroma has it`() throws {
    let address = try ChromaAddress("chroma://host/team")
    #expect(address.baseURL == "http://host:8000/api/v2")
    #expect(address.collections == "/tenants/default_tenant/databases/default_database/collections")
    #expect(try ChromaAddress("chroma+https://host/team").baseURL == "https://host:443/api/v2")
  }

  @Test(arguments: [
    "chroma:", "chroma://", "chroma:///team", "chroma://host", "chroma://host/", "chroma://host/ab",
    "chroma://host/a/b", "chroma://host/../x", "chroma://host/team?x=1", "http://host/team",
    "chroma://host/team?tenant=a&tenant=b", "chroma://host/team?tenant=../..",
    "chroma://host/t%2Fe", "chroma://host/-team", "chroma://host/team?embedder=nothing",
  ])
  func `what is no address is refused`(text: String) {
    #expect(throws: ChromaError.self) { try ChromaAddress(text) }
  }

  @Test func `a secret in an address is refused, and not repeated`() {
    let error = #expect(throws: ChromaError.self) {
      try ChromaAddress("chroma://me:hunter2@host/team")
    }
    #expect(error.map { "\($0)".contains("hunter2") } == false)
    #expect(error.map { "\($0)".contains("CHROMA_TOKEN") } == true)
  }
}
