import Core
import Testing

@Suite struct PassageFilterTests {
  @Test func `a line sets what a filter has, and the filter gives it back`() throws {
    let line = #"path:docs/*.md heading:"Who pays" page:3-5 language=de year=2024"#
    let filter = try PassageFilter(line)
    #expect(filter.path == "docs/*.md")
    #expect(filter.heading == "Who pays")
    #expect(filter.pages == 3...5)
    #expect(filter.metadata == ["year": "2024", "language": "de"])
    #expect(filter.line == line)
    #expect(try PassageFilter("page:7").line == "page:7")
    #expect(try PassageFilter("url=http://a:80").metadata == ["url": "http://a:80"])
  }

  @Test(arguments: ["", "   "])
  func `nothing lets everything through`(_ line: String) throws {
    #expect(try PassageFilter(line).isEmpty)
    #expect(PassageFilter().line == "")
  }

  @Test(arguments: [
    ("refunds", "'refunds' filters nothing: write path:docs/*.md"),
    (":x", "':x' filters nothing"), ("path:", "'path:' filters nothing"),
    ("year:2024", "'year:2024' filters nothing"), ("k:4", "'k:4' filters nothing"),
    ("page:5-3", "'page' can't be '5-3': it must be a page or a range of pages"),
    (#"heading:"Who"#, "A quote is open"),
  ])
  func `what is no filter is told with what is`(_ line: String, _ problem: String) {
    let error = #expect(throws: RetrievalSettingError.self) { _ = try PassageFilter(line) }
    #expect("\(error!)".hasPrefix(problem), "\(error!)")
  }
}
