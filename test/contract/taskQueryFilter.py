"""A plain filter over tasks, written apart from Celeriac's: says for each query which tasks match."""

import json
import re
import sys


def glob(pattern, text):
    parts = (re.escape(part) for part in pattern.lower().split("*"))
    return re.fullmatch(".*".join(parts), text.lower(), re.DOTALL) is not None


def holds(pattern, text):
    if text is None:
        return False
    return glob(pattern, text) if "*" in pattern else pattern.lower() in text.lower()


def name_fits(column, pattern, name):
    if name is None:
        return False
    if glob(pattern, name):
        return True
    if column != "worker" or "@" in pattern or "@" not in name:
        return False
    node, host = name.split("@", 1)
    return glob(pattern, node) or glob(pattern, host)


def compare(sign, value, limit):
    if value is None:
        return False
    return {
        ">": value > limit,
        ">=": value >= limit,
        "<": value < limit,
        "<=": value <= limit,
        "=": value == limit,
    }[sign]


SEARCHED = ("args", "kwargs", "result", "exception", "name", "worker", "queue", "client", "state")


def matches(query, task, now):
    kind = query["kind"]
    if kind == "all":
        return all(matches(part, task, now) for part in query["parts"])
    if kind == "any":
        return any(matches(part, task, now) for part in query["parts"])
    if kind == "not":
        return not matches(query["part"], task, now)
    if kind == "state":
        return any(glob(pattern, task["state"]) for pattern in query["patterns"])
    if kind == "label":
        return any(name_fits(query["column"], each, task[query["column"]]) for each in query["patterns"])
    if kind == "text":
        return holds(query["text"], task[query["column"]])
    if kind == "word":
        return any(holds(query["text"], task[column]) for column in SEARCHED)
    if kind == "id":
        return task["id"].startswith(query["text"])
    if kind == "number":
        return compare(query["sign"], task[query["column"]], query["limit"])
    if kind == "age":
        at = task[query["column"]]
        return at is not None and compare(query["sign"], (now - at) / 1000, query["limit"])
    raise ValueError(kind)


given = json.load(sys.stdin)
json.dump(
    [[task["id"] for task in given["tasks"] if matches(query, task, given["now"])] for query in given["queries"]],
    sys.stdout,
)
