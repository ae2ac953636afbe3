import Core

// The tree of a session: its moments as a graph, newest first, and beside them the selected one.

/// The page of a session's tree.
public struct TreePage: Hashable, Sendable {
  public private(set) var tree: SessionTree
  public private(set) var graph: TreeGraph
  /// The place of the selected moment.
  public private(set) var selection = 0
  /// The first moment in sight.
  public private(set) var top = 0
  /// The moments that are to be compared.
  public private(set) var marked: Set<Identifier> = []
  /// The moment that the panes show, if it is one of these.
  public private(set) var current: Identifier?
  /// What there is to read of the selected moment; nil until it has come.
  public private(set) var report: ReportText?
  private var lines: [ReportLine] = []
  /// The first row of it in sight.
  public private(set) var reportTop = 0
  /// Under which the report will come; nil while none is awaited.
  private(set) var pendingNumber: Int?
  /// Whether something pruned is on its way back, to be selected then.
  var awaitsUndo = false

  init(_ tree: SessionTree, current: Identifier?) {
    self.tree = tree
    self.current = current
    graph = TreeGraph(tree)
  }

  /// Nil only while there are none.
  public var selected: Moment? {
    tree.moments.indices.contains(selection) ? tree.moments[selection] : nil
  }

  /// Takes in the tree as it is now, and keeps to what was selected and marked.
  mutating func replace(_ tree: SessionTree, current: Identifier?, height: Int) {
    // Of what was brought back, the moment that was pruned is the oldest.
    let known = Set(self.tree.moments.map(\.id))
    let back = awaitsUndo ? tree.moments.last { !known.contains($0.id) }?.id : nil
    if back != nil { awaitsUndo = false }
    let moment = back ?? selected?.id
    if tree != self.tree { graph = TreeGraph(tree) }
    self.tree = tree
    self.current = current
    marked = marked.filter { tree.place(of: $0) != nil }
    select(moment.flatMap(tree.place(of:)) ?? selection, height: height)
  }

  /// - Parameter height: the rows of the list.
  mutating func select(_ place: Int, height: Int) {
    selection = max(0, min(place, tree.moments.count - 1))
    top = max(min(top, selection), selection - max(1, height) + 1)
  }

  mutating func toggleMark() {
    guard let selected else { return }
    if marked.remove(selected.id) == nil { marked.insert(selected.id) }
  }

  /// Asks for what there is to read of the selected moment.
  mutating func request(number: Int) -> MomentRequest? {
    guard let selected else { return nil }
    pendingNumber = number
    return MomentRequest(
      number: number, session: tree.session.id, moment: selected.id, parent: selected.parent)
  }

  /// - Parameter width: cells.
  mutating func take(_ lines: [ReportLine], of number: Int, width: Int) {
    guard number == pendingNumber else { return }
    pendingNumber = nil
    self.lines = lines
    reportTop = 0
    report = ReportText(lines, width: width)
  }

  mutating func scrollReport(_ step: ScrollStep, height: Int) {
    reportTop = step.top(from: reportTop, of: report?.rows.count ?? 0, height: height)
  }

  /// Lays everything out for another size.
  mutating func reflow(list: Rectangle, report room: Rectangle) {
    select(selection, height: list.height)
    if report != nil { report = ReportText(lines, width: room.width) }
    scrollReport(.rows(0), height: room.height)
  }
}

/// A moment that is to be told of.
public struct MomentRequest: Hashable, Sendable {
  /// Comes back with the answer.
  public var number: Int
  public var session: Identifier
  public var moment: Identifier
  /// The moment that it is told apart from; nil for a root.
  public var parent: Identifier?

  public init(number: Int, session: Identifier, moment: Identifier, parent: Identifier?) {
    self.number = number
    self.session = session
    self.moment = moment
    self.parent = parent
  }
}

/// A change of a session's tree; the tree as it is then comes back.
public enum TreeChange: Hashable, Sendable {
  case name(moment: Identifier, String)
  case deleteBranch(String)
  case prune([Identifier])
  case undoPruning
}
