"""Contributors' Markdown → HTML that is safe to insert."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.curation.rendering import render_note
from generator.mathml import ELEMENTS

CASES = {
    "emphasis": ("Read *this*", "<p>Read <em>this</em></p>"),
    "link": ("[x](https://example.org)", '<p><a href="https://example.org" rel="nofollow ugc noopener">x</a></p>'),
    "http link": ("[x](http://example.org)", '<p><a rel="nofollow ugc noopener">x</a></p>'),
    "relative link": ("[x](../../admin)", '<p><a rel="nofollow ugc noopener">x</a></p>'),
    "protocol-relative": ("[x](//evil.example)", '<p><a rel="nofollow ugc noopener">x</a></p>'),
    "raw HTML": ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
    "heading": ("# Big", "<h4>Big</h4>"),
    "tab in code": ("    a\tb", "<pre><code>a&#9;b&#10;</code></pre>"),
    "formula": (
        "Costs $5 or $x_1^2$",
        "<p>Costs $5 or <math><msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup></math></p>",
    ),
    "formula in code": ("`$x$`", "<p><code>$x$</code></p>"),
    "formula that is none": (r"$\foo$", r'<p><code class="tex">$\foo$</code></p>'),
    "picture": (
        "![a](https://a.example/b.png)",
        '<p><a href="https://a.example/b.png" rel="nofollow ugc noopener">a</a></p>',
    ),
    "marks of critics": ("{++x++}", "<p>&#123;++x++}</p>"),
    "code": ("```\na\n\nb\n```", "<pre><code>a&#10;&#10;b&#10;</code></pre>"),
}


@pytest.mark.parametrize(("body", "expected"), CASES.values(), ids=CASES)
def test_commonmark_comes_out_clean(body, expected):
    """A few elements, https links only, headings below the paper's own."""
    assert render_note(body).html == expected


def test_images_stay_out():
    """No request leaves the page for a note."""
    assert "<img" not in render_note("![x](https://evil.example/pixel.png)").html


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.attributes |= {f"{tag} {name}" for name, _ in attrs}


@given(st.text(alphabet=st.sampled_from(list("<>\"'`*_[]()#-+=|~&;:/\\ \n\tahrefjs:onclick!$1")), max_size=200))
def test_any_body_is_one_line_with_allowed_attributes_only(body):
    """No line end, no blank line, nothing that runs."""
    html = render_note(body).html
    assert not re.search(r"[\n\r\x02\x03]", html)
    parser = _Elements()
    parser.feed(html)
    formulas = {f"{tag} {name}" for tag, names in ELEMENTS.items() for name in names}
    assert parser.attributes <= {"a href", "a rel", "ol start", "code class", *formulas}
