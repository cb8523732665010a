"""HTML of a feed → the text that a reader would see."""

import pytest

from generator.sources.markup import html_to_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One&nbsp;<b>bold</b>  word.</p><p>Two<br>lines.</p>", "One bold word.\n\nTwo\nlines."),
        ("a\nline <!-- not > this --> goes\non", "a line goes on"),
        ("&lt;b&gt; &amp;amp; &#8217; &#x41; &bogus;", "<b> &amp; \N{RIGHT SINGLE QUOTATION MARK} A &bogus;"),
        ("safe<iframe src='x'/> and <title>no</title>sound<svg><title>a</title></svg>", "safe and sound"),
        ("<script>if (a < b) document.write('<p>no</p>')</script>yes<STYLE>p</p>{}</style >!", "yes!"),
        ("<a title='x > y' href=z>link</a> <![CDATA[no]]>end</>.", "link end."),
        ("one<p/>two<hr/>three", "one\n\ntwo\n\nthree"),
        ("n < 5, p<q and no more", "n < 5, p<q and no more"),
        ("cut off <a href='https://exa", "cut off <a href='https://exa"),
        ("cut off <!-- in a comment", "cut off <!-- in a comment"),
        ("cut off <script>in a script", "cut off in a script"),
        ("the <object> relation and <title> pages; more.", "the relation and pages; more."),
        ("an <object> and <script>no</script><svg>no<title>no</svg>no <b>other</title>", "an and no other"),
        (f"&#{'9' * 5000};", "\N{REPLACEMENT CHARACTER};"),
    ],
)
def test_html_becomes_what_a_reader_would_see(html: str, text: str) -> None:
    """Blocks end lines, scripts and comments leave nothing; what never closes is text, so that no word is lost."""
    assert html_to_text(html) == text
