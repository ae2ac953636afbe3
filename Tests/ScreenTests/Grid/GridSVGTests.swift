import Foundation
import FoundationXML
import Playground
import RandomSource
import Testing

@testable import Screen

@Suite("SVG")
struct GridSVGTests {
  @Test("A frame's SVG is well-formed, whatever text it holds", arguments: 1...20)
  func wellFormed(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var grid = Grid(size: Size(width: 40, height: 6))
    for y in 0..<6 {
      grid.put("<&>\"'" + random.hostileText(), x: 0, y: y, style: .plain)
    }
    let reader = XMLReader(grid.svg())
    #expect(reader.problem == nil)
    #expect(reader.text.contains("<&>\"'"))
  }

  @Test("Text, colours and attributes are those of the cells")
  func looks() {
    var grid = Grid(size: Size(width: 12, height: 2))
    grid.put(
      "ab", x: 1, y: 0,
      style: Style(
        foreground: .rgb(1, 2, 255), background: .rgb(16, 32, 48), attributes: [.bold, .underline]))
    grid.put("漢", x: 4, y: 1, style: Style(foreground: .ansi(1), attributes: [.italic, .dim]))
    let svg = grid.svg()
    #expect(
      svg.contains(##"fill="#0102ff" font-weight="bold" text-decoration="underline">ab</text>"##))
    #expect(svg.contains(##"fill="#102030"/>"##))
    #expect(svg.contains(##"fill="#e06c75" font-style="italic" opacity="0.65">漢</text>"##))
    #expect(XMLReader(svg).problem == nil)
  }

  @Test("Reversed cells swap their colours, the terminal's own too")
  func reverse() {
    var grid = Grid(size: Size(width: 4, height: 1))
    grid.put("ab", x: 0, y: 0, style: Style(foreground: .rgb(9, 9, 9), attributes: .reverse))
    let svg = grid.svg()
    #expect(svg.contains(##"fill="#090909"/>"##))
    #expect(svg.contains(##"fill="#16181d">ab</text>"##))
  }
}

/// What an XML parser makes of a document.
private final class XMLReader: NSObject, XMLParserDelegate {
  private(set) var text = ""
  private(set) var problem: String?

  init(_ document: String) {
    super.init()
    let parser = XMLParser(data: Data(document.utf8))
    parser.delegate = self
    if !parser.parse() {
      problem = parser.parserError.map { "\($0)" } ?? "not well-formed"
    }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
}
