"""A model server that answers every chat completion at once, with the same few words, and counts how
often it was asked each question.

It listens on a port of 127.0.0.1 that the kernel gives, and prints it. `GET /counts` gives the number
of requests and of different ones since the last `GET /reset`.
"""
import asyncio
import hashlib
import json

EVENTS = [
    {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "instant",
     "choices": [{"index": 0, "delta": {"role": "assistant", "content": ""},
                  "finish_reason": None}]},
    *({"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "instant",
       "choices": [{"index": 0, "delta": {"content": word}, "finish_reason": None}]}
      for word in ("within ", "thirty ", "days")),
    {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "instant",
     "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]},
    {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "instant", "choices": [],
     "usage": {"prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15}},
]
BODY = b"".join(b"data: %s\n\n" % json.dumps(event).encode() for event in EVENTS)
BODY += b"data: [DONE]\n\n"
ANSWER = (b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: %d\r\n\r\n"
          % len(BODY)) + BODY


class Counts:
    requests = 0
    questions = set()


class Server(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport
        self.received = b""

    def data_received(self, data):
        self.received += data
        while True:
            head, found, rest = self.received.partition(b"\r\n\r\n")
            if not found:
                return
            length = 0
            for line in head.lower().split(b"\r\n"):
                if line.startswith(b"content-length:"):
                    length = int(line[15:])
            if len(rest) < length:
                return
            self.received = rest[length:]
            self.answer(head.split(b" ", 2)[1], rest[:length])

    def answer(self, path, body):
        if path in (b"/counts", b"/reset"):
            told = json.dumps(
                {"requests": Counts.requests, "different": len(Counts.questions)}).encode()
            if path == b"/reset":
                Counts.requests, Counts.questions = 0, set()
            self.transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                % len(told) + told)
            return
        Counts.requests += 1
        Counts.questions.add(hashlib.sha256(body).digest()[:8])
        self.transport.write(ANSWER)


async def main():
    server = await asyncio.get_running_loop().create_server(Server, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
