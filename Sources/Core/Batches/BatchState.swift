// What a server says of a batch.

/// A batch as `GET /batches/{id}` tells of it.
public struct BatchState: Hashable, Sendable {
  public let id: String
  /// The server's word: `validating`, `in_progress`, `completed`, …
  public let status: String
  /// The files of the answers and of the failures; nil where there is none yet.
  public let outputFile: String?
  public let errorFile: String?
  public let total: Int
  public let completed: Int
  public let failed: Int
  /// Why the server refused the file, where it did.
  public let message: String?

  /// Nil for what is no batch.
  public init?(_ json: JSON) {
    guard let id = json["id"]?.string, Self.isIdentifier(id) else { return nil }
    self.id = id
    status = String((json["status"]?.string ?? "").prefix(64))
    func file(_ name: String) -> String? {
      json[name]?.string.flatMap { Self.isIdentifier($0) ? $0 : nil }
    }
    outputFile = file("output_file_id")
    errorFile = file("error_file_id")
    func count(_ name: String) -> Int { json["request_counts"]?[name]?.tokenCount ?? 0 }
    total = count("total")
    completed = count("completed")
    failed = count("failed")
    message = (json["errors"]?["data"]?[0]?["message"]?.string).map { String($0.prefix(1000)) }
  }

  /// Whether nothing more comes; an unknown status says that it goes on.
  public var hasEnded: Bool {
    ["completed", "failed", "expired", "cancelled"].contains(status)
  }

  /// In the words of the server.
  public var json: JSON {
    var object: JSON.Object = [
      "id": .string(id), "status": .string(status),
      "request_counts": [
        "total": .integer(total), "completed": .integer(completed), "failed": .integer(failed),
      ],
    ]
    if let outputFile { object["output_file_id"] = .string(outputFile) }
    if let errorFile { object["error_file_id"] = .string(errorFile) }
    if let message { object["errors"] = ["data": [["message": .string(message)]]] }
    return .object(object)
  }

  /// Whether a text may stand in a path: letters, digits, `-`, `_`, `.` and `:`, but no dots alone.
  public static func isIdentifier(_ text: String) -> Bool {
    (1...256).contains(text.utf8.count) && text != "." && text != ".."
      && text.utf8.allSatisfy {
        0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0 || "-_.:".utf8.contains($0)
      }
  }
}
