"""Where the site's repository is → the addresses by which a reader writes a note, mends one, or suggests a paper.

No forge promises these addresses in its manual as of 2026. GitHub's `filename` and `value`: its support's answer in
https://github.com/isaacs/github/issues/1527. Gitea and Forgejo took over the same two:
https://github.com/go-gitea/gitea/pull/16556. GitLab's `file_name` and `content` are known from a
report of a user only; where a version does not take them, its form opens empty.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import quote, quote_plus

from generator.curation.naming import PLACEHOLDER, note_path, note_template, shown_id
from generator.settings import ContributingSettings, Site
from generator.text import readable
from generator.urls import safe_url

LONGEST = 6_000
"""Characters of an address that browsers, proxies and forges all let through."""
_SHORT_TITLES = (100, 30)
_NAMELESS = "your-name"
"""Who signs a note sent by mail: the owner puts a handle in its place, since whoever mails may have no account."""


@dataclass(frozen=True, slots=True)
class _Forge:
    """A forge's name and its addresses below the repository's; `name` and `value` are parameters of `new`."""

    title: str
    new: str
    edit: str
    name: str
    value: str
    suggest: str


_FORGES: Mapping[str, _Forge] = MappingProxyType(
    {
        "github": _Forge("GitHub", "new", "edit", "filename", "value", "issues/new?template=suggest-a-paper.yml"),
        "gitlab": _Forge("GitLab", "-/new", "-/edit", "file_name", "content", "-/issues/new"),
        "gitea": _Forge("Gitea", "_new", "_edit", "filename", "value", "issues/new"),
    }
)


class Contributing:
    """The addresses of one site; each is None where settings do not say where it would lead.

    Without a safe `repo_url` nothing leads to a forge, without `email` nothing is mailed.
    """

    def __init__(self, site: Site, settings: ContributingSettings) -> None:
        self._repo = (safe_url(site.repo_url or "") or "").rstrip("/").removesuffix(".git")
        self._forge = _FORGES[settings.forge]
        self._branch = quote(settings.branch)
        self._email = quote(settings.email, safe="@") if settings.email else None

    @property
    def forge(self) -> str:
        """The forge's name."""
        return self._forge.title

    @property
    def suggestion(self) -> str | None:
        """Where a reader sends no more than a link."""
        return f"{self._repo}/{self._forge.suggest}" if self._repo else None

    def new_note(self, paper_id: str, title: str, day: date) -> str | None:
        """The forge's page for a new file, filled in with a note on a paper of this digest day."""
        if not self._repo:
            return None
        name = quote_plus(note_path(paper_id, PLACEHOLDER, day), safe="/")
        head = f"{self._repo}/{self._forge.new}/{self._branch}?{self._forge.name}={name}&{self._forge.value}="
        texts = _templates(paper_id, PLACEHOLDER, title)
        return _fitting(head + "%0A".join(map(_in_query, text.split("\n"))) for text in texts)

    def mailed_note(self, paper_id: str, title: str) -> str | None:
        """A message to the owner with a note to fill in (RFC 6068)."""
        if not self._email:
            return None
        head = f"mailto:{self._email}?subject={quote(f'A note on {shown_id(paper_id)}')}&body="
        texts = _templates(paper_id, _NAMELESS, title)
        return _fitting(head + "%0D%0A".join(map(_in_mail, text.split("\n"))) for text in texts)

    def changed_note(self, path: str) -> str | None:
        """The forge's editor for a note that is there."""
        if not self._repo:
            return None
        return f"{self._repo}/{self._forge.edit}/{self._branch}/{quote(path, errors='replace')}"


@lru_cache(maxsize=32)
def _in_query(line: str) -> str:
    """Most lines of a template are those of every other, and there may be a hundred thousand papers."""
    return quote_plus(line, safe="/:")


@lru_cache(maxsize=32)
def _in_mail(line: str) -> str:
    return quote(line, safe="/:")


def _templates(paper_id: str, handle: str, title: str) -> Iterator[str]:
    """Templates that say less and less."""
    words = readable(title)
    yield note_template(paper_id, handle, words)
    for length in _SHORT_TITLES:
        yield note_template(paper_id, handle, words[:length])
    yield note_template(paper_id, handle)
    yield note_template(paper_id, handle, with_rules=False)


def _fitting(addresses: Iterator[str]) -> str:
    """The first that is short enough, else the last."""
    address = ""
    for address in addresses:
        if len(address) <= LONGEST:
            break
    return address
