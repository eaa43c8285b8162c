"""Runs inside a task that waits in celery.contrib.rdb, and turns its prompt into questions and answers for an editor.

It goes over the debugger's own socket as one line of pdb, changes nothing but that one debugger object, and makes leaving
safe: when the editor is gone, however it went, breakpoints are cleared, stdout is given back and the task runs on.
Whatever it says stands between \\x1e + token and \\x1f and is ASCII, so that nothing that the task prints is mistaken for it.
"""

import base64
import ctypes
import dis
import json
import linecache
import os
import pdb
import reprlib
import select
import socket
import sys
import time
import traceback
import types
from itertools import islice

TOKEN = globals()["token"]
TEXT_LIMIT = 2000
PAGE = 200
POLL_SECONDS = 0.05


def find_debugger():
    frame = sys._getframe(1)
    while frame is not None:
        candidate = frame.f_locals.get("self")
        if isinstance(candidate, pdb.Pdb):
            return candidate
        frame = frame.f_back
    raise RuntimeError("this is not a prompt of pdb")


debugger = find_debugger()
handle = debugger.stdout
client = debugger._client
references = [None]
state = {"why": "entry", "text": None, "details": None, "polled": 0.0, "task_id": None}


class Mouth:
    """The socket as a file to print to. That nobody listens any more is no reason for a task to fail."""

    def write(self, text):
        try:
            handle.write(text)
            if "\n" in text:
                handle.flush()
        except UnicodeEncodeError:
            self.write(text.encode("ascii", "backslashreplace").decode("ascii"))
        except (OSError, ValueError):
            pass
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        try:
            handle.flush()
        except (OSError, ValueError):
            pass

    def __getattr__(self, name):
        return getattr(handle, name)


class Ear:
    """The socket to read from, with a buffer that can be looked into. An editor that is gone says nothing more: end of file."""

    heard = b""

    def readline(self, *_):
        while not self.has_line():
            try:
                piece = client.recv(65536)
            except (OSError, ValueError):
                piece = b""
            if not piece:
                return ""
            self.heard += piece
        line, self.heard = self.heard.split(b"\n", 1)
        return line.decode("utf-8", "replace") + "\n"

    def has_line(self):
        return b"\n" in self.heard

    def __getattr__(self, name):
        return getattr(handle, name)


ear = Ear()
mouth = Mouth()


def send(message):
    mouth.write("\x1e" + TOKEN + json.dumps(message) + "\x1f")
    mouth.flush()


# Values in words. Nothing here may raise, or take long because a value is large.


class Short(reprlib.Repr):
    def __init__(self):
        super().__init__()
        self.maxlevel = 4
        self.maxlist = self.maxtuple = self.maxset = self.maxfrozenset = self.maxdeque = self.maxdict = 30
        self.maxstring = self.maxother = TEXT_LIMIT

    def repr_str(self, value, level):
        return self.cut(value, "characters")

    def repr_bytes(self, value, level):
        return self.cut(value, "bytes")

    def cut(self, value, unit):
        text = repr(value[:TEXT_LIMIT])
        if len(value) <= TEXT_LIMIT and len(text) <= 2 * TEXT_LIMIT:
            return text
        return "%s… (%d %s in all)" % (text[:TEXT_LIMIT], len(value), unit)

    def repr_int(self, value, level):
        bits = value.bit_length()
        return repr(value) if bits < 6000 else "<an int of %d bits>" % bits

    def repr_dict(self, value, level):
        if level <= 0 and value:
            return "{...}"
        pairs = [self.repr1(k, level - 1) + ": " + self.repr1(v, level - 1) for k, v in islice(value.items(), self.maxdict)]
        return "{" + ", ".join(pairs + (["..."] if len(value) > self.maxdict else [])) + "}"

    def repr_instance(self, value, level):
        try:
            text = repr(value)
        except BaseException as error:
            return "<%s whose repr raises %s>" % (type(value).__name__, type(error).__name__)
        return text if len(text) <= self.maxother else text[: self.maxother] + "… (%d characters in all)" % len(text)


short = Short()


def show(value):
    try:
        text = short.repr(value)
        if isinstance(value, (list, tuple, set, frozenset, dict)) and len(value) > 30:
            text += " (%d in all)" % len(value)
    except BaseException as error:
        text = "<%s that cannot be shown: %s>" % (type(value).__name__, type(error).__name__)
    return text if len(text) <= 2 * TEXT_LIMIT else text[: 2 * TEXT_LIMIT] + "… (cut)"


def attributes(value):
    """What a debugger lists below an object: no methods, and no properties, which would run code."""
    found = {}
    for kind in reversed(type(value).__mro__):
        slots = kind.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            try:
                found[name] = object.__getattribute__(value, name)
            except AttributeError:
                pass
    held = getattr(value, "__dict__", None)
    if isinstance(held, dict):
        found.update(held)
    return {name: each for name, each in found.items() if isinstance(name, str) and not name.startswith("__")}


SIMPLE = (str, bytes, int, float, complex, bool, type(None), types.FunctionType, types.BuiltinFunctionType, type)


def children(value):
    """How many there are below it, and a way to some of them: (name, value, how it is written below its parent)."""
    if isinstance(value, dict):
        return len(value), lambda a, b: [(show(k), v, "[%s]" % show(k)) for k, v in islice(value.items(), a, b)]
    if isinstance(value, (list, tuple)):
        return len(value), lambda a, b: [
            (str(a + n), v, "[%d]" % (a + n)) for n, v in enumerate(islice(value, a, b))
        ]
    if isinstance(value, (set, frozenset)):
        return len(value), lambda a, b: [(str(a + n), v, None) for n, v in enumerate(islice(value, a, b))]
    if isinstance(value, SIMPLE):
        return 0, lambda a, b: []
    try:
        named = attributes(value)
    except BaseException:
        named = {}
    return len(named), lambda a, b: [(k, v, "." + k) for k, v in islice(named.items(), a, b)]


def described(value, written=None):
    count, _ = children(value)
    reference = 0
    if count:
        references.append(("value", value, written))
        reference = len(references) - 1
    indexed = count if isinstance(value, (list, tuple)) else 0
    return {"value": show(value), "type": type(value).__name__, "ref": reference, "indexed": indexed, "written": written}


def named_children(reference, start, count):
    kind, value, written = references[reference]
    if kind == "value":
        total, some = children(value)
        rows = [
            (name, each, written + tail if written is not None and tail is not None else None)
            for name, each, tail in some(start, start + count)
        ]
    else:
        names = [name for name in value if kind == "locals" or not name.startswith("__")]
        total, rows = len(names), [(name, value[name], name) for name in names[start : start + count]]
    return [dict(described(each, path), name=name) for name, each, path in rows], max(0, total - start - len(rows))


# What the editor may ask.


def frame_at(index):
    return debugger.stack[index][0]


def locals_of(index):
    # pdb keeps the locals of its own frame: asked for again, they would lose what was assigned to them.
    return debugger.curframe_locals if index == debugger.curindex else frame_at(index).f_locals


def keep_locals(index):
    if sys.version_info < (3, 13):
        ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame_at(index)), ctypes.c_int(0))


def ask_stack():
    frames = []
    for index in range(debugger.curindex, -1, -1):
        frame, line = debugger.stack[index]
        name = getattr(frame.f_code, "co_qualname", frame.f_code.co_name)
        file = debugger.canonic(frame.f_code.co_filename)
        frames.append({"index": index, "name": name, "file": file, "line": line, "exists": os.path.exists(file)})
    return frames


def ask_scopes(index):
    references.append(("locals", locals_of(index), None))
    references.append(("globals", frame_at(index).f_globals, None))
    return {"locals": len(references) - 2, "globals": len(references) - 1}


def ask_variables(ref, start=0, count=PAGE):
    rows, left = named_children(ref, start, min(count or PAGE, 1000))
    return {"rows": rows, "left": left}


def ask_evaluate(expression, index, statements):
    frame, names = frame_at(index), locals_of(index)
    try:
        code = compile(expression, "<debug console>", "eval")
    except SyntaxError:
        if not statements:
            raise
        exec(compile(expression, "<debug console>", "exec"), frame.f_globals, names)
        keep_locals(index)
        return None
    # One namespace, so that comprehensions and lambdas see the locals too.
    return described(eval(code, dict(frame.f_globals, **names)), expression)


def ask_assign(ref, name, expression, index):
    kind, target, _ = references[ref]
    value = eval(expression, dict(frame_at(index).f_globals, **locals_of(index)))
    if kind in ("locals", "globals"):
        target[name] = value
        if kind == "locals":
            keep_locals(index)
    elif isinstance(target, dict):
        target[next(key for key in target if show(key) == name)] = value
    elif isinstance(target, list):
        target[int(name)] = value
    else:
        setattr(target, name, value)
    return described(value)


def ask_source(file):
    return "".join(linecache.getlines(file))


def lines_with_code(file):
    source = "".join(linecache.getlines(file))
    if not source:
        return None
    found, codes = set(), [compile(source, file, "exec")]
    while codes:
        code = codes.pop()
        found.update(line for _, line in dis.findlinestarts(code) if line)
        codes.extend(each for each in code.co_consts if isinstance(each, types.CodeType))
    return sorted(found)


def ask_breakpoints(file, wanted):
    file = debugger.canonic(file)
    debugger.clear_all_file_breaks(file)
    linecache.checkcache(file)
    try:
        lines = lines_with_code(file)
    except (SyntaxError, ValueError):
        lines = None
    answers = [set_break(file, lines, **each) for each in wanted]
    for frame, _ in debugger.stack:
        if frame.f_trace is None:
            frame.f_trace = debugger.trace_dispatch
    return answers


def set_break(file, lines, line, condition=None, ignore=0):
    if lines is None:
        return {"line": line, "problem": "noFile"}
    at = next((each for each in lines if each >= line), None)
    if at is None:
        return {"line": line, "problem": "noCode"}
    if condition:
        try:
            compile(condition, "<condition>", "eval")
        except SyntaxError as error:
            return {"line": line, "problem": "condition", "detail": str(error)}
    problem = debugger.set_break(file, at, cond=condition)
    if problem:
        return {"line": line, "problem": "refused", "detail": str(problem)}
    debugger.get_breaks(file, at)[-1].ignore = ignore
    return {"line": at, "problem": None}


QUESTIONS = {
    "stack": ask_stack,
    "scopes": ask_scopes,
    "variables": ask_variables,
    "evaluate": ask_evaluate,
    "assign": ask_assign,
    "source": ask_source,
    "breakpoints": ask_breakpoints,
}


# Going on.


def close_session():
    try:
        debugger._close_session()
    except (OSError, ValueError):
        for each in (debugger._client, debugger._sock):
            try:
                each.close()
            except OSError:
                pass
        debugger.active = False


def leave(_=""):
    """As if nobody had been there."""
    del references[1:]
    state["details"] = None
    forget_task()
    debugger.clear_all_breaks()
    send({"event": "left"})
    close_session()
    debugger.set_continue()
    return 1


def go_on(how):
    if how == "leave" or (how == "continue" and not debugger.breaks):
        return leave()
    del references[1:]
    state.update(why="step", text=None, details=None)
    frame = debugger.curframe
    if how == "step":
        debugger.set_step()
    elif how == "next":
        debugger.set_next(frame)
    elif how == "return":
        debugger.set_return(frame)
    else:
        debugger.set_continue()
    return 1


def command(line):
    if sys.stdout is handle:
        sys.stdout = mouth
    order = json.loads(base64.b64decode(line).decode("utf-8"))
    if "go" in order:
        return go_on(order["go"])
    try:
        send({"answer": order["id"], "body": QUESTIONS[order["ask"]](**order["with"])})
    except BaseException as error:
        words = "".join(traceback.format_exception_only(type(error), error)).strip()
        send({"answer": order["id"], "error": words[:TEXT_LIMIT]})
    return None


def stopped():
    frame, line = debugger.stack[debugger.curindex]
    why = state["why"]
    if why == "step" and debugger.get_break(debugger.canonic(frame.f_code.co_filename), line):
        why = "breakpoint"
    send({"event": "stopped", "why": why, "text": state["text"], "details": state["details"]})


def note_exception(frame, info):
    kind, value = info[:2]
    words = traceback.format_exception_only(kind, value)[-1].strip()
    details = "".join(traceback.format_exception(*info))
    state.update(why="exception", text=words[:TEXT_LIMIT], details=details[-10 * TEXT_LIMIT :])
    return pdb.Pdb.user_exception(debugger, frame, info)


def is_called():
    """Whether the editor has said something, or gone, while the task was running."""
    now = time.monotonic()
    if now - state["polled"] < POLL_SECONDS:
        return False
    state["polled"] = now
    if ear.has_line():
        return True
    try:
        poll = select.poll()
        poll.register(client, select.POLLIN)
        return bool(poll.poll(0))
    except (OSError, ValueError):
        return True


def watched(dispatch):
    def watch(*event):
        if debugger.active and is_called():
            state["why"] = "pause"
            debugger.set_step()
        return dispatch(*event)

    return watch


# The session ends with the task: a worker that went on under the debugger would be slow, and the next task none's business.


def when_task_ends(task_id=None, **_):
    if task_id == state["task_id"] and debugger.active:
        leave()


def current_task():
    try:
        from celery import current_task as task
        from celery.signals import task_postrun

        if not task or not task.request.id:
            return None
        state["task_id"] = task.request.id
        task_postrun.connect(when_task_ends, weak=False)
        return {"name": task.name, "id": task.request.id, "limits": limits_of(task)}
    except Exception:
        return None


def limits_of(task):
    """In seconds: what its message says goes before its type (celery/worker/request.py: execute_using_pool)."""
    hard, soft = getattr(task.request, "timelimit", None) or (None, None)
    return {
        "hardSeconds": hard or task.time_limit,
        "softSeconds": soft or task.soft_time_limit,
        "acksLate": bool(task.acks_late),
    }


def forget_task():
    if state["task_id"] is None:
        return
    from celery.signals import task_postrun

    task_postrun.disconnect(when_task_ends)
    state["task_id"] = None


def process_name():
    try:
        from billiard.process import current_process

        return current_process().name
    except Exception:
        return "pid %d" % os.getpid()


def tune_socket():
    """A machine that vanishes says no goodbye: without keep-alive, the task would wait for it for ever."""
    for level, name, value in (
        (socket.IPPROTO_TCP, "TCP_NODELAY", 1),
        (socket.SOL_SOCKET, "SO_KEEPALIVE", 1),
        (socket.IPPROTO_TCP, "TCP_KEEPIDLE", 15),
        (socket.IPPROTO_TCP, "TCP_KEEPINTVL", 5),
        (socket.IPPROTO_TCP, "TCP_KEEPCNT", 4),
        (socket.IPPROTO_TCP, "TCP_USER_TIMEOUT", 35000),
    ):
        try:
            client.setsockopt(level, getattr(socket, name), value)
        except (AttributeError, OSError):
            pass


def install():
    tune_socket()
    debugger.stdin, debugger.stdout = ear, mouth
    debugger.prompt = ""
    debugger.do_celeriac = command
    debugger.do_EOF = leave
    debugger.preloop = stopped
    debugger.message = debugger.print_stack_entry = lambda *_, **__: None
    debugger.user_exception = note_exception
    debugger.dispatch_call = watched(debugger.dispatch_call)
    debugger.dispatch_line = watched(debugger.dispatch_line)
    version = "%d.%d.%d" % sys.version_info[:3]
    send({"event": "ready", "python": version, "pid": os.getpid(), "process": process_name(), "task": current_task()})
    stopped()


install()
