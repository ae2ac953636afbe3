// The words of new passages of one chunking, gathered in memory until they are written as a segment.

/// A segment before it is written.
struct SegmentBuilder {
  private struct Posting {
    var term: UInt32
    var passage: UInt32
    var frequency: UInt8
  }

  private var terms = TermTable()
  /// In the order in which they were found.
  private var postings: [Posting] = []
  /// Of each term: its last posting.
  private var lastPostings: [Int32] = []
  private(set) var firstPassage: Int64 = 0
  /// By passage, counted from the first; see `PassageLength`.
  private(set) var lengths: [UInt8] = []

  var isEmpty: Bool { lengths.isEmpty }
  var lastPassage: Int64 { firstPassage + Int64(lengths.count) - 1 }

  /// Takes the words of a passage.
  ///
  /// - Parameter passage: larger than those before.
  mutating func add(_ passage: Int64, _ text: IndexedText, tokenizer: Tokenizer) {
    if isEmpty { firstPassage = passage }
    let place = Int(passage - firstPassage)
    lengths.append(contentsOf: repeatElement(0, count: place - lengths.count))
    var length = 0
    for (field, weight) in text.fields {
      length += add(field, weight: weight, passage: UInt32(place), tokenizer)
    }
    lengths.append(PassageLength.code(length))
  }

  /// Gives the sum of the weights of the words.
  private mutating func add(
    _ field: String, weight: Int, passage: UInt32, _ tokenizer: Tokenizer
  ) -> Int {
    var length = 0
    var field = field
    field.withUTF8 { bytes in
      tokenizer.forEachWord(in: bytes) { term, _ in
        length += weight
        add(term, weight: weight, passage: passage)
      }
      WordParts.forEach(in: bytes) { part in
        tokenizer.forEachWord(in: UnsafeBufferPointer(rebasing: bytes[part])) { term, _ in
          length += BM25.FieldWeight.parts
          add(term, weight: BM25.FieldWeight.parts, passage: passage)
        }
      }
    }
    return length
  }

  private mutating func add(
    _ term: UnsafeBufferPointer<UInt8>, weight: Int, passage: UInt32
  ) {
    let number = terms.number(of: term)
    if number == lastPostings.count { lastPostings.append(-1) }
    let last = Int(lastPostings[number])
    if last >= 0, postings[last].passage == passage {
      postings[last].frequency = UInt8(min(Int(postings[last].frequency) + weight, 255))
    } else {
      lastPostings[number] = Int32(postings.count)
      postings.append(
        Posting(term: UInt32(number), passage: passage, frequency: UInt8(weight)))
    }
  }

  /// The list of each term, in the order of the terms' bytes.
  func forEachList(
    _ body: (_ term: UnsafeRawBufferPointer, _ count: Int, _ list: UnsafeRawBufferPointer) throws
      -> Void
  ) rethrows {
    // Brings together what belongs to a term, in the order in which it was found.
    var ends = [Int](repeating: 0, count: terms.count)
    for posting in postings { ends[Int(posting.term)] += 1 }
    var sum = 0
    for term in ends.indices {
      sum += ends[term]
      ends[term] = sum - ends[term]
    }
    var order = [Int32](repeating: 0, count: postings.count)
    for (place, posting) in postings.enumerated() {
      order[ends[Int(posting.term)]] = Int32(place)
      ends[Int(posting.term)] += 1
    }
    var encoder = PostingEncoder()
    for term in terms.sorted() {
      encoder.removeAll()
      for place in (term == 0 ? 0 : ends[term - 1])..<ends[term] {
        let posting = postings[Int(order[place])]
        encoder.append(posting.passage, frequency: posting.frequency)
      }
      lengths.withUnsafeBufferPointer { encoder.encode(lengths: $0) }
      try terms.withBytes(of: term) { term in
        try encoder.bytes.withUnsafeBytes { try body(term, encoder.count, $0) }
      }
    }
  }
}
