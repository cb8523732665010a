"""Notes that are wrong, each with the line that its author reads.

`NOTE` stands for the good note that each spoils: paper "2509.12345", curator ada, in the file that its name asks for.
"""

WHERE = "content/notes/2025/10/2509.12345-ada.md"
GOOD = '---\npaper: "2509.12345"\ncurator: ada\n---\n\nWhy it matters.\n'
PAPER_HINT = 'Write an arXiv id, a DOI or the permalink of the paper here, as in paper: "2509.12345"'
CURATOR_HINT = "Write your handle from content/curators.yml, or github:<your login>"
KEYS = "Known keys: paper, curator, pick, topics, written_with_ai"
START = ":1: does not start with ---. Begin the file with a line of three hyphens; its first line is"
YAML_HINT = "Write key: value lines; put text with a colon or a # in quotes"
QUOTES = "Put the value in quotes if it is meant word for word"
LINK_HINT = "Write one that begins with https://, or leave the link out"
HTML_HINT = "Write Markdown instead, or put what is meant word for word between `backticks`"
MACHINE = (
    ":6: the words say that a machine wrote this. Add written_with_ai: true, or false if no part of it is a machine's",
)


def with_line(line: str) -> str:
    """The good note with one more line of front matter, its fourth."""
    return GOOD.replace("curator: ada\n", f"curator: ada\n{line}\n")


def with_paper(value: str) -> str:
    """The good note on another paper; `value` is as it is typed."""
    return GOOD.replace('"2509.12345"', value)


def with_curator(value: str) -> str:
    """The good note by somebody else."""
    return GOOD.replace(": ada", f": {value}")


def with_body(body: str) -> str:
    """The good note with other words; they begin at line 6."""
    return GOOD.replace("Why it matters.", body)


BROKEN: dict[str, tuple[str, tuple[str, ...]]] = {
    # The file as a whole.
    "no front matter": ("Why it matters.", (f"{START} “Why it matters.”",)),
    "a fence first": (f"```markdown\n{GOOD}```", (f"{START} “```markdown”",)),
    "empty file": ("", (":1: is empty. Write a note, as content/pages/contribute.md shows it",)),
    "blank line first": (f"\n{GOOD}", (f"{START} empty",)),
    "closed by four hyphens": (
        GOOD.replace("---\n\n", "----\n\n"),
        (":4: the front matter does not end. Close it with a second line of three hyphens",),
    ),
    "never closed": (
        '---\npaper: "2509.12345"\nWords',
        (":1: the front matter does not end. Close it with a second line of three hyphens",),
    ),
    "front matter too long": (
        with_line(f"# {'x' * 5000}"),
        (":1: the front matter is over 4096 bytes. Move the words below the second ---",),
    ),
    "too long": (with_body("x" * 40_000), (": is longer than 32000 bytes. Shorten it",)),
    "body too long": (
        with_body("x " * 11_000),
        (": is longer than 20000 bytes. Shorten it, or link to the long version",),
    ),
    "no words": (with_body(""), (": has no words. Write below the second --- why the paper matters",)),
    "no keys": (
        "---\n---\nWords",
        (f":1: paper is missing. {PAPER_HINT}", f":1: curator is missing. {CURATOR_HINT}"),
    ),
    # YAML's traps.
    "a list": (
        "---\n- a\n---\nx",
        (':2: there are no keys. Write at least paper: "2509.12345" and curator: github:your-login',),
    ),
    "a word": (
        "---\npaper\n---\nx",
        (':2: there are no keys. Write at least paper: "2509.12345" and curator: github:your-login',),
    ),
    "anchor": (with_line("pick: &a true"), (f":4: an anchor (&) is not allowed. {QUOTES}",)),
    "alias": (with_line("pick: *a"), (f":4: an alias (*) is not allowed. {QUOTES}",)),
    "alias bomb": (with_line("topics: &a [x]\npick: [*a, *a]"), (f":4: an anchor (&) is not allowed. {QUOTES}",)),
    "environment": (with_curator("!ENV HOME"), (f":3: a tag (!) is not allowed. {QUOTES}",)),
    "python tag": (
        with_line("pick: !!python/object/apply:os.system [ls]"),
        (f":4: a tag (!) is not allowed. {QUOTES}",),
    ),
    "binary tag": (with_line("pick: !!binary aGk="), (f":4: a tag (!) is not allowed. {QUOTES}",)),
    "directive": (GOOD.replace("---\n", "---\n%TAG ! x\n", 1), (f":2: a directive (%) is not allowed. {QUOTES}",)),
    "merge key": (with_line("<<: {pick: true}"), (":4: merge keys (<<) are not allowed. Write each key yourself",)),
    "key twice": (with_line("curator: bo"), (":4: curator is written twice. Keep one of the two",)),
    "a key that is a list": (with_line("? [a, b]\n: c"), (":4: a key must be a word. Write key: value",)),
    "a mapping in a list": (
        with_line("topics: [{a: b}]"),
        (":4: topics is nested. Write one value, or a list of values",),
    ),
    "lists in lists": (with_line("topics: [[a]]"), (":4: topics is nested. Write one value, or a list of values",)),
    "very deep": (with_line(f"topics: {'[' * 900}"), (":4: is nested more than 4 deep. Write key: value lines",)),
    "tab": (
        with_line("topics:\n\t- graphs"),
        (f":5: is not valid YAML (found character '\\t' that cannot start any token). {YAML_HINT}",),
    ),
    "colon in a value": (
        with_line("pick: true: yes"),
        (f":4: is not valid YAML (mapping values are not allowed here). {YAML_HINT}",),
    ),
    "bracket left open": (
        with_line("topics: [graphs"),
        (f":4: is not valid YAML (expected ',' or ']', but got '<stream end>'). {YAML_HINT}",),
    ),
    "quote left open": (
        with_line('topics: "graphs'),
        (f":4: is not valid YAML (found unexpected end of stream). {YAML_HINT}",),
    ),
    "control character": (
        with_line("pick: \x07true"),
        (":4: holds a character that YAML does not allow (U+0007). Delete it; it is invisible in most editors",),
    ),
    "blank forgotten": (
        with_line("pick:true"),
        (":4: is not valid YAML (could not find expected ':'). Write a blank behind the colon",),
    ),
    "an @ before the login": (
        with_curator("@ada-l"),
        (
            ":3: is not valid YAML (found character '@' that cannot start any token). "
            "Write curator: github: and the login, without @ and without a blank",
        ),
    ),
    "a blank before the login": (
        with_curator("github: ada-l"),
        (":3: is not valid YAML (mapping values are not allowed here). Write no blank behind github:",),
    ),
    "sentences too early": (
        GOOD.replace("---\n\n", "It convinced me at once.\n---\n"),
        (":4: is not valid YAML (could not find expected ':'). Sentences go below the second line of hyphens",),
    ),
    "a second document": (GOOD.replace("curator", "...\ncurator"), (":3: a second YAML document begins. Keep one",)),
    # Keys.
    "paper missing": (GOOD.replace('paper: "2509.12345"\n', ""), (f":1: paper is missing. {PAPER_HINT}",)),
    "paper empty": (with_paper(""), (f":2: paper is empty or no single value. {PAPER_HINT}",)),
    "paper a list": (with_paper("[a, b]"), (f":2: paper is empty or no single value. {PAPER_HINT}",)),
    "paper null": (with_paper("~"), (f":2: '~' names no paper. {PAPER_HINT}",)),
    "paper a title": (with_paper("Attention"), (f":2: 'Attention' names no paper. {PAPER_HINT}",)),
    "paper a number cut short": (with_paper("2509.123"), (f":2: '2509.123' names no paper. {PAPER_HINT}",)),
    "paper in a month that is none": (with_paper('"2513.12345"'), (f":2: '2513.12345' names no paper. {PAPER_HINT}",)),
    "paper a foreign address": (
        with_paper("https://openreview.net/forum?id=x"),
        (f":2: 'https://openreview.net/forum?id=x' names no paper. {PAPER_HINT}",),
    ),
    "curator missing": (GOOD.replace("curator: ada\n", ""), (f":1: curator is missing. {CURATOR_HINT}",)),
    "curator unknown": (
        with_curator("adda"),
        (":3: nobody has the handle 'adda'. Did you mean ada? Or write github:<your login>",),
    ),
    "curator unlike any": (with_curator("xyz"), (f":3: nobody has the handle 'xyz'. {CURATOR_HINT}",)),
    "curator a login with an @": (
        with_curator('"@ada-l"'),
        (":3: nobody has the handle '@ada-l'. Write github:ada-l",),
    ),
    "curator an address": (
        with_curator("https://github.com/ada-l"),
        (":3: nobody has the handle 'https://github.com/ada-l'. Write github:ada-l",),
    ),
    "curator in capitals": (
        with_curator("GitHub:ada-l"),
        (":3: nobody has the handle 'GitHub:ada-l'. Write github:ada-l",),
    ),
    "keys in capitals": (
        GOOD.replace("paper:", "Paper:"),
        (":2: unknown key 'Paper'. Did you mean paper?",),
    ),
    "curly quotes": (with_paper("“2509.12345”"), (":2: '“2509.12345”' names no paper. Write straight quotes: \"",)),
    "curator no login": (with_curator("github:-ada"), (f":3: nobody has the handle 'github:-ada'. {CURATOR_HINT}",)),
    "curator off": (with_curator("off"), (f":3: nobody has the handle 'off'. {CURATOR_HINT}",)),
    "unknown key": (with_line("tags: [a]"), (f":4: unknown key 'tags'. {KEYS}",)),
    "slip in a key": (with_line("topic: [graphs]"), (":4: unknown key 'topic'. Did you mean topics?",)),
    "title is ours": (with_line("title: <script>"), (f":4: unknown key 'title'. {KEYS}",)),
    "pick yes": (
        with_line("pick: yes"),
        (":4: pick must be true or false. Write pick: true or pick: false, or leave the line out",),
    ),
    "pick True": (
        with_line("pick: True"),
        (":4: pick must be true or false. Write pick: true or pick: false, or leave the line out",),
    ),
    "pick a list": (
        with_line("pick: [true]"),
        (":4: pick must be true or false. Write pick: true or pick: false, or leave the line out",),
    ),
    "written_with_ai no": (
        with_line("written_with_ai: no"),
        (
            ":4: written_with_ai must be true or false. "
            "Write written_with_ai: true or written_with_ai: false, or leave the line out",
        ),
    ),
    "topics no list": (with_line("topics: graphs"), (":4: topics must be a list. Write topics: [graphs]",)),
    "topic unknown": (with_line("topics: [agents]"), (":4: unknown topic 'agents'. Topics of this site: graphs",)),
    "slip in a topic": (with_line("topics: [graph]"), (":4: unknown topic 'graph'. Did you mean graphs?",)),
    "two topics unknown": (
        with_line("topics: [agents, robots]"),
        (
            ":4: unknown topic 'agents'. Topics of this site: graphs",
            ":4: unknown topic 'robots'. Topics of this site: graphs",
        ),
    ),
    "all at once": (
        "---\npaper: x\ncurator: adda\npick: yes\ntags: []\n---\n[x](http://a.example)",
        (
            f":2: 'x' names no paper. {PAPER_HINT}",
            ":3: nobody has the handle 'adda'. Did you mean ada? Or write github:<your login>",
            ":4: pick must be true or false. Write pick: true or pick: false, or leave the line out",
            f":5: unknown key 'tags'. {KEYS}",
            f":7: the link to http://a.example is no absolute https address. {LINK_HINT}",
        ),
    ),
    # Words.
    "http link": (
        with_body("See\n[this](http://a.example)."),
        (f":7: the link to http://a.example is no absolute https address. {LINK_HINT}",),
    ),
    "relative link": (with_body("[a](../b)"), (f":6: the link to ../b is no absolute https address. {LINK_HINT}",)),
    "link to nowhere": (with_body("[a]()"), (f":6: the link to nowhere is no absolute https address. {LINK_HINT}",)),
    "protocol-relative link": (
        with_body("[a](//a.example)"),
        (f":6: the link to //a.example is no absolute https address. {LINK_HINT}",),
    ),
    "script link": (
        with_body("[a](javascript:alert(1))"),
        (f":6: the link to javascript:alert(1) is no absolute https address. {LINK_HINT}",),
    ),
    "data link": (
        with_body("[a](data:text/html,x)"),
        (f":6: the link to data:text/html,x is no absolute https address. {LINK_HINT}",),
    ),
    "mail link": (
        with_body("<ada@a.example>"),
        (f":6: the link to mailto:ada@a.example is no absolute https address. {LINK_HINT}",),
    ),
    "user in a link": (
        with_body("[a](https://a@b.example)"),
        (f":6: the link to https://a@b.example is no absolute https address. {LINK_HINT}",),
    ),
    "tracking link": (
        with_body("[a](https://a.example/?utm_source=x&b=1)"),
        (":6: the link https://a.example/?utm_source=x&b=1 tracks its readers. Write https://a.example/?b=1",),
    ),
    "shortener": (
        with_body("[a](https://bit.ly/x)"),
        (":6: the link https://bit.ly/x hides where it leads. Write the address that it leads to",),
    ),
    "too many links": (
        with_body(" ".join(f"[a](https://a.example/{number})" for number in range(51))),
        (":6: has 51 links. Keep the 50 that matter most",),
    ),
    "picture": (
        with_body("![a](https://a.example/a.png)"),
        (":6: pictures are not shown. Take the ! away, and a link to the picture is left",),
    ),
    "raw HTML": (with_body("Very <b>good</b>."), (f":6: raw HTML is shown as it is typed: <b>. {HTML_HINT}",)),
    "script": (
        with_body("One.\n\n<script>alert(1)</script>"),
        (f":8: raw HTML is shown as it is typed: <script>alert(1)</script>. {HTML_HINT}",),
    ),
    "comment": (with_body("<!-- hi -->"), (f":6: raw HTML is shown as it is typed: <!-- hi -->. {HTML_HINT}",)),
    "machine": (with_body("This note was written with the help of ChatGPT."), MACHINE),
    "wide table": (
        with_body("\n".join(("|" + "a|" * 100, "|" + "-|" * 100, *"x" * 10))),
        (":6: has 1100 cells of tables. Keep the 1000 that matter most; a row has as many as its head",),
    ),
    "machine in a later line": (
        with_body("One.\n\n- - -\n\nAI-generated: two."),
        (MACHINE[0].replace(":6:", ":10:"),),
    ),
    "machine says so": (with_body("As an AI language model, I like it."), MACHINE),
}
