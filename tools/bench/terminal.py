"""A program in a pseudo-terminal, and what stands on its screen.

The screen reader knows the sequences that ncurses writes for xterm-256color, as far as they move
the cursor or change text; colours and modes it passes over.
"""
import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
import unicodedata

SEQUENCE = re.compile(
    r"\x1b\[([?>=]?)([\d;:]*)[ -/]*([@-~])"  # CSI: private mark, numbers, final byte
    r"|\x1b[\]P](?:[^\x07\x1b]|\x1b[^\\])*(?:\x07|\x1b\\)"  # OSC, DCS
    r"|\x1b[ -/]+[0-~]"  # character sets
    r"|\x1b([0-OQ-Z\\^-~])"  # other escapes
    r"|([\x00-\x1a\x1c-\x1f\x7f])"  # controls
    r"|([^\x00-\x1f\x7f]+)"  # text
)


def width(character):
    if character < "\u0300":
        return 1
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


class Screen:
    """The cells of a terminal of `columns` x `rows`, one character each."""

    def __init__(self, columns, rows):
        self.columns, self.height = columns, rows
        self.rows = [[" "] * columns for _ in range(rows)]
        self.x = self.y = 0
        self.top, self.bottom = 0, rows - 1
        self.last = " "
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.rest = ""

    def text(self):
        return "\n".join("".join(row) for row in self.rows)

    def ends_at_cursor(self, text):
        """Whether the text stands right before the cursor."""
        return "".join(self.rows[self.y][max(0, self.x - len(text)) : self.x]) == text

    def feed(self, data):
        text = self.rest + self.decoder.decode(data)
        position = 0
        while position < len(text):
            match = SEQUENCE.match(text, position)
            if not match:
                break  # An escape sequence whose rest has not come.
            position = match.end()
            private, numbers, final, escape, control, run = match.groups()
            if run:
                self.put(run)
            elif final and not private:
                self.command(final, [int(n) if n else 0 for n in re.split("[;:]", numbers)])
            elif control:
                self.control(control)
            elif escape == "M":
                self.scroll(-1) if self.y == self.top else self.move(self.y - 1, self.x)
        self.rest = text[position:]

    def put(self, run):
        for character in run:
            cells = width(character)
            if cells == 0:
                continue
            if self.x + cells > self.columns:
                self.x = 0
                self.line_feed()
            row = self.rows[self.y]
            row[self.x] = character
            if cells == 2:
                row[self.x + 1] = ""
            self.x += cells
            self.last = character

    def control(self, control):
        if control == "\r":
            self.x = 0
        elif control == "\b":
            self.x = max(0, self.x - 1)
        elif control == "\t":
            self.x = min(self.columns - 1, self.x // 8 * 8 + 8)
        elif control in "\n\v\f":
            self.line_feed()

    def line_feed(self):
        if self.y == self.bottom:
            self.scroll(1)
        else:
            self.y = min(self.height - 1, self.y + 1)

    def move(self, y, x):
        self.y = max(0, min(self.height - 1, y))
        self.x = max(0, min(self.columns - 1, x))

    def scroll(self, count, top=None):
        """Moves the rows of the scrolling region up, or down when `count` is negative."""
        top = self.top if top is None else top
        region = self.rows[top : self.bottom + 1]
        blank = [[" "] * self.columns for _ in range(min(abs(count), len(region)))]
        moved = region[count:] + blank if count > 0 else blank + region[: len(region) + count]
        self.rows[top : self.bottom + 1] = moved[: len(region)]

    def erase(self, row, start, end):
        row[start:end] = [" "] * (end - start)

    def command(self, final, numbers):
        count = max(1, numbers[0])
        row, x = self.rows[self.y], self.x
        if final in "Hf":
            self.move(count - 1, (numbers[1] if len(numbers) > 1 else 1) - 1)
        elif final == "A":
            self.move(self.y - count, x)
        elif final in "Be":
            self.move(self.y + count, x)
        elif final in "Ca":
            self.move(self.y, x + count)
        elif final == "D":
            self.move(self.y, x - count)
        elif final in "G`":
            self.move(self.y, count - 1)
        elif final == "d":
            self.move(count - 1, x)
        elif final == "J":
            before, after = numbers[0] in (1, 2, 3), numbers[0] in (0, 2, 3)
            self.erase(row, 0 if before else x, self.columns if after else x + 1)
            for other in range(self.height):
                if before and other < self.y or after and other > self.y:
                    self.erase(self.rows[other], 0, self.columns)
        elif final == "K":
            self.erase(row, 0 if numbers[0] else x, x + 1 if numbers[0] == 1 else self.columns)
        elif final == "X":
            self.erase(row, x, min(self.columns, x + count))
        elif final == "P":
            row[x:] = (row[x + count :] + [" "] * count)[: self.columns - x]
        elif final == "@":
            row[x:] = ([" "] * count + row[x:])[: self.columns - x]
        elif final == "L":
            self.scroll(-count, top=self.y)
        elif final == "M":
            self.scroll(count, top=self.y)
        elif final == "S":
            self.scroll(count)
        elif final == "T":
            self.scroll(-count)
        elif final == "b":
            self.put(self.last * count)
        elif final == "r":
            bottom = numbers[1] if len(numbers) > 1 and numbers[1] else self.height
            self.top, self.bottom = count - 1, bottom - 1
            self.move(0, 0)


class Program:
    """A program that runs in a pseudo-terminal of its own until the `with` block ends."""

    def __init__(self, command, environment, size):
        self.screen = Screen(*size)
        self.bytes_written = 0
        self.master, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        start_reader, start_writer = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                os.setsid()
                fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
                for descriptor in (0, 1, 2):
                    os.dup2(terminal, descriptor)
                # Forking this process is no part of the program's start.
                os.write(start_writer, struct.pack("d", time.monotonic()))
                os.execve(command[0], command, environment)
            finally:
                os._exit(127)
        os.close(terminal)
        os.close(start_writer)
        with os.fdopen(start_reader, "rb") as reader:
            (self.start,) = struct.unpack("d", reader.read(8))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.kill(self.pid, signal.SIGTERM)
        deadline = time.monotonic() + 5
        while os.waitpid(self.pid, os.WNOHANG)[0] == 0:
            if time.monotonic() > deadline:
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
                break
            self.read(0.01)
        os.close(self.master)

    def write(self, keys):
        os.write(self.master, keys.encode())

    def paste(self, text):
        """Writes more than a terminal holds at once, as the program takes it."""
        rest = memoryview(text.encode())
        os.set_blocking(self.master, False)
        try:
            while rest:
                readable, writable, _ = select.select([self.master], [self.master], [])
                if readable:
                    self.read(0)
                if writable:
                    rest = rest[os.write(self.master, rest[:4096]) :]
        finally:
            os.set_blocking(self.master, True)

    def take(self, seconds):
        """What the program writes next, with the time at which it came, or None."""
        if not select.select([self.master], [], [], max(0, seconds))[0]:
            return None
        try:
            data = os.read(self.master, 1 << 16)
        except OSError:
            time.sleep(0.001)  # The program has ended, and there is nothing more to read.
            return None
        self.bytes_written += len(data)
        return time.monotonic(), data

    def read(self, seconds):
        """Shows what the program writes next; the time at which that came, or None."""
        taken = self.take(seconds)
        if taken:
            self.screen.feed(taken[1])
            return taken[0]

    def serve(self, seconds):
        """Shows what the program writes for so long."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self.read(left)

    def wait(self, condition, seconds, what):
        """Waits until the screen meets a condition; the time at which it did."""
        if condition(self.screen):
            return time.monotonic()
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            came = self.read(left)
            if came and condition(self.screen):
                return came
        raise TimeoutError(f"{what} did not come in {seconds} s; the screen:\n{self.screen.text()}")

    def wait_for(self, text, seconds=10):
        return self.wait(lambda screen: text in screen.text(), seconds, repr(text))

    def wait_for_frame(self, text, seconds=10):
        """Waits for a frame that ends with a text; the time at which that stood on the screen.

        A frame comes in many small pieces. They are shown only when all are there: showing them
        takes longer than writing them, and would be part of the time.
        """
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            pieces = []
            while piece := self.take(0.03):
                pieces.append(piece)
            stood = None
            for came, data in pieces:
                self.screen.feed(data)
                if not stood and text in self.screen.text():
                    stood = came
            if stood:
                return stood
        raise TimeoutError(f"{text!r} did not come in {seconds} s; the screen:\n{self.screen.text()}")

    def wait_until_quiet(self, silence, seconds):
        """Waits until it has written nothing for so long."""
        last = time.monotonic()
        deadline = last + seconds
        while (now := time.monotonic()) < deadline:
            if now - last >= silence:
                return
            last = self.read(silence) or last
        raise TimeoutError(f"it still wrote after {seconds} s; the screen:\n{self.screen.text()}")

    def cpu_seconds(self):
        """What all its threads have used so far, on the kernel's own clock of the process."""
        return time.clock_gettime(~self.pid << 3 | 2)

    def status(self, name):
        """A number of /proc/PID/status: sizes are in kB."""
        with open(f"/proc/{self.pid}/status") as file:
            return int(re.search(rf"(?m)^{name}:\s+(\d+)", file.read())[1])
