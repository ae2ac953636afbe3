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
    let text = try text(of: report, picture: picture)
    do throws(WholeFileError) {
      try WholeFile.place(text, at: path, overwrites: isThere)
    } catch {
      throw ComparisonFileError(description: error.description)
    }
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
}
