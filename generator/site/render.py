"""`build/docs` → `build/site`: exactly what `mkdocs build` does with the same settings file, in this process."""

import logging
from collections.abc import Callable
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from generator.errors import SettingsError, TemplateError
from generator.model import Problem


class _Warnings(logging.Handler):
    """MkDocs's warnings as lines for whoever asked for the build."""

    def __init__(self, warn: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self._warn = warn
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1
        self._warn(" ".join(record.getMessage().split()))


def render_site(settings_file: Path, site_dir: Path, warn: Callable[[str], None]) -> int:
    """Render all pages into `site_dir`; how many warnings MkDocs gave.

    SettingsError when MkDocs refuses the settings file, TemplateError when it cannot render a page.
    """
    warnings = _Warnings(warn)
    logger = logging.getLogger("mkdocs")
    logger.addHandler(warnings)
    propagate, logger.propagate = logger.propagate, False
    try:
        config = load_config(str(settings_file), site_dir=str(site_dir))
        build(config)
    except (Abort, MkDocsException) as error:
        raise _ours(error, settings_file) from error
    finally:
        logger.removeHandler(warnings)
        logger.propagate = propagate
    return warnings.count


def _ours(error: SystemExit | MkDocsException, settings_file: Path) -> SettingsError | TemplateError:
    if isinstance(error, Abort):
        return TemplateError(f"mkdocs: {error}. Mend what it names above, and build again")
    problem = Problem(settings_file.name, None, " ".join(str(error).split()), "Mend it as MkDocs says")
    return SettingsError([problem])
