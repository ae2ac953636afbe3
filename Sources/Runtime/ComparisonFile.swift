import Core
import Foundation

// A comparison written to a file: whole or not at all, and over no file but an earlier comparison.

/// Why a comparison was not written, in a sentence.
public struct ComparisonFileError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String
}

/// A file of a comparison; its name says in which form it is written.
public struct ComparisonFile {
  /// In which form a comparison is written.
  enum Form { case markdown, html, svg }

  /// Draws a comparison as SVG; the room that draws is not one of those below this one.
  public typealias Picture = @Sendable (ComparisonReport) -> String

  let path: String
  private let form: Form

  /// - Parameter path: with an ending that is known: `.md`, `.markdown`, `.html`, `.htm` or `.svg`.
  public init(path: String) throws(ComparisonFileError) {
    self.path = path
    switch URL(filePath: path).pathExtension.lowercased() {
    case "md", "markdown": form = .markdown
    case "html", "htm": form = .html
    case "svg": form = .svg
    default:
      throw ComparisonFileError(
        description:
          "\(path) is not written: its name should end in .html, .md or .svg, which says the form.")
    }
  }

  /// Writes the report to a file beside the path, and moves it there. A file that is there is replaced
  /// when it is a comparison, or when `replacing` is true; any other stays as it is.
  public func write(
    _ report: ComparisonReport, picture: Picture?, replacing: Bool = false
  ) throws(ComparisonFileError) {
    let isThere = FileManager.default.fileExists(atPath: path)
    guard !isThere || ((replacing || holdsComparison) && isRegular) else {
      throw ComparisonFileError(
        description: "\(path) is there already, and no comparison: give another name.")
    }
    try place(try text(of: report, picture: picture), overwrites: isThere)
  }

  private func text(
    of report: ComparisonReport, picture: Picture?
  ) throws(ComparisonFileError) -> String {
    switch form {
    case .markdown: return report.markdown
    case .html: return report.html
    case .svg:
      guard let picture else {
        throw ComparisonFileError(description: "\(path) is not written: nothing here draws SVG.")
      }
      return ComparisonReport.mark + "\n" + picture(report)
    }
  }

  /// Whether the file begins as this one would.
  private var holdsComparison: Bool {
    guard let file = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? file.close() }
    let beginning = (try? file.read(upToCount: 200)) ?? Data()
    return String(decoding: beginning, as: UTF8.self).contains(ComparisonReport.mark)
  }

  /// To rename over a folder or a device would take away more than a file.
  private var isRegular: Bool {
    let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
    return type == .typeRegular
  }

  private func place(_ text: String, overwrites: Bool) throws(ComparisonFileError) {
    let temporary = "\(path).\(UInt32.random(in: 0 ... .max)).part"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure() }
    defer { unlink(temporary) }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try file.write(contentsOf: Data(text.utf8))
      try file.synchronize()
      try file.close()
    } catch {
      throw failure(error)
    }
    // Unlike a rename, a link takes no other file's place; some file systems have none.
    if !overwrites, link(temporary, path) == 0 { return }
    guard overwrites || errno != EEXIST else {
      throw ComparisonFileError(
        description: "\(path) has come to be there meanwhile: give another name.")
    }
    guard rename(temporary, path) == 0 else { throw failure() }
  }

  private func failure(_ error: (any Error)? = nil) -> ComparisonFileError {
    let reason =
      ((error as? CocoaError)?.underlying as? POSIXError).map {
        String(cString: strerror($0.code.rawValue))
      } ?? error?.localizedDescription ?? String(cString: strerror(errno))
    return ComparisonFileError(description: "\(path) can't be written: \(reason).")
  }
}
