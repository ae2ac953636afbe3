import Foundation
import Testing

// The pages that are made from the program say what the program says.

struct DocumentationTests {
  @Test(
    "the key list and the list of commands are up to date", arguments: ["keys.md", "commands.md"])
  func pageIsUpToDate(name: String) throws {
    let home = try WhetHome()
    let result = try home.run("docs", home.directory.path)
    #expect(result.status == 0)
    let made = try String(contentsOfFile: home.path(name), encoding: .utf8)
    let kept = try String(contentsOfFile: WhetHome.checkout + "/docs/" + name, encoding: .utf8)
    #expect(made == kept, "make docs writes docs/\(name) anew")
  }
}
