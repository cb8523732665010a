"""MkDocs as a function from one of our pages to its HTML: settings, theme and navigation are loaded once.

Our pages are one block of finished HTML, which Python-Markdown would parse at great length only to give it back as it
is; so it is handed to MkDocs as what came out of Markdown. Tests hold every page against a plain `mkdocs build`.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jinja2 import TemplateNotFound
from mkdocs.commands.build import build, get_context
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.structure.files import File, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents

from generator.errors import SettingsError, TemplateError
from generator.files import discard
from generator.model import Problem
from generator.settings import read_config, where

_SETTING = re.compile(r"Config value '(?P<key>\w+)': (?P<text>.+)")
"""How MkDocs names the setting that is wrong."""


class PageMaker:
    """MkDocs with the settings in `settings_file` and the docs tree `frame`, which holds what the navigation names.

    SettingsError when MkDocs refuses the settings file.
    """

    def __init__(self, settings_file: Path, frame: Path) -> None:
        self._settings_file = settings_file
        with _heard(settings_file):
            config = _load(settings_file, frame, frame.with_name("unused"))
            config.plugins.on_startup(command="build", dirty=False)
            self._config = config.plugins.on_config(config)
            files = get_files(self._config)
            env = self._config.theme.get_env()
            files.add_files_from_theme(env, self._config)
            self._files = self._config.plugins.on_files(files, config=self._config)
            set_exclusions(self._files, self._config)
            nav = get_navigation(self._files, self._config)
            self._nav = self._config.plugins.on_nav(nav, config=self._config, files=self._files)
            self._env = self._config.plugins.on_env(env, config=self._config, files=self._files)
            self._env.auto_reload = False  # else every page asks the disk about each of the theme's templates
            self._documents = self._files.documentation_pages()
            for file in self._documents:
                if file.page:
                    file.page.read_source(self._config)  # its icon and status show in the navigation of every page

    def render(self, source_uri: str, text: str) -> bytes:
        """The HTML of a Markdown page of ours; TemplateError when the theme fails on it."""
        file = self._files.get_file_from_path(source_uri) or File.generated(self._config, source_uri, content=text)
        file.content_string = text
        page = file.page or Page(None, file, self._config)
        try:
            return self._render(page)
        except Exception as error:  # a theme may raise anything
            raise TemplateError(_fault(f"{source_uri}: {error}")) from error
        finally:
            page.active = False

    def _render(self, page: Page) -> bytes:
        config, plugins = self._config, self._config.plugins
        page = plugins.on_pre_page(page, config=config, files=self._files)
        page.read_source(config)
        page.markdown = plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=self._files)
        page.content = (page.markdown or "").strip("\n")
        page.toc = TableOfContents([])
        page.content = plugins.on_page_content(page.content, page=page, config=config, files=self._files)
        page.active = True
        context = get_context(self._nav, self._documents, config, page)
        template = self._env.get_template(str(page.meta.get("template", "main.html")))
        context = plugins.on_page_context(context, page=page, config=config, nav=self._nav)
        output = plugins.on_post_page(template.render(context), page=page, config=config)
        html: bytes = output.encode("utf-8", "xmlcharrefreplace")
        return html


def mkdocs_build(settings_file: Path, docs: Path, output: Path) -> list[str]:
    """`mkdocs build` of a docs tree into a folder that is made anew; its warnings."""
    discard(output)  # MkDocs empties a folder, and fails at a link that leads nowhere
    with _heard(settings_file) as warnings:
        build(_load(settings_file, docs, output))
    return warnings


def _load(settings_file: Path, docs: Path, site: Path) -> MkDocsConfig:
    return load_config(str(settings_file), docs_dir=str(docs), site_dir=str(site))


class _Messages(logging.Handler):
    """Keeps what MkDocs says, one line each."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.warnings: list[str] = []
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        lines = self.errors if record.levelno >= logging.ERROR else self.warnings
        lines.append(" ".join(record.getMessage().split()))


@contextmanager
def _heard(settings_file: Path) -> Iterator[list[str]]:
    """Collect MkDocs's warnings, one line each; what stops it becomes an error of ours, with what it said before."""
    handler = _Messages()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    propagate, logger.propagate = logger.propagate, False
    try:
        yield handler.warnings
    except Abort as error:
        said = handler.errors or handler.warnings or [str(error)]
        raise SettingsError([_problem(settings_file, line) for line in said]) from error
    except MkDocsException as error:
        raise SettingsError([_problem(settings_file, " ".join(str(error).split()))]) from error
    except Exception as error:  # a theme, a plugin or a hook may raise anything
        if isinstance(error, OSError) and not isinstance(error, TemplateNotFound):
            raise
        causes = "; ".join(handler.errors) or f"{type(error).__name__}: {error}"
        raise TemplateError(_fault(causes)) from error
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate


def _problem(settings_file: Path, line: str) -> Problem:
    """A line of MkDocs → the same at its place; what it says of a setting starts with the setting's name."""
    named = _SETTING.fullmatch(line)
    keys, text = ((named["key"],), f"{named['key']}: {named['text']}") if named else ((), line)
    file, number = where(keys, read_config(settings_file)[1])
    return Problem(file, number, text.rstrip(".!"), "Mend or remove what it names")


def _fault(cause: str) -> str:
    return f"mkdocs: {' '.join(cause.split()).rstrip('.')}. Mend the theme, plugin or hook, or restore it"
