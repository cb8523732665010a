"""The settings an owner may write under `extra.broadsheet`, as one readable table of pydantic models.

Unknown keys are errors; every option has a default that works.
"""

import re
import unicodedata
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, FiniteFloat, TypeAdapter, model_validator

from generator.model import COMMUNITY, Topic

SOURCE_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}", re.ASCII)


def _web_address(text: str) -> str:
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        usable = False
    if not usable or any(character.isspace() for character in text):
        raise ValueError(f"{text!r} is not a web address; write one like https://example.org")
    return text


def _base_address(text: str) -> str:
    return _web_address(text).rstrip("/")


def _source_name(name: str) -> str:
    if not SOURCE_NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no source name; use small letters, digits, - and _")
    if name == COMMUNITY:
        raise ValueError(f"{name!r} is the name of the papers that only notes name; give the source another name")
    return name


def _timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError) as error:
        raise ValueError(f"{name!r} is not a time zone; write one like UTC or Europe/Berlin") from error
    return name


def _mail_address(text: str) -> str:
    if not re.fullmatch(r"[^\s@<>?&%\"]+@[^\s@<>?&%\"]+", text):
        raise ValueError(f"{text!r} is no mail address; write one like notes@example.org")
    return text


def _contact(text: str) -> str:
    if not re.fullmatch(r"mailto:[^\s@]+@[^\s@]+|https?://\S+", text):
        raise ValueError(f"{text!r} is no contact; write mailto:you@example.org or an https address")
    return text


WebAddress = Annotated[str, AfterValidator(_web_address)]
BaseAddress = Annotated[str, AfterValidator(_base_address)]
Phrase = Annotated[str, Field(min_length=1, pattern=r"\S")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, values: object) -> object:
        """A known key with nothing behind it counts as left out."""
        if not isinstance(values, dict):
            return values
        return {key: value for key, value in values.items() if value is not None or key not in cls.model_fields}


class HuggingFaceSource(_Strict):
    """Hugging Face's daily papers; `url` is another scheme and host for the same paths."""

    type: Literal["huggingface"]
    url: BaseAddress = "https://huggingface.co"


class ArxivSource(_Strict):
    """arXiv by categories; with `only_topics`, papers that match no topic stay out of digests.

    `query` narrows the categories down; alone it would not do, since arXiv announces by category. It is written in the
    API's search syntax: https://info.arxiv.org/help/api/user-manual.html#query_details
    """

    type: Literal["arxiv"]
    categories: tuple[Phrase, ...] = ()
    query: Phrase | None = None
    cross_list: bool = True
    only_topics: bool = False
    api_url: BaseAddress = "https://export.arxiv.org"
    rss_url: BaseAddress = "https://rss.arxiv.org"
    listing_url: BaseAddress = "https://arxiv.org"

    @model_validator(mode="after")
    def _names_papers(self) -> Self:
        if not self.categories:
            raise ValueError("an arXiv source needs categories; write categories: [cs.LG]")
        return self


class FeedSource(_Strict):
    """Any RSS, RDF, Atom or JSON feed."""

    type: Literal["feed"]
    url: WebAddress


SourceSettings = Annotated[HuggingFaceSource | ArxivSource | FeedSource, Field(discriminator="type")]


class FetchSettings(_Strict):
    """How often days are asked for again, when an unfinished day turns CI red, and whom an upstream may write to."""

    refresh_days: int = Field(default=7, ge=1, le=90)
    grace_days: int = Field(default=3, ge=0, le=90)
    contact: Annotated[str, AfterValidator(_contact)] | None = None


class RankingWeights(_Strict):
    """The weight of each feature of the score, and the half-life of trending in days."""

    pick: FiniteFloat = 5
    note: FiniteFloat = 2
    votes: FiniteFloat = 1
    comments: FiniteFloat = 0.3
    stars: FiniteFloat = 0.3
    topic: FiniteFloat = 1
    sources: FiniteFloat = 0.5
    half_life_days: FiniteFloat = Field(default=3, gt=0)


class SearchSettings(_Strict):
    """Whether papers are found by meaning, too, and the folder of the model's weights, counted from mkdocs.yml's."""

    meaning: bool = True
    weights: Phrase | None = None


class CommunitySettings(_Strict):
    """Where papers are looked up that a note names and no source listed.

    `api_url` is arXiv's API, by default that of the first arXiv source; `doi_url` resolves DOIs.
    """

    api_url: BaseAddress | None = None
    doi_url: BaseAddress = "https://doi.org"


class ContributingSettings(_Strict):
    """How readers send notes: to the repository at `repo_url`, on which forge and branch, and by mail to whom.

    `notes_a_week` is what one person is asked not to exceed; the check of pull requests says so and stops nobody.
    """

    forge: Literal["github", "gitlab", "gitea"] = "github"
    branch: Phrase = "main"
    email: Annotated[str, AfterValidator(_mail_address)] | None = None
    notes_a_week: int | None = Field(default=None, ge=1)


class TopicSettings(_Strict):
    """A subject and its rules: each rule that is given must hold (`generator.topics`)."""

    name: Phrase
    slug: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")] | None = None
    any: tuple[Phrase, ...] = ()
    all: tuple[Phrase, ...] = ()
    none: tuple[Phrase, ...] = ()
    categories: tuple[Phrase, ...] = ()
    authors: tuple[Phrase, ...] = ()

    @model_validator(mode="after")
    def _has_rules(self) -> Self:
        if not (self.any or self.all or self.categories or self.authors):
            raise ValueError("matches nothing; give it any, all, categories or authors")
        if self.slug == "index" or (self.slug is None and slugify(self.name) in ("", "index")):
            raise ValueError("has no usable address; give it a slug like slug: robots")
        return self

    def topic(self) -> Topic:
        """The topic with its address decided."""
        rules = self.model_dump(exclude={"slug"})
        return Topic(slug=self.slug or slugify(self.name), **rules)


class KeywordFilters(_Strict):
    """One entry of the arxiv-daily family's `keywords:` form."""

    filters: tuple[Phrase, ...] = Field(min_length=1)


class BroadsheetSettings(_Strict):
    """Everything under `extra.broadsheet`; `machine_summaries`: whether summaries show that a machine wrote."""

    timezone: Annotated[str, AfterValidator(_timezone)] = "UTC"
    sources: dict[Annotated[str, AfterValidator(_source_name)], SourceSettings] = {}
    fetch: FetchSettings = FetchSettings()
    topics: tuple[TopicSettings, ...] = ()
    keywords: dict[Phrase, KeywordFilters] = {}
    ranking: RankingWeights = RankingWeights()
    machine_summaries: bool = True
    search: SearchSettings = SearchSettings()
    community: CommunitySettings = CommunitySettings()
    contributing: ContributingSettings = ContributingSettings()


def slugify(name: str) -> str:
    """`Graph neural networks` → `graph-neural-networks`; ASCII only, so that addresses survive every host."""
    decomposed = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return "-".join(re.findall(r"[a-z0-9]+", decomposed))


def settings_json_schema() -> dict[str, Any]:
    """JSON Schema of mkdocs.yml for editors: what stands under `extra.broadsheet` is checked, all else is MkDocs's."""
    section = TypeAdapter(BroadsheetSettings).json_schema()
    definitions = section.pop("$defs")
    extra = {"type": "object", "properties": {"broadsheet": section}}
    return {
        "title": "mkdocs.yml of a Broadsheet digest",
        "type": "object",
        "properties": {"extra": extra},
        "$defs": definitions,
    }
