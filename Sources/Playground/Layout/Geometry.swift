// Places and sizes on a screen of cells; x grows to the right, y downwards, both from 0.

/// The place of one cell.
public struct Point: Hashable, Sendable {
  public var x: Int
  public var y: Int

  public init(x: Int, y: Int) {
    self.x = x
    self.y = y
  }
}

/// How wide and how high something is, in cells.
public struct Size: Hashable, Sendable {
  public var width: Int
  public var height: Int

  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  /// The smallest screen that whet lays itself out on.
  public static let smallest = Size(width: 40, height: 12)
}

/// An area of cells.
public struct Rectangle: Hashable, Sendable {
  public var x: Int
  public var y: Int
  public var width: Int
  public var height: Int

  /// A negative width or height becomes 0.
  public init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = max(0, width)
    self.height = max(0, height)
  }

  /// An area with its corner at the top left of the screen.
  public init(size: Size) { self.init(x: 0, y: 0, width: size.width, height: size.height) }

  /// The first column past it.
  public var right: Int { x + width }
  /// The first row past it.
  public var bottom: Int { y + height }
  public var isEmpty: Bool { width == 0 || height == 0 }

  /// Whether a cell lies in it; its right and bottom edges are the first that don't.
  public func contains(_ point: Point) -> Bool {
    x <= point.x && point.x < right && y <= point.y && point.y < bottom
  }

  /// What is left inside a frame of one cell.
  public var inside: Rectangle {
    Rectangle(x: x + 1, y: y + 1, width: width - 2, height: height - 2)
  }
}
