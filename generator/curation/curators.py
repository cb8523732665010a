"""`content/curators.yml` → the people who may be credited."""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from generator.curation.findings import Finding, FindingError
from generator.curation.strict_yaml import Entry, read_file, read_mapping
from generator.model import Curator, Problem
from generator.text import clean
from generator.urls import safe_url

GITHUB = "github:"
_NAME = "curators.yml"
_EXAMPLE = "Write ada: {name: Ada Lovelace, link: https://…}"
_HANDLE = re.compile(r"[a-z0-9][a-z0-9_-]{0,38}", re.ASCII)
_LOGIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?", re.ASCII)
_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])", re.ASCII)
_KEYS = ("name", "link", "orcid", "bio", "github")
_LONGEST_NAME, _LONGEST_BIO = 100, 300


@dataclass(frozen=True, slots=True)
class Curators:
    """People by handle; `findings` are what is wrong with the file, `unusable` those that rule a handle out.

    `broken`: the whole file cannot be used.
    """

    people: Mapping[str, Curator] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    unusable: Mapping[str, Finding] = field(default_factory=dict)
    broken: Finding | None = None

    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong with the file."""
        found = (self.broken,) if self.broken else (*self.findings, *self.unusable.values())
        ordered = sorted(found, key=lambda finding: finding.line or 0)
        return tuple(finding.at(f"content/{_NAME}") for finding in ordered)

    def by_login(self, login: str) -> Curator:
        """Whoever has this GitHub login, listed or not."""
        wanted = login.lower()
        listed = (person for person in self.people.values() if (person.github or "").lower() == wanted)
        return next(listed, Curator(f"{GITHUB}{wanted}", login, f"https://github.com/{login}", github=login))


def is_login(text: str) -> bool:
    """True for what GitHub takes as a login."""
    return _LOGIN.fullmatch(text) is not None


def read_curators(content: Path) -> Curators:
    """No file means nobody is listed."""
    try:
        entries, findings = read_file(content / _NAME, _EXAMPLE)
    except FindingError as error:
        return Curators(broken=error.finding)
    people: dict[str, Curator] = {}
    unusable: dict[str, Finding] = {}
    found = list(findings)
    for handle, entry in entries.items():
        try:
            people[handle] = _person(handle, entry, found)
        except FindingError as error:
            unusable[handle] = error.finding
    found += _shared_logins(people, entries)
    return Curators(people, tuple(found), unusable)


def _person(handle: str, entry: Entry, found: list[Finding]) -> Curator:
    """FindingError when nobody can be credited; what is wrong besides is left out and put into `found`."""
    if not _HANDLE.fullmatch(handle):
        raise FindingError(entry.line, f"{clean(handle)!r} is no handle", "Use small letters, digits, - and _")
    if not isinstance(entry.value, yaml.MappingNode):
        raise FindingError(entry.line, f"curator {handle!r} has no lines of its own", _EXAMPLE)
    fields, findings = read_mapping(entry.value, 1)
    wrong = list(findings)
    given = dict(_known(handle, fields, wrong))
    if not given.get("name"):
        cause = wrong[0] if wrong else Finding(entry.line, f"curator {handle!r} has no name", _EXAMPLE)
        raise FindingError(cause.line, cause.text, cause.hint)
    found += wrong
    return Curator(handle, given.pop("name"), **given)


def _known(handle: str, fields: Mapping[str, Entry], found: list[Finding]) -> Iterator[tuple[str, str]]:
    for key, entry in fields.items():
        value = entry.value
        if key not in _KEYS:
            close = difflib.get_close_matches(key, _KEYS, n=1)
            hint = f"Did you mean {close[0]}?" if close else f"Known keys: {', '.join(_KEYS)}"
            found.append(Finding(entry.line, f"unknown key {clean(key)!r} of curator {handle!r}", hint))
        elif not isinstance(value, str) or (usable := _usable(key, clean(value))) is None:
            found.append(Finding(entry.line, f"{key} of curator {handle!r} cannot be used", _HINTS[key]))
        elif usable:
            yield key, usable


_HINTS = {
    "name": f"Write a name of at most {_LONGEST_NAME} characters",
    "link": "Write an absolute address, such as https://ada.example",
    "orcid": "Write the iD with its hyphens, such as 0000-0002-1825-0097; its last digit is a checksum",
    "bio": f"Write one line of at most {_LONGEST_BIO} characters",
    "github": "Write the login alone, without @ and without address",
}


def _usable(key: str, value: str) -> str | None:
    """The value as pages show it; None when it cannot be used."""
    match key:
        case "link":
            return safe_url(value) if value else ""
        case "orcid":
            found = _ORCID.fullmatch(value)
            return found[1] if found and _has_checksum(found[1]) else None
        case "github":
            return value if is_login(value) else None
        case "bio":
            return value if len(value) <= _LONGEST_BIO else None
        case _:
            return value if len(value) <= _LONGEST_NAME else None


def _has_checksum(orcid: str) -> bool:
    """ISO 7064 MOD 11-2, as https://support.orcid.org/hc/en-us/articles/360006897674 has it."""
    total = 0
    for digit in orcid.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == orcid[-1]


def _shared_logins(people: Mapping[str, Curator], entries: Mapping[str, Entry]) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for handle, person in people.items():
        if person.github and (first := seen.setdefault(person.github.lower(), handle)) != handle:
            text = f"{first!r} and {handle!r} have the same github login"
            yield Finding(entries[handle].line, text, "Delete it from one of the two")
