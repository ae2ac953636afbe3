// The client behind a mitmproxy that changes what a real model server says.

import Completion
import Core
import Testing

@Suite(
  "Streams that mitmproxy mangles", .needsFaultServers,
  .enabled(
    if: FaultServer.mitmdump != nil,
    "mitmdump is neither on the PATH nor in WHET_TEST_MITMDUMP: mangled streams are not tried"))
struct MangledStreamTests {
  /// The fault is the one that a header field of the request names.
  private static let script = #"""
    import asyncio
    from mitmproxy import http

    seen = set()

    async def request(flow):
        fault = flow.request.headers.get("x-fault", "")
        is_first = fault not in seen
        seen.add(fault)
        if fault == "busy" and is_first:
            flow.response = http.Response.make(
                429, b'{"error":{"message":"Rate limit"}}',
                {"content-type": "application/json", "retry-after": "1"})
        if fault == "delay":
            await asyncio.sleep(1)
        if fault == "kill" and is_first:
            flow.kill()

    def responseheaders(flow):
        fault = flow.request.headers.get("x-fault", "")
        count = 0

        def change(data):
            nonlocal count
            is_first = count == 0
            count += len(data)
            if fault == "cut" and count > 4000:
                flow.kill()
                raise RuntimeError("cut here")
            if fault == "garble" and not is_first:
                return data.replace(b"data: {", b'data: {"bad" ', 1)
            if fault == "split":
                return [data[i:i + 1] for i in range(len(data))]
            if fault == "crlf":
                return data.replace(b"\n", b"\r\n")
            if fault == "cr":
                return data.replace(b"\n", b"\r")
            if fault == "bom" and is_first and data:
                return b"\xef\xbb\xbf" + data
            return data

        flow.response.stream = change
    """#

  @Test func `what can finish finishes with the same text, what can't says so`() throws {
    let model = try #require(FaultServer.modelPort)
    try FaultServer.mitmproxy(Self.script, server: model) { port in
      func run(_ fault: String) throws -> ServerLoop {
        let loop = ServerLoop()
        var provider = Provider.model(at: port)
        provider.fields = [HTTPField(name: "x-fault", value: fault)]
        provider.timeLimits.idle = .seconds(5)
        loop.client.start(id: 0, request: .story(), provider: provider)
        try loop.run()
        return loop
      }
      let whole = try run("none").answer()
      #expect(whole.finishReason == .length)
      for fault in ["delay", "split", "crlf", "cr", "bom", "busy", "kill"] {
        let loop = try run(fault)
        let answer = try loop.answer()
        #expect(answer.text == whole.text, "\(fault)")
        #expect(answer.finishReason == .length, "\(fault)")
        #expect(answer.usage == whole.usage, "\(fault)")
        #expect(loop.retries().count == (["busy", "kill"].contains(fault) ? 1 : 0), "\(fault)")
      }

      let cut = try run("cut").answer()
      #expect(cut.finishReason == .truncated)
      // One time in twelve mitmproxy forgets to close the connection, and it falls silent.
      let isNamed = ["broke before the answer was finished", "'timeouts: idle'"]
        .contains { cut.error?.contains($0) == true }
      #expect(isNamed, "\(cut.error ?? "")")
      #expect(!cut.text.isEmpty && whole.text.hasPrefix(cut.text) && cut.text != whole.text)

      // Each event that is no JSON any more is skipped, and the stream goes on.
      let garbled = try run("garble").answer()
      #expect(garbled.isFinished)
      #expect(garbled.text.count < whole.text.count)
    }
  }
}
