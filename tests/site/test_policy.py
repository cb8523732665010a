"""The content security policy lets Material's own scripts run and nothing else."""

import base64
import hashlib
import re
from pathlib import Path

import material

REPOSITORY = Path(__file__).parents[2]
SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL)
PARTIAL = "partials/javascripts/base.html"
HEADER = "partials/header.html"


def _hashes(html: str) -> set[str]:
    """CSP sources of the scripts that run in place."""
    bodies = [found["body"] for found in SCRIPT.finditer(html) if not re.search(r"src=|json", found["attributes"])]
    return {f"'sha256-{base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()}'" for body in bodies}


def _policy(html: str) -> dict[str, list[str]]:
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    assert found
    return {name: sources for name, *sources in (part.split() for part in found[1].split(";"))}


def test_every_page_allows_exactly_its_own_scripts(built: Path) -> None:
    """One set of hashes fits every depth and the page for wrong addresses; a new Material shows here."""
    for path in sorted(built.rglob("*.html")):
        html = path.read_text(encoding="utf-8")
        assert set(_policy(html)["script-src"]) == {"'self'", *_hashes(html)}, path


def test_policy_allows_nothing_unsafe_and_nobody_else(built: Path) -> None:
    """No inline code without a hash, no other host."""
    policy = _policy((built / "index.html").read_text(encoding="utf-8"))
    assert policy["default-src"] == ["'none'"]
    sources = {source for name, some in policy.items() for source in some if not source.startswith("'sha256-")}
    assert sources == {"'none'", "'self'", "data:"}


def test_our_copy_of_materials_script_is_current() -> None:
    """It differs from Material's in where the base comes from, and in nothing else."""
    theirs = Path(material.__file__).parent.joinpath("templates", PARTIAL).read_text(encoding="utf-8")
    ours = (REPOSITORY / "site_templates/theme" / PARTIAL).read_text(encoding="utf-8")
    expected = SCRIPT.search(
        theirs.replace('"{{ config.extra.scope | d(base_url) }}"', "document.currentScript.dataset.base")
    )
    actual = SCRIPT.search(ours)
    assert expected
    assert actual
    assert actual["body"] == expected["body"]


def test_our_copy_of_materials_header_is_current() -> None:
    """It differs from Material's in the search, and in nothing else."""
    theirs = Path(material.__file__).parent.joinpath("templates", HEADER).read_text(encoding="utf-8")
    ours = (REPOSITORY / "site_templates/theme" / HEADER).read_text(encoding="utf-8")
    without = [
        re.sub(rf" {{4}}{{% if {condition}.*?\n {{4}}{{% endif %}}\n", "", text.split("-#}\n", 1)[1], flags=re.DOTALL)
        for condition, text in (('"material/search"', theirs), ("not page or page.url", ours))
    ]
    assert without[0] == without[1]
    assert "search" not in without[0]


def test_pages_carry_no_trace_of_their_making(built: Path) -> None:
    """No generator notice, no date of the build in the sitemap."""
    assert "generator" not in (built / "index.html").read_text(encoding="utf-8").split("</head>")[0]
    assert "lastmod" not in (built / "sitemap.xml").read_text(encoding="utf-8")
