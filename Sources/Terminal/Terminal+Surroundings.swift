import CTerminal
import Glibc
import Playground

// What the terminal finds around itself: the environment, the locale, the kernel's terminal driver.

extension Terminal {
  /// An environment variable; nil when it is unset or empty.
  static func variable(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }

  /// The terminal descriptions to try, best first.
  ///
  /// A terminal of 16 million colours mostly goes by the name of one with 256, and says the rest in
  /// COLORTERM; curses can use them through a description made for that, where one is installed
  /// (Debian's ncurses-term).
  static func types(for type: String) -> [String] {
    let suffix = "-256color"
    guard ["truecolor", "24bit"].contains(variable("COLORTERM")), type.hasSuffix(suffix) else {
      return [type]
    }
    let base = type.dropLast(suffix.count)
    return ["\(base)-direct256", "\(base)-direct16", "\(base)-direct", type]
  }

  /// Makes the C library read and write UTF-8, whatever the locale.
  ///
  /// Only characters follow the locale: numbers in files and requests keep their decimal point.
  static func setCharacterEncoding() {
    setlocale(LC_CTYPE, "")
    if String(cString: nl_langinfo(CInt(CODESET))) != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
  }

  /// The window in cells; 80 x 24 where the kernel knows none, as on a serial line.
  static var windowSize: Size {
    var window = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0,
      window.ws_row > 0
    else { return Size(width: 80, height: 24) }
    return Size(width: Int(window.ws_col), height: Int(window.ws_row))
  }

  /// The byte of the erase key: backspace, even where that is ^H.
  static func eraseByte(of modes: termios) -> UInt8 {
    let byte = withUnsafeBytes(of: modes.c_cc) { $0[Int(VERASE)] }
    return byte == 0x08 ? byte : 0x7F
  }

  static func canRead(_ descriptor: CInt) -> Bool {
    var descriptor = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&descriptor, 1, 0) > 0
  }

  /// Milliseconds on a clock that never goes back.
  static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
  }

  /// What errno says.
  static var lastError: String { String(cString: strerror(errno)) }
}
