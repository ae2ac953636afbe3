// Patterns of .gitignore, as gitignore(5) explains them.

import Testing

@testable import Retrieval

@Suite struct IgnoreRulesTests {
  private func ignores(_ patterns: String, _ path: String) -> Bool? {
    IgnoreRules(text: Array(patterns.utf8), folder: "/root").ignores(
      "/root/" + path, isFolder: path.hasSuffix("/"))
  }

  @Test(arguments: [
    ("*.log", "a.log"), ("*.log", "deep/er/a.log"), ("build/", "build/"), ("build/", "x/build/"),
    ("/top", "top"), ("docs/*.txt", "docs/a.txt"), ("**/a/b", "a/b"), ("**/a/b", "x/y/a/b"),
    ("a/**", "a/x/y"), ("a/**/b", "a/b"), ("a/**/b", "a/x/y/b"), ("file?.c", "file1.c"),
    ("[a-c]x", "bx"), ("[!a-c]x", "dx"), ("\\#a", "#a"), ("\\!a", "!a"), ("a*b*c", "axxbxbc"),
    ("keep \t\r\n", "keep"), ("[x", "[x"), ("*", "anything"), ("日*", "日本"),
  ])
  func `a pattern fits`(_ pattern: String, _ path: String) {
    #expect(ignores(pattern, path) == true)
  }

  @Test(arguments: [
    ("*.log", "a.log.txt"), ("build/", "build"), ("/top", "x/top"), ("docs/*.txt", "docs/x/a.txt"),
    ("a/**", "a/"), ("# comment", "# comment"), ("", "x"), ("/", "x"), ("[!a-c]x", "ax"),
    ("a?b", "a/b"), ("**", ""), ("!", "x"), ("a*b*c", "axxbxb"),
  ])
  func `a pattern does not fit`(_ pattern: String, _ path: String) {
    #expect(ignores(pattern, path) == nil)
  }

  @Test func `the last rule that fits wins`() {
    #expect(ignores("*.md\n!README.md", "README.md") == false)
    #expect(ignores("!README.md\n*.md", "README.md") == true)
  }

  @Test func `hostile patterns cost little`() {
    let stars = String(repeating: "*a", count: 2000) + "b"
    #expect(ignores(stars, String(repeating: "a", count: 255)) == nil)
    let depths = String(repeating: "**/a/", count: 500) + "b"
    #expect(ignores(depths, String(repeating: "a/", count: 1000) + "a") == nil)
  }
}
