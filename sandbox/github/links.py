"""The Link header of the audit log, in the exact form of recorded answers.

Every parameter of the request is echoed in its place; `after` and `before` are filled in
there, or appended where the request did not have them. There is never a rel="last".
"""

from urllib.parse import quote_plus

Arguments = list[tuple[str, str]]


def with_parameters(arguments: Arguments, **values: str) -> Arguments:
    """Return the arguments with some of them set, in place where they were present."""
    seen = {name for name, _ in arguments}
    changed = [(name, values.get(name, value)) for name, value in arguments]
    return changed + [(name, value) for name, value in values.items() if name not in seen]


def query_text(arguments: Arguments) -> str:
    """Return a query in GitHub's encoding: + for a space, %3D for the padding of a cursor."""
    return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in arguments)


def link(url: str, arguments: Arguments, relation: str) -> str:
    """Return one entry of a Link header."""
    return f'<{url}?{query_text(arguments)}>; rel="{relation}"'


def cursor_links(url: str, arguments: Arguments, after: str, before: str) -> str:
    """Return the Link header of a cursor page; an empty cursor means no such neighbour."""
    links = []
    if after:
        links.append(link(url, with_parameters(arguments, after=after, before=""), "next"))
    if before:
        links.append(link(url, with_parameters(arguments, after="", before=""), "first"))
        links.append(link(url, with_parameters(arguments, after="", before=before), "prev"))
    return ", ".join(links)


def page_links(url: str, arguments: Arguments, page: int, *, more: bool) -> str:
    """Return the Link header of a numbered page (enterprise endpoint and GHES)."""
    links = []
    if more:
        links.append(link(url, with_parameters(arguments, page=str(page + 1)), "next"))
    if page > 1:
        links.append(link(url, with_parameters(arguments, page="1"), "first"))
        links.append(link(url, with_parameters(arguments, page=str(page - 1)), "prev"))
    return ", ".join(links)
