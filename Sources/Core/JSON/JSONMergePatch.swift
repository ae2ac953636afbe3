// JSON Merge Patch (RFC 7396): one JSON value changed by another that looks like it.

extension JSON {
  /// The value after a merge patch: members of the patch replace those of the same name, null
  /// removes them, and objects are merged member by member; anything else replaces the whole.
  ///
  /// New members come after the old ones, in the patch's order.
  public func merged(with patch: JSON) -> JSON {
    guard case .object(let changes) = patch else { return patch }
    var result = object ?? JSON.Object()
    for change in changes.members {
      if change.value.isNull {
        result.members.removeAll { $0.name == change.name }
      } else {
        result[change.name] = (result[change.name] ?? .null).merged(with: change.value)
      }
    }
    return .object(result)
  }
}
