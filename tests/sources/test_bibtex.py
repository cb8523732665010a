r"""BibTeX files as reference managers write them: papers with TeX as it came, and a line for each bad entry."""

import pytest

from generator.identifiers import title_id, url_id
from generator.model import Paper
from generator.sources.bibtex import parse_bibtex


def parse_one(text: str) -> Paper:
    (paper,), problems = parse_bibtex(text, "list.bib")
    assert problems == ()
    return paper


def test_an_arxiv_entry_becomes_a_paper() -> None:
    """Id, version, category, names in order and links come from the entry; the year invents no day."""
    entry = r"""@misc{byron2025,
      title = {A {BERT} for
               the Engine},
      author = {Byron, Ada and {The Rock and Roll Group} and van Beethoven, Ludwig and others},
      eprint = {2509.12345v2}, archivePrefix = {arXiv}, primaryClass = {cs.LG}, year = 2025, month = sep
    }"""
    assert parse_one(entry) == Paper(
        id="arxiv:2509.12345",
        title="A BERT for the Engine",
        authors=("Ada Byron", "The Rock and Roll Group", "Ludwig van Beethoven"),
        categories=("cs.LG",),
        links={"abs": "https://arxiv.org/abs/2509.12345", "pdf": "https://arxiv.org/pdf/2509.12345"},
        version=2,
    )


@pytest.mark.parametrize(
    ("fields", "paper_id"),
    [
        ("eprint={2509.12345}", "arxiv:2509.12345"),
        ("url={https://arxiv.org/abs/hep-th/9901001v3}", "arxiv:hep-th/9901001"),
        ("journal={arXiv preprint arXiv:2509.12345}", "arxiv:2509.12345"),
        ("doi={10.48550/arXiv.2509.12345}", "arxiv:2509.12345"),
        ("eprint={2509.12345}, eprinttype={hdl}", title_id("A title")),
        ("doi={https://doi.org/10.1000/182}", "doi:10.1000/182"),
        ("url={https://doi.org/10.1000/182}", "doi:10.1000/182"),
        ("url={https://example.org/a?utm_source=x}", url_id("https://example.org/a")),
        ("url={javascript:alert(1)}", title_id("A title")),
    ],
)
def test_the_best_identifier_wins(fields: str, paper_id: str) -> None:
    """arXiv before DOI before address before title."""
    assert parse_one(f"@article{{a, title={{A title}}, {fields}}}").id == paper_id


def test_only_safe_addresses_become_links() -> None:
    """A DOI is percent-encoded; an address that is not http is dropped."""
    entry = "@article{a, title={A}, doi={10.1000/a<b>}, url={javascript:alert(1)}}"
    assert parse_one(entry).links == {"doi": "https://doi.org/10.1000/a%3Cb%3E"}


@pytest.mark.parametrize(
    ("field", "title"),
    [
        ("{{Deep} and {{deeper}}}", "Deep and deeper"),
        (r"{G{\"o}del, {\O}re and \c{c}}", r"G{\"o}del, {\O}re and \c{c}"),
        (r"{On $x_{i}$ and \href{https://example.org}{{this}}}", r"On $x_{i}$ and \href{https://example.org}{{this}}"),
        (r"{Sets \{x\}}", r"Sets \{x\}"),
        ('"In {quotes}" # " and joined"', "In quotes and joined"),
    ],
)
def test_only_braces_that_protect_capitals_go(field: str, title: str) -> None:
    """TeX that needs its braces keeps them."""
    assert parse_one(f"@article{{a, title={field}}}").title == title


def test_strings_are_filled_in_wherever_they_stand() -> None:
    """An @string below the entry that uses it counts too."""
    assert parse_one('@misc{a, title=t}\n@string{t = "A title"}\n@comment{x}').title == "A title"


def test_a_bad_entry_is_named_and_the_others_are_taken() -> None:
    """An unclosed brace, an unknown macro and a missing title cost one entry each."""
    text = "words\n@misc{a, title={A\n\n@misc{b, title={B}}\n@misc{c, title={C}, journal=jmlr}\n@misc{d, year=2025}\n"
    text += "@misc{e, title={" + "{" * 3_000 + "}}"
    papers, problems = parse_bibtex(text, "list.bib")
    assert [paper.title for paper in papers] == ["B"]
    assert [(problem.line, problem.text) for problem in problems] == [
        (2, "the entry is not valid BibTeX (premature end of file)"),
        (5, "the entry uses 'jmlr', which no @string defines"),
        (6, "the entry 'd' has no title"),
        (7, "the entry is not valid BibTeX (too many nested braces)"),
    ]


def test_strings_that_repeat_strings_cannot_fill_the_memory() -> None:
    """Sixty doublings are refused where they grow too long; the paper below them is taken."""
    doublings = "\n".join(f"@string{{s{n + 1} = s{n} # s{n}}}" for n in range(60))
    papers, problems = parse_bibtex(f'@string{{s0 = "x"}}\n{doublings}\n@misc{{a, title={{A}}}}', "list.bib")
    assert [paper.title for paper in papers] == ["A"]
    assert (problems[0].line, problems[0].text) == (12, "the @string 's11' is longer than 2,000 characters")


def test_what_reference_managers_get_wrong_costs_no_paper() -> None:
    """A field given twice counts once; a name with too many commas stays as it is."""
    paper = parse_one("@article{a, title={A}, title={B}, author={One, Two, Three, Four and Byron, Ada}, }")
    assert (paper.title, paper.authors) == ("A", ("One, Two, Three, Four", "Ada Byron"))


def test_a_file_without_entries_has_no_papers() -> None:
    """Text that is no BibTeX gives nothing."""
    assert parse_bibtex("Dear all,\nplease find attached", "list.bib") == ((), ())
