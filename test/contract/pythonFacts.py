"""What Python itself reads in its files: one line of JSON for each path on stdin, null for what does not compile."""

import ast
import json
import sys
import tokenize


def dotted(node):
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return None if before is None else f"{before}.{node.attr}"
    return None


def names(aliases):
    return [[each.name, each.asname] for each in aliases]


def parameters(args):
    found = args.posonlyargs + args.args + ([args.vararg] if args.vararg else [])
    return [each.arg for each in found + args.kwonlyargs + ([args.kwarg] if args.kwarg else [])]


def fact(node):
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return ["def", node.name, node.lineno, parameters(node.args), len(node.decorator_list)]
    if isinstance(node, ast.ClassDef):
        return ["class", node.name, node.lineno, len(node.bases) + len(node.keywords)]
    if isinstance(node, ast.Call):
        return ["call", dotted(node.func), node.lineno, len(node.args), [each.arg for each in node.keywords]]
    if isinstance(node, ast.Import):
        return ["import", None, node.lineno, names(node.names)]
    if isinstance(node, ast.ImportFrom):
        return ["import", "." * node.level + (node.module or ""), node.lineno, names(node.names)]
    if isinstance(node, ast.Assign):
        return ["assign", len(node.targets), node.lineno]
    if isinstance(node, (ast.With, ast.AsyncWith)):
        return ["with", len(node.items), node.lineno]
    return None


def facts(path):
    try:
        with tokenize.open(path) as file:
            tree = ast.parse(file.read())
    except (SyntaxError, UnicodeError):
        return None
    return [each for each in map(fact, ast.walk(tree)) if each is not None]


for line in sys.stdin:
    print(json.dumps(facts(line.rstrip("\n"))), flush=True)
