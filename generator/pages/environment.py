"""A folder of Jinja2 templates → text, autoescaped, where every fault names the template's file and line.

Reference: https://jinja.palletsprojects.com/en/stable/api/
"""

import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import jinja2
from markupsafe import Markup

from generator import dates, links
from generator.errors import TemplateError
from generator.languages import language
from generator.pages.charts import bars, sparkline
from generator.pages.citing import coins, json_ld
from generator.pages.wording import (
    counted,
    has_gap,
    has_page,
    headlines,
    name_in,
    percent,
    reading_time,
    unbroken_day,
    week_span,
    words_in,
)
from generator.paper_links import paper_links, title_link
from generator.text import markup, readable
from generator.urls import safe_url

_FAULTS = (jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a mistake in a template can raise while it renders."""


def _lang(text: str) -> Markup:
    """` lang="ja"` for text whose script tells its language, else English: no text changes which attributes there are.

    `dir="auto"` sees to the direction.
    """
    return Markup(' lang="{}"').format(language(text) or "en")


_FILTERS: Mapping[str, Callable[..., object]] = MappingProxyType(
    {
        "coins": coins,
        "counted": counted,
        "headlines": headlines,
        "instant": dates.format_instant,
        "json_ld": json_ld,
        "lang": _lang,
        "long_day": unbroken_day,
        "markup": markup,
        "month_name": dates.month_name,
        "name_in": name_in,
        "percent": percent,
        "paper_links": paper_links,
        "readable": readable,
        "reading_time": reading_time,
        "safe_url": safe_url,
        "short_weekday": dates.short_weekday,
        "title_link": title_link,
        "week_span": week_span,
        "words_in": words_in,
    }
)
_GLOBALS: Mapping[str, object] = MappingProxyType(
    {
        "ARCHIVE": links.ARCHIVE,
        "CURATORS": links.CURATORS,
        "HOME": links.HOME,
        "SAVED": links.SAVED,
        "SEARCH": links.SEARCH,
        "STATS": links.STATS,
        "TOPICS": links.TOPICS,
        "bars": bars,
        "curator_path": links.curator_path,
        "day_path": links.day_path,
        "has_page": has_page,
        "month_path": links.month_path,
        "paper_path": links.paper_path,
        "sparkline": sparkline,
        "topic_month_path": links.topic_month_path,
        "topic_path": links.topic_path,
        "week_path": links.week_path,
        "year_path": links.year_path,
    }
)


class Templates:
    """All templates of one folder, compiled, each with `values` at hand.

    TemplateError at once when the folder is missing, or a template has bad syntax.
    """

    def __init__(self, folder: Path, values: Mapping[str, object]) -> None:
        self._folder = folder
        if not folder.is_dir():
            raise TemplateError(f"{folder}: there is no such folder. Restore it from git, or from the project")
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folder),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(_FILTERS)
        self._environment.globals.update(_GLOBALS)
        self._environment.globals.update(values)
        self._environment.tests["has_gap"] = has_gap
        for name in self._environment.list_templates(extensions=["j2"]):
            self._compile(name)

    def render(self, name: str, values: Mapping[str, object]) -> str:
        """The text that template `name` makes of `values`; TemplateError with file, line and cause."""
        template = self._compile(name)
        try:
            return template.render(values)
        except _FAULTS as error:
            raise self._located(error, name) from error

    def _compile(self, name: str) -> jinja2.Template:
        try:
            return self._environment.get_template(name)
        except jinja2.TemplateSyntaxError as error:
            raise self.error(error.filename or name, error.lineno, error.message or "is not valid Jinja2") from error
        except jinja2.TemplateNotFound as error:
            raise self.error(name, None, "is missing") from error

    def _located(self, error: Exception, name: str) -> TemplateError:
        frames = [
            frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).parent == self._folder
        ]
        if not frames:
            return self.error(name, None, f"{type(error).__name__}: {error}")
        return self.error(frames[-1].filename, frames[-1].lineno, str(error) or type(error).__name__)

    def error(self, file: str, line: int | None, cause: str) -> TemplateError:
        """What to raise about a template."""
        where = self._folder / Path(file).name
        place = f"{where}:{line}" if line else str(where)
        return TemplateError(f"{place}: {cause}. Mend the template, or restore it from the project")
