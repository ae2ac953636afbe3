// Rows as documents: JSON Lines and CSV, the fields that are read, rows that can't be, and files
// larger than what is held of them.

import Core
import Foundation
import Testing

@testable import Retrieval

@Suite struct RowReaderTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// All rows of a file, the fields that were read, and its hash.
  private func read(
    _ bytes: [UInt8], as name: String, _ settings: ReadingSettings = ReadingSettings()
  ) throws -> (rows: [RowReader.Row], fields: RowFields?, hash: Int) {
    let path = try folder.write(name, bytes)
    let file = try SourceFile(path: path)
    var reader = try file.rows(as: SourceFormat(path: path), settings: settings)
    var rows: [RowReader.Row] = []
    while let row = try reader.next() { rows.append(row) }
    return (rows, reader.fields, reader.hash)
  }

  /// `id|title|text|line|metadata` for each document, `reason@line` for each row that was left out.
  private func rows(
    _ text: String, as name: String, _ settings: ReadingSettings = ReadingSettings()
  ) throws -> [String] {
    try read(Array(text.utf8), as: name, settings).rows.map(Self.summary)
  }

  private static func summary(_ row: RowReader.Row) -> String {
    switch row {
    case .skipped(let reason, let line): return "\(reason.rawValue)@\(line)"
    case .document(let document):
      let metadata = document.metadata.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
      return [
        document.row ?? "-", document.title ?? "-", String(decoding: document.text, as: UTF8.self),
        "\(document.linesInFile(1...9))", metadata.joined(separator: ","),
      ].joined(separator: "|")
    }
  }

  @Test func `a line of JSON is a document, its fields guessed by their names`() throws {
    let text = """
      {"_id": "d1", "title": "One", "text": "first", "year": 1999, "tags": ["a", "b"], "no": null}

      {"_id": 7, "text": "second\\nline", "title": ""}
      """
    #expect(
      try rows(text, as: "a.jsonl") == [
        #"d1|One|first|1...1|tags=a, b,year=1999"#, "7|-|second\nline|3...3|",
      ])
    #expect(
      try read(Array(text.utf8), as: "a.jsonl").fields?.summary
        == "id _id, title title, text text")
  }

  @Test func `the fields that were chosen are read, in their order`() throws {
    let settings = ReadingSettings(id: "key", title: "head", text: ["b", "a"])
    #expect(
      try rows(
        #"{"key": "k", "head": "H", "a": "A", "b": "B", "text": "other"}"#, as: "a.jsonl", settings)
        == ["k|H|B\n\nA|1...1|text=other"])
    #expect(try rows(#"{"key": "k", "text": "other"}"#, as: "a.jsonl", settings) == ["no_text@1"])
  }

  @Test func `without a field that could be text, all are, with their names`() throws {
    #expect(
      try rows("city,people\nUlm,126000\nBonn,\n", as: "a.csv") == [
        "2|-|city: Ulm\npeople: 126000|2...2|city=Ulm,people=126000",
        "3|-|city: Bonn|3...3|city=Bonn",
      ])
    let fields = try read(Array("city,people\nUlm,1".utf8), as: "a.csv").fields
    #expect(fields?.summary == "id by line, title none, text all fields")
  }

  @Test func `rows of CSV are read as spreadsheets write them`() throws {
    let text = "\u{FEFF}id,text\r\n1,\"a, \"\"b\"\"\r\nc\"\r\n\r\n2,plain \"quote\"\r\n3,last"
    #expect(
      try rows(text, as: "a.csv") == [
        "1|-|a, \"b\"\r\nc|2...2|", "2|-|plain \"quote\"|5...5|", "3|-|last|6...6|",
      ])
    #expect(try rows("id;text\n1;a,b\n", as: "b.csv") == ["1|-|a,b|2...2|"])
    #expect(try rows("id\ttext\n1\ta, b\n", as: "a.tsv") == ["1|-|a, b|2...2|"])
    #expect(try rows("id,text,x\n1\n1,a,b,c\n", as: "c.csv") == ["no_text@2", "1|-|a|3...3|x=b"])
    #expect(try rows("", as: "d.csv").isEmpty)
    #expect(try rows("id,text", as: "e.csv").isEmpty)
  }

  @Test func `rows that can't be read are left out, each with its line`() throws {
    #expect(
      try rows("{\"text\": \"a\"}\n{cut\n[1]\n3\n\"alone\"\n{\"text\": \" \"}", as: "a.jsonl") == [
        "1|-|a|1...1|", "malformed@2", "malformed@3", "malformed@4", "5|-|alone|5...5|",
        "no_text@6",
      ])
    #expect(try rows("id,text\n1,a\n2,\"b\n3,c\n", as: "b.csv") == ["1|-|a|2...2|", "malformed@3"])
    let latin = Array("id,text\n1,caf".utf8) + [0xE9] + Array("\n2,".utf8) + [0x81, 0x01]
    #expect(
      try read(latin, as: "a.csv").rows.map(Self.summary) == ["1|-|café|2...2|", "binary@3"])
  }

  @Test func `a file that can't hold rows is skipped whole`() throws {
    let units = Array("id,text\n1,a".utf16).flatMap { [UInt8($0), UInt8(0)] }
    #expect(throws: SkipReason.notUTF8) { try read([0xFF, 0xFE] + units, as: "a.csv") }
    #expect(throws: SkipReason.binary) { try read([0x7B, 0, 0x7D], as: "a.jsonl") }
  }

  @Test(arguments: ["jsonl", "csv"])
  func `a row beyond the limit is left out, and those after it are read`(suffix: String) throws {
    let long = String(repeating: "x", count: Record.longest)
    let text =
      suffix == "csv"
      ? "id,text\n1,a\n2,\"\(long)\"\n3,b\n"
      : "{\"id\": 1, \"text\": \"a\"}\n{\"text\": \"\(long)\"}\n{\"id\": 3, \"text\": \"b\"}\n"
    let rows = try rows(text, as: "a." + suffix)
    #expect(rows.first?.hasPrefix("1|-|a") == true)
    #expect(rows.dropFirst().first?.hasPrefix("too_large") == true)
    #expect(rows.last?.hasPrefix("3|-|b") == true)
  }

  @Test func `the hash is that of the whole file, and rows go over the pieces that are read`()
    throws
  {
    var text = "id,text\n"
    for number in 0..<40_000 { text += "\(number),\"row \"\"\(number)\"\"\"\n" }
    let bytes = Array(text.utf8)
    let csv = try read(bytes, as: "a.csv")
    #expect(csv.hash == ContentDigest.of(bytes))
    #expect(csv.rows.count == 40_000)
    #expect(
      csv.rows.enumerated().allSatisfy {
        Self.summary($1) == "\($0)|-|row \"\($0)\"|\($0 + 2)...\($0 + 2)|"
      })
    let lines = (0..<40_000).map { #"{"id": \#($0), "text": "row \#($0)"}"# }
    let jsonLines = try read(Array(lines.joined(separator: "\n").utf8), as: "a.jsonl")
    #expect(jsonLines.rows.last.map(Self.summary) == "39999|-|row 39999|40000...40000|")
    #expect(jsonLines.rows.count == 40_000)
  }

  @Test func `fields that are no use to filter by are left out`() throws {
    let long = String(repeating: "x", count: 1001)
    #expect(
      try rows(#"{"text": "a", "long": "\#(long)", "b": true}"#, as: "a.jsonl")
        == ["1|-|a|1...1|b=true"])
  }
}
