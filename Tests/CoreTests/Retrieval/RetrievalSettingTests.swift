import Testing

@testable import Core

@Suite struct RetrievalSettingTests {
  @Test func `a list sets what it names, and its names give it back`() throws {
    var settings = RetrievalSettings()
    try settings.set(
      "k=10,method=hybrid,vector_weight=.25,path=a,b,page=3-7,where=lang=de,rerank=local/bge,"
        + "chunking=recursive-200-20,min-score=-1")
    #expect(settings.limit == 10)
    #expect(settings.method == .hybrid)
    #expect(settings.vectorWeight == 0.25)
    #expect(settings.filter.path == "a,b")
    #expect(settings.filter.pages == 3...7)
    #expect(settings.filter.metadata == ["lang": "de"])
    #expect(settings.minimumScore == -1)
    var again = RetrievalSettings()
    for (setting, text) in settings.named { try again.set(setting, to: text) }
    #expect(again == settings)
    #expect(RetrievalSettings().summary() == "k=6")
    again = RetrievalSettings()
    try again.set("method=bm25")
    #expect(again.summary() == "method=bm25")
  }

  @Test(arguments: [
    ("k=0", "'k' can't be '0': it must be a whole number from 1 to 10000."),
    ("method=bm52", "'method' can't be 'bm52': it must be bm25, vector or hybrid."),
    ("diversity=nan", "'diversity' can't be 'nan': it must be a number from 0 to 1."),
    ("min-score=inf", "'min-score' can't be 'inf': it must be a number."),
    ("page=7-3", "'page' can't be '7-3': it must be a page or a range of pages, as in 3-7."),
    ("where=x", "'where' can't be 'x': it must be field=value."),
    ("depth=3", "There is no setting 'depth'; there are k, budget, method"),
    ("bm25", "'bm25' sets nothing: write name=value"),
    ("", "'' sets nothing: write name=value"),
  ])
  func `what can't be set is told with what can`(_ list: String, _ problem: String) {
    var settings = RetrievalSettings()
    let error = #expect(throws: RetrievalSettingError.self) { try settings.set(list) }
    #expect("\(error!)".hasPrefix(problem), "\(error!)")
  }
}
