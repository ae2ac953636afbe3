// Programs that turn files into text: PDF by page, DOCX and EPUB with their headings, and what
// happens with files that are broken, or that are made to do harm. Skipped where a program isn't
// installed.

import Foundation
import Testing

@testable import Retrieval

@Suite struct ConverterTests {
  static let hasPDFReader = PDFText.converter.isInstalled
  static let hasPandoc = PandocText.converter(for: "docx").isInstalled

  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func document(_ path: String) throws -> SourceDocument {
    let file = try SourceFile(path: path)
    let content = try file.content(
      as: SourceFormat(path: path), knownHash: nil, isCancelled: { false })
    return try #require(content.document)
  }

  /// What a shell command prints, given an empty file.
  private func output(
    _ command: String, _ limits: Converter.Limits = .init(), isCancelled: () -> Bool = { false }
  ) throws -> String {
    let file = try SourceFile(path: folder.write("input", "what is read"))
    let converter = Converter(
      arguments: ["sh", "-c", command], missing: .noPandoc, limits: limits)
    return String(
      decoding: try converter.output(of: file.descriptor, isCancelled: isCancelled), as: UTF8.self)
  }

  @Test func `a program reads the file and nothing else of ours`() throws {
    #expect(
      try output("cat; echo; ls /proc/self/fd | wc -l; env | sort | cut -d= -f1 | tr '\\n' ' '")
        .hasPrefix("what is read\n4\n"))
    #expect(try !output("env").contains("HOME="))
  }

  @Test func `a program that does harm is ended`() throws {
    var limits = Converter.Limits(seconds: 60, memory: 1 << 30, output: 100_000)
    #expect(throws: SkipReason.overLimits) { try output("yes", limits) }
    limits.seconds = 1
    #expect(throws: SkipReason.overLimits) { try output("sleep 1000", limits) }
    #expect(throws: SkipReason.damaged) { try output("echo half; exit 3") }
    #expect(throws: SkipReason.overLimits) { try output("kill -ABRT $$") }
    var asked = 0
    #expect(throws: CancellationError.self) {
      try output("sleep 1000") {
        asked += 1
        return asked > 2
      }
    }
  }

  @Test func `a program that isn't installed gives its own reason`() throws {
    let file = try SourceFile(path: folder.write("input", ""))
    let converter = Converter(arguments: ["no-such-program"], missing: .noPDFReader)
    #expect(!converter.isInstalled)
    #expect(throws: SkipReason.noPDFReader) {
      try converter.output(of: file.descriptor, isCancelled: { false })
    }
  }

  @Test func `pages are told apart by form feeds`() throws {
    let document = try PDFText.document(of: Array("one\n\ntwo\n\u{C}three\n\u{C}\u{C}".utf8))
    #expect(String(decoding: document.text, as: UTF8.self) == "one\n\ntwo\n\nthree\n\n\n")
    #expect(document.page(at: 0) == 1)
    #expect(document.page(at: 8) == 1)
    #expect(document.page(at: 10) == 2)
    #expect(throws: SkipReason.noText) { try PDFText.document(of: Array("\u{C}\u{C}".utf8)) }
  }

  @Test(.enabled(if: hasPDFReader, "pdftotext is not installed"))
  func `a PDF file is read by page`() throws {
    let document = try document(folder.write("a.pdf", PDF.bytes(pages: ["First page", "Second"])))
    let text = String(decoding: document.text, as: UTF8.self)
    let second = try #require(text.range(of: "Second"))
    #expect(text.hasPrefix("First page"))
    #expect(
      document.page(at: text.utf8.distance(from: text.startIndex, to: second.lowerBound)) == 2)
    #expect(document.pages.count == 2)
    #expect(document.title == "The Pages")
  }

  @Test(.enabled(if: hasPDFReader, "pdftotext is not installed"))
  func `a PDF file that is cut, or none at all, is skipped`() throws {
    let bytes = PDF.bytes(pages: ["First page"])
    for broken in [Array(bytes.prefix(60)), Array("no pdf".utf8), []] {
      let path = try folder.write("cut.pdf", broken)
      #expect(throws: SkipReason.damaged) { try document(path) }
    }
  }

  @Test(.enabled(if: hasPandoc, "pandoc is not installed"), arguments: ["docx", "epub"])
  func `a document with headings becomes Markdown`(suffix: String) throws {
    let source = try folder.write(
      "a.md", "# Returns\n\nWithin 30 *days*.\n\n## How\n\n- one\n- two\n")
    let path = folder["a." + suffix]
    let pandoc = Process()
    pandoc.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    pandoc.arguments = ["pandoc", "--metadata=title:A", source, "-o", path]
    try pandoc.run()
    pandoc.waitUntilExit()
    let read = try document(path)
    #expect(read.title == "A")
    let text = String(decoding: read.text, as: UTF8.self)
    #expect(!text.hasPrefix("---"))
    #expect(text.contains("# Returns\n\nWithin 30 *days*."))
    #expect(text.contains("## How\n"))
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let cut = try folder.write("cut." + suffix, Array(bytes.prefix(bytes.count / 2)))
    #expect(throws: SkipReason.damaged) { try document(cut) }
  }

  @Test(.enabled(if: hasPandoc, "pandoc is not installed"))
  func `a document that unpacks to a thousand times its size is given up`() throws {
    let script = """
      import sys, zipfile
      head = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
      with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as archive:
          archive.writestr("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/'
            'package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.'
            'org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
            '</Relationships>')
          archive.writestr("word/document.xml", head + "<w:body><w:p><w:r><w:t>"
            + "a" * 400_000_000 + "</w:t></w:r></w:p></w:body></w:document>")
      """
    let path = folder["bomb.docx"]
    let python = Process()
    python.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    python.arguments = ["python3", "-c", script, path]
    try python.run()
    python.waitUntilExit()
    #expect(throws: SkipReason.overLimits) { try document(path) }
  }
}

/// Small PDF files (ISO 32000-1, section 7.5).
enum PDF {
  static func bytes(pages: [String]) -> [UInt8] {
    let kids = pages.indices.map { "\(4 + 2 * $0) 0 R" }.joined(separator: " ")
    var objects = [
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Kids [\(kids)] /Count \(pages.count) >>",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for (place, page) in pages.enumerated() {
      let content = "BT /F1 12 Tf 72 720 Td (\(page)) Tj ET"
      objects.append(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents \(5 + 2 * place) 0 R "
          + "/Resources << /Font << /F1 3 0 R >> >> >>")
      objects.append("<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream")
    }
    objects.append("<< /Title (The Pages) >>")
    var file = "%PDF-1.4\n"
    var places: [Int] = []
    for (place, object) in objects.enumerated() {
      places.append(file.utf8.count)
      file += "\(place + 1) 0 obj\n\(object)\nendobj\n"
    }
    let table = file.utf8.count
    file += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
    for place in places {
      let digits = String(place)
      file += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
    }
    file +=
      "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R "
      + "/Info \(objects.count) 0 R >>\nstartxref\n\(table)\n%%EOF\n"
    return Array(file.utf8)
  }
}
