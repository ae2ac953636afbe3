// Where a template's names find their values: the contexts that blocks open, the loops' own values,
// and what is named with `@`.

/// The contexts around a place of a template, innermost last.
struct TemplateScope {
  /// One context: the values themselves, or what a block has made the context.
  struct Frame {
    /// nil is `undefined`.
    var context: JSON?
    var parameters: [String: JSON] = [:]
    /// Whether it is the values that the template is filled with.
    var isRoot = false
  }

  private let root: JSON
  private let data: JSON.Object
  private var frames: [Frame]
  /// `index`, `key`, `first` and `last` of each loop.
  private var loops: [JSON] = []
  /// Names without a value where one was to be put in, in the order of their first use.
  private(set) var missing: [String] = []

  /// - Parameter data: what is named with `@`, beside a loop's own.
  init(values: JSON, data: JSON.Object) {
    root = values
    self.data = data
    frames = [Frame(context: values, isRoot: true)]
  }

  mutating func push(_ frame: Frame) { frames.append(frame) }

  mutating func pop() { frames.removeLast() }

  mutating func beginRound(_ loop: JSON) { loops.append(loop) }

  mutating func endRound() { loops.removeLast() }

  /// Has a partial see a context and nothing around it.
  ///
  /// - Parameters:
  ///   - context: nil for the one that is the context here.
  ///   - members: stand above those of the context.
  /// - Returns: what `leave` takes.
  mutating func enter(context: JSON??, members: JSON.Object) -> [Frame] {
    let outer = frames
    var frame = Frame(context: frames.last?.context, isRoot: frames.last?.isRoot ?? false)
    if let context {
      frame.isRoot = frame.isRoot && context == frame.context
      frame.context = context
    }
    if !members.members.isEmpty {
      var object = frame.context?.object ?? JSON.Object()
      for member in members.members { object[member.name] = member.value }
      frame.context = .object(object)
    }
    frames = [frame]
    return outer
  }

  mutating func leave(to outer: [Frame]) { frames = outer }

  /// - Parameter noting: whether a name without a value is a missing one; it isn't where a template
  ///   only asks whether there is one.
  mutating func value(at path: TemplateSyntax.Path, noting: Bool) -> JSON? {
    var names = path.names[...]
    var context: JSON?
    var isFromRoot = false
    if path.isData {
      if names.first == "root" {
        names.removeFirst()
        context = root
        isFromRoot = true
      } else {
        return dataValue(at: path, noting: noting)
      }
    } else if !path.isScoped, let name = names.first,
      let bound = frames.last(where: { $0.parameters[name] != nil })?.parameters[name]
    {
      names.removeFirst()
      context = bound
    } else {
      guard path.parents < frames.count else { return nil }
      let frame = frames[frames.count - 1 - path.parents]
      context = frame.context
      isFromRoot = frame.isRoot
    }
    let found = names.reduce(context) { $0?.templateMember($1) }
    if found == nil, noting, isFromRoot, let name = names.first { note(name) }
    return found
  }

  private mutating func dataValue(at path: TemplateSyntax.Path, noting: Bool) -> JSON? {
    guard let name = path.names.first else { return nil }
    let value = loops.dropLast(path.parents).last?[name] ?? data[name]
    let found = path.names.dropFirst().reduce(value) { $0?.templateMember($1) }
    if found == nil, noting { note("@" + path.names.joined(separator: ".")) }
    return found
  }

  private mutating func note(_ name: String) {
    if !missing.contains(name) { missing.append(name) }
  }
}

extension JSON {
  /// A member by name, an item by its number, or a length.
  func templateMember(_ name: String) -> JSON? {
    switch self {
    case .object(let object): object[name]
    case .array(let items):
      name == "length" ? .integer(items.count) : Int(name).flatMap { self[$0] }
    case .string(let text) where name == "length": .integer(text.utf16.count)
    default: nil
    }
  }
}
