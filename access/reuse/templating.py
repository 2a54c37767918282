"""Where open data's XML is written: Jinja2 templates that escape everything and know no undefined word."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from access.reuse.dates import datestamp


@cache
def templates() -> Environment:
    """Give the templates; everything that is not `Markup` is escaped."""
    environment = Environment(
        loader=PackageLoader("access.reuse"), autoescape=True, undefined=StrictUndefined, auto_reload=False
    )
    environment.filters["datestamp"] = datestamp
    return environment
