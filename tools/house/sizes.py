"""The size budget of STYLE: a file that explains one thing, a function one can hold in the head, a view that only translates."""

import ast
from collections.abc import Iterator

from tools.house.findings import Finding, Source

FILE_LINES = 500
FUNCTION_LINES = 60
VIEW_LINES = 25


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """One for `def`, however long its signature, and the body without its docstring: explaining must cost nothing."""
    body = function.body[1:] if ast.get_docstring(function, clean=False) is not None else function.body
    return 1 + (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 1


def is_view(source: Source, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """A function of a `views` file whose first argument is the request."""
    names = [argument.arg for argument in function.args.args if argument.arg != "self"]
    return source.path.startswith("ocop/web/") and source.kind == "views" and names[:1] == ["request"]


def check_sizes(files: list[Source]) -> Iterator[Finding]:
    """Files over 500 lines, functions over 60, views over 25."""
    for source in files:
        lines = source.text.count("\n")
        if lines > FILE_LINES:
            yield Finding(source.path, 1, f"has {lines} lines; split it by what it holds (at most {FILE_LINES})")
        for function in source.functions():
            length = lines_of(function)
            if length > FUNCTION_LINES:
                yield source.finding(function, f"{function.name}() has {length} lines (at most {FUNCTION_LINES})")
            elif length > VIEW_LINES and is_view(source, function):
                yield source.finding(function, f"the view {function.name}() has {length} lines (at most {VIEW_LINES})")
