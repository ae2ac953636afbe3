"""A model server that answers with as many tokens, as fast, as its model's name says.

It speaks OpenAI's chat completions, streamed, on a port of 127.0.0.1 that the kernel gives; the
port is the one line that it prints. The model `bench-5000-200` answers with 5,000 tokens at 200 a
second, each written by itself; a rate of 0 is as fast as the other side takes them, and `flood`
is as fast as the machine can send: many tokens a write. The answer is Markdown: headings, lists,
tables and code among the paragraphs.
"""
import asyncio
import itertools
import json
import random
import re

WORDS = (
    "a wheel goes back within thirty days of its delivery and the parcel costs four pounds unless "
    "the fault was ours , in which case nothing is charged . Tyres tubes and cables are kept for "
    "two weeks ; repairs take three working days , longer in spring ."
).split()
WORDS_A_PARAGRAPH = 60
TOKENS_A_WRITE = 500


def texts(count):
    """The tokens of an answer: paragraphs of words, and between them what else Markdown has."""
    yield from itertools.islice(markdown(random.Random(1)), count)


def markdown(source):
    """Tokens without an end, as a model would cut them."""

    def words(number):
        return [source.choice(WORDS) + " " for _ in range(number)]

    while True:
        yield from ["##", " ", *words(4), "\n\n"]
        yield from [*words(WORDS_A_PARAGRAPH // 3), "**", *words(2), "kept", "**", " "]
        yield from [*words(WORDS_A_PARAGRAPH // 3), "`", "--label", "`", " ", *words(9), "\n\n"]
        for _ in range(4):
            yield from ["-", " ", *words(9), "[docs]", "(https://example.org", ")", "\n"]
        yield "\n"
        yield from ["|", " Part", " |", " Days", " |\n", "|--", "|--:", "|\n"]
        for days in range(3):
            yield from ["| ", *words(3), "| ", str(days), " |\n"]
        yield from ["\n", "```", "swift", "\n", "let", " days", " =", " 30", "\n", "```", "\n\n"]


def event(model, content):
    """One event of the stream as one chunk of the body."""
    if not isinstance(content, str):
        content = json.dumps(
            {
                "id": "chatcmpl-bench",
                "object": "chat.completion.chunk",
                "created": 1700000000,
                "model": model,
                **content,
            }
        )
    data = f"data: {content}\n\n".encode()
    return b"%x\r\n%s\r\n" % (len(data), data)


def choice(delta, finish_reason=None):
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": finish_reason}]}


async def answer(writer, model):
    shape = re.fullmatch(r"bench-(\d+)-(\d+|flood)", model)
    if not shape:
        return reply(writer, "404 Not Found", {"error": {"message": f"no model {model}"}})
    count, rate = int(shape[1]), 0 if shape[2] == "flood" else int(shape[2])
    if shape[2] == "flood":
        some = b"".join(event(model, choice({"content": text})) for text in texts(TOKENS_A_WRITE))
        tokens = [some] * (count // TOKENS_A_WRITE)
    else:
        tokens = [event(model, choice({"content": text})) for text in texts(count)]
    writer.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    clock = asyncio.get_running_loop().time
    start = clock()
    for number, token in enumerate(tokens):
        if rate:
            await asyncio.sleep(max(0, start + number / rate - clock()))
        writer.write(token)
        await writer.drain()
    usage = {"prompt_tokens": 20, "completion_tokens": count, "total_tokens": count + 20}
    writer.write(
        event(model, choice({}, "stop"))
        + event(model, {"choices": [], "usage": usage})
        + event(model, "[DONE]")
        + b"0\r\n\r\n"
    )


def reply(writer, status, value):
    body = json.dumps(value).encode()
    writer.write(
        f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n".encode() + body
    )


async def serve(reader, writer):
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            length = re.search(r"(?i)\r\ncontent-length: *(\d+)", head)
            body = await reader.readexactly(int(length[1])) if length else b""
            path = head.split(" ", 2)[1]
            if path == "/v1/chat/completions":
                await answer(writer, json.loads(body)["model"])
            elif path == "/v1/models":
                reply(writer, "200 OK", {"object": "list", "data": [{"id": "bench-5000-0"}]})
            else:
                reply(writer, "404 Not Found", {"error": {"message": f"no path {path}"}})
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass  # The other side has gone, as a cancel and a quit do.
    finally:
        writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
