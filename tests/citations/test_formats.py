"""Each format says of a paper what its readers look for."""

import json
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qsl

import pytest

from generator.citations import Reference, bibtex, coins, csl_json, highwire, json_ld, reference, references, ris
from generator.model import Paper, RankedPaper

DAY = date(2025, 10, 1)
ENGINE = Paper(
    "arxiv:2509.12345",
    "Notes on the GPT engine",
    authors=("Ada Lovelace", "Laurens van der Maaten", "Qwen Team"),
    categories=("cs.CL", "cs.LG"),
    links={"pdf": "https://arxiv.org/pdf/2509.12345", "doi": "https://doi.org/10.1000/182"},
    submitted=datetime(2025, 9, 29, tzinfo=UTC),
)


def cite(paper: Paper = ENGINE) -> Reference:
    return reference(paper, "2509.12345", DAY)


def titled(title: str, **fields: Any) -> Reference:
    return cite(Paper(**({"id": "arxiv:2509.12345", "title": title} | fields)))


def test_bibtex_is_as_arxiv_writes_it() -> None:
    """An entry with eprint, and capitals that stay."""
    assert bibtex([cite()]) == (
        "@misc{lovelace2025notes,\n"
        "  title = {Notes on the {GPT} engine},\n"
        "  author = {Lovelace, Ada and van der Maaten, Laurens and {Qwen Team}},\n"
        "  year = {2025},\n"
        "  eprint = {2509.12345},\n"
        "  archiveprefix = {arXiv},\n"
        "  primaryclass = {cs.CL},\n"
        "  doi = {10.1000/182},\n"
        "  url = {https://arxiv.org/abs/2509.12345}\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("A Study of Gaussian Processes", "A Study of Gaussian Processes"),
        ("A study of Gaussian processes", "A study of {Gaussian} processes"),
        ("LoRA: Low-rank adaptation", "{LoRA}: Low-rank adaptation"),
        ("(iPhone), a GPT-4 test", "({iPhone}), a {GPT-4} test"),
        ("A Look at Vitamin C and Qwen3", "A Look at Vitamin {C} and {Qwen3}"),
        ("$5 & 10% of C_1 #2", r"\$5 \& 10\% of {C\_1} \#2"),
        ("X^{2} and ~/home", r"{X{\textasciicircum}\{2\}} and {\textasciitilde}/home"),
        ("One } too many", r"One {\textbraceright} too many"),
        ("Rates of $O(n^{2})$ for R\\'enyi", "Rates of $O(n^{2})$ for Rényi"),
        ("More -- Less", "More – Less"),
        ("Less with --more", "Less with -{}-more"),
        ("犬の紙", "犬の紙"),
    ],
)
def test_titles_in_bibtex(title: str, shown: str) -> None:
    """Text stays Unicode, formulas stay formulas, the rest is escaped."""
    assert f"  title = {{{shown}}}" in bibtex([titled(title)])


def test_a_formula_that_would_end_the_field_is_text() -> None:
    """A brace without its other closes nothing."""
    assert r"\$x\_{\textbraceleft}\$" in bibtex([titled(r"On $x_{$ alone")])


def test_ris_lines_end_in_cr_lf() -> None:
    """Tags in the order in which readers expect them: TY first, ER last."""
    assert ris([cite()]).split("\r\n") == [
        "TY  - UNPB",
        "ID  - lovelace2025notes",
        "TI  - Notes on the GPT engine",
        "AU  - Lovelace, Ada",
        "AU  - van der Maaten, Laurens",
        "AU  - Qwen Team",
        "PY  - 2025",
        "DA  - 2025/09/29/",
        "PB  - arXiv",
        "AN  - arXiv:2509.12345",
        "DO  - 10.1000/182",
        "UR  - https://arxiv.org/abs/2509.12345",
        "ER  - ",
        "",
    ]


def test_csl_json_parts_names() -> None:
    """Particles apart, groups literal."""
    (item,) = json.loads(csl_json([cite()]))
    assert item == {
        "id": "lovelace2025notes",
        "type": "article",
        "title": "Notes on the GPT engine",
        "author": [
            {"family": "Lovelace", "given": "Ada"},
            {"family": "Maaten", "given": "Laurens", "non-dropping-particle": "van der"},
            {"literal": "Qwen Team"},
        ],
        "issued": {"date-parts": [[2025, 9, 29]]},
        "publisher": "arXiv",
        "number": "arXiv:2509.12345",
        "DOI": "10.1000/182",
        "URL": "https://arxiv.org/abs/2509.12345",
        "custom": {"anchor": "2509.12345"},
    }


def test_coins_let_zotero_tell_family_names_and_groups() -> None:
    """A comma parts a name; at its end it says that there are no parts."""
    pairs = parse_qsl(coins(cite()))
    assert pairs == [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", "preprint"),
        ("rft.title", "Notes on the GPT engine"),
        ("rft.creator", "Lovelace, Ada"),
        ("rft.creator", "van der Maaten, Laurens"),
        ("rft.creator", "Qwen Team,"),
        ("rft.date", "2025-09-29"),
        ("rft_id", "info:doi/10.1000/182"),
        ("rft_id", "https://arxiv.org/abs/2509.12345"),
    ]


def test_highwire_tags_name_authors_in_order() -> None:
    """One tag an author."""
    assert highwire(ENGINE, cite()) == (
        ("citation_title", "Notes on the GPT engine"),
        ("citation_author", "Lovelace, Ada"),
        ("citation_author", "van der Maaten, Laurens"),
        ("citation_author", "Qwen Team"),
        ("citation_publication_date", "2025/09/29"),
        ("citation_arxiv_id", "2509.12345"),
        ("citation_doi", "10.1000/182"),
        ("citation_pdf_url", "https://arxiv.org/pdf/2509.12345"),
        ("citation_abstract_html_url", "https://arxiv.org/abs/2509.12345"),
    )


def test_json_ld_is_a_collection_of_articles() -> None:
    """Each with its place on the page."""
    page = json.loads(json_ld("A day", "2025-10-01", [cite()]))
    assert (page["@type"], page["datePublished"]) == ("CollectionPage", "2025-10-01")
    assert [part["@type"] for part in page["hasPart"]] == ["ScholarlyArticle"]
    assert page["hasPart"][0]["@id"] == "#2509.12345"


def test_old_ids_keep_their_group() -> None:
    """As arXiv itself cites them."""
    old = cite(Paper("arxiv:hep-th/9901001", "Strings", announced=date(1999, 1, 4)))
    assert "eprint = {hep-th/9901001}" in bibtex([old])
    assert "year = {1999}" in bibtex([old])
    assert "url = {https://arxiv.org/abs/hep-th/9901001}" in bibtex([old])


def test_papers_without_an_id_of_arxiv_are_cited_by_what_they_have() -> None:
    """A DOI, or a web page; braces in a DOI end no field."""
    by_doi = cite(Paper("doi:10.1000/a{b", "By DOI"))
    assert "doi = {10.1000/a%7Bb}" in bibtex([by_doi])
    assert ris([by_doi]).startswith("TY  - JOUR")
    by_page = cite(Paper("url:0123456789abcdef", "A page", links={"page": "https://blog.example/1"}))
    assert "url = {https://blog.example/1}" in bibtex([by_page])
    assert ris([by_page]).startswith("TY  - ELEC")


@pytest.mark.parametrize(
    ("author", "title", "key"),
    [
        ("Hal Daumé III", "The É-test of it", "daume2025e"),
        ("Mihaela van der Schaar", "On time", "schaar2025time"),
        ("山田太郎", "犬の紙", "anonymous2025"),
        ("Qwen Team", "Qwen3", "qwenteam2025qwen3"),
    ],
)
def test_keys_are_plain(author: str, title: str, key: str) -> None:
    """ASCII letters and digits: the family's name, the year, the first word that says something."""
    assert titled(title, authors=(author,)).key == key


def test_papers_with_the_same_key_get_letters_whatever_their_order() -> None:
    """More votes for one of them change no key."""
    papers = [Paper(f"arxiv:2509.0000{number}", "Notes", authors=("Ada Lovelace",)) for number in range(3)]
    ranked = [RankedPaper(paper, paper.id, (), (), (), (), 1.0, ()) for paper in papers]
    assert [one.key for one in references(ranked, DAY)] == [f"lovelace2025notes{letter}" for letter in ("", "a", "b")]
    assert {(one.anchor, one.key) for one in references(ranked, DAY)} == {
        (one.anchor, one.key) for one in references(ranked[::-1], DAY)
    }
