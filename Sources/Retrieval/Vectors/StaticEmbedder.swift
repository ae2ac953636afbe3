import CVectors
import Foundation

// The embedding that needs no server: a table with one vector for each word piece, and the direction
// of a text is that of their sum. tools/make-embedding makes the table, and tells its form.

/// Embeds texts by a table of word pieces.
///
/// The table is mapped into memory, not read: opening it takes milliseconds, and what is never asked
/// for takes no memory.
public struct StaticEmbedder: Embedder {
  public static let name = "builtin/static"

  public var name: String { Self.name }
  /// Less than that of a model: it knows nothing of the order of words.
  public var weight: Double { 0.35 }
  private let table: Data
  private let dimensions: Int
  let words: WordPieces
  /// Where the scales of the pieces begin, then their codes.
  private let scales: Int
  private let codes: Int

  /// Opens a table; throws `StaticEmbedderError` when it isn't a whole one.
  public init(path: String) throws {
    guard let table = try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    else { throw StaticEmbedderError.unreadable(path: path) }
    let header: [Int]? = table.withUnsafeBytes { bytes in
      guard bytes.count >= 20, bytes.starts(with: Array("whet-emb".utf8)) else { return nil }
      return [8, 12, 16].map {
        Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self)))
      }
    }
    guard let header, header[0] > 0, header[0] <= 4096, header[1] > 0, header[1] <= 1 << 20,
      header[2] <= 1 << 24,
      table.count == 20 + header[2] + header[1] * (4 + header[0])
    else { throw StaticEmbedderError.damaged(path: path) }
    dimensions = header[0]
    scales = 20 + header[2]
    codes = scales + 4 * header[1]
    words = WordPieces(vocabulary: PieceVocabulary(table[20..<scales]))
    guard words.vocabulary.count == header[1] else {
      throw StaticEmbedderError.damaged(path: path)
    }
    self.table = table
  }

  /// A vector of length 1 for each text; all zeros for one that has no known word.
  public func vectors(
    of texts: [String], as role: EmbeddingRole, isCancelled: () -> Bool
  ) throws -> [[Float]] {
    try texts.map { text in
      if isCancelled() { throw CancellationError() }
      return vector(of: text)
    }
  }

  private func vector(of text: String) -> [Float] {
    var sum = [Float](repeating: 0, count: dimensions)
    table.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      for case let piece? in words.pieces(of: text) {
        let bits = bytes.loadUnaligned(fromByteOffset: scales + 4 * piece, as: UInt32.self)
        let code = base + codes + piece * dimensions
        vectors_add_codes(
          &sum, code.assumingMemoryBound(to: Int8.self),
          Float(bitPattern: UInt32(littleEndian: bits)), dimensions)
      }
    }
    return sum.normalized ?? sum
  }
}

/// Why the built-in embedding can't be used.
public enum StaticEmbedderError: Error, Equatable, CustomStringConvertible {
  case unreadable(path: String)
  case damaged(path: String)

  public var description: String {
    switch self {
    case .unreadable(let path):
      "the built-in embedding \(path) can't be read; check its permissions, or install whet again"
    case .damaged(let path):
      "the built-in embedding \(path) is damaged; install whet again"
    }
  }
}
