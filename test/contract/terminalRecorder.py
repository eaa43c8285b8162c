"""Runs a command on a terminal of its own and tells what stands on its screen.

Reads one JSON command a line from stdin and answers each with one line of JSON:
{"type": TEXT}, {"screen": true}, {"resize": [columns, rows]}, {"signal": NAME}, {"wait": SECONDS}.
"""

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

SEQUENCE = re.compile(r"\x1b(?:\[([?0-9;]*)([A-Za-z~])|[78=>c]|\][^\x07]*\x07)")


class Terminal:
    """As much of a terminal as full-screen programs use."""

    def __init__(self, columns, rows):
        self.other = None
        self.is_other = False
        self.has_cursor = True
        self.written = 0
        self.rest = ""
        self.resize(columns, rows)

    def resize(self, columns, rows):
        self.columns, self.rows = columns, rows
        self.cells = [[" "] * columns for _ in range(rows)]
        self.x = self.y = 0

    def feed(self, text):
        text = self.rest + text
        self.rest = ""
        at = 0
        while at < len(text):
            char = text[at]
            if char == "\x1b":
                found = SEQUENCE.match(text, at)
                if not found:
                    self.rest = text[at:]
                    return
                self.obey(found.group(1) or "", found.group(2))
                at = found.end()
                continue
            at += 1
            if char == "\n":
                self.line_feed()
            elif char == "\r":
                self.x = 0
            elif char >= " ":
                self.put(char)

    def put(self, char):
        if self.x >= self.columns:
            self.x = 0
            self.line_feed()
        self.cells[self.y][self.x] = char
        self.x += 1
        self.written += 1

    def line_feed(self):
        if self.y == self.rows - 1:
            self.cells = self.cells[1:] + [[" "] * self.columns]
        else:
            self.y += 1

    def obey(self, given, letter):
        numbers = [int(each) for each in given.lstrip("?").split(";") if each]
        if letter == "H":
            row, column = (numbers + [1, 1])[:2] if numbers else (1, 1)
            self.y, self.x = min(row, self.rows) - 1, min(column, self.columns) - 1
        elif letter == "K":
            self.cells[self.y][self.x :] = [" "] * (self.columns - self.x)
        elif letter == "J":
            self.cells[self.y][self.x :] = [" "] * (self.columns - self.x)
            for row in range(self.y + 1, self.rows):
                self.cells[row] = [" "] * self.columns
        elif given == "?1049" and letter in "hl":
            self.is_other = letter == "h"
            self.cells = [[" "] * self.columns for _ in range(self.rows)]
        elif given == "?25" and letter in "hl":
            self.has_cursor = letter == "h"

    def lines(self):
        return ["".join(row).rstrip() for row in self.cells]


def main():
    columns, rows, *command = sys.argv[1:]
    terminal = Terminal(int(columns), int(rows))
    pid, master = pty.fork()
    if pid == 0:
        os.execvp(command[0], command)
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", terminal.rows, terminal.columns, 0, 0))
    ended = None

    def drain(seconds):
        until = time.monotonic() + seconds
        while True:
            left = until - time.monotonic()
            if left <= 0 or not select.select([master], [], [], left)[0]:
                return
            try:
                data = os.read(master, 65536)
            except OSError:
                return
            if not data:
                return
            terminal.feed(data.decode("utf-8", "replace"))

    for line in sys.stdin:
        order = json.loads(line)
        if "type" in order:
            os.write(master, order["type"].encode())
        if "resize" in order:
            terminal.resize(*order["resize"])
            fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", terminal.rows, terminal.columns, 0, 0))
        if "signal" in order:
            os.kill(pid, getattr(signal, order["signal"]))
        drain(order.get("wait", 0.05))
        if ended is None:
            done, status = os.waitpid(pid, os.WNOHANG | os.WUNTRACED)
            if done and not os.WIFSTOPPED(status):
                ended = os.waitstatus_to_exitcode(status)
        flags = termios.tcgetattr(master)[3]
        answer = {
            "screen": terminal.lines(),
            "isOther": terminal.is_other,
            "hasCursor": terminal.has_cursor,
            "written": terminal.written,
            "ended": ended,
            "isRaw": not flags & termios.ICANON,
        }
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


main()
