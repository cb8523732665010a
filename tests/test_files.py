"""Folders compared, file by file."""

from pathlib import Path

from generator.files import differing


def test_what_differs_between_two_folders_is_named(tmp_path: Path):
    """One byte, or one file or link more on either side."""
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        (folder / "2025").mkdir(parents=True)
        (folder / "2025" / "index.html").write_text("same")
    assert differing(one, other) == []
    (other / "2025" / "index.html").write_text("s4me")
    (one / "more.html").write_text("")
    (one / "linked.html").symlink_to("more.html")
    (other / "linked.html").write_text("")
    assert differing(one, other) == differing(other, one) == ["2025/index.html", "linked.html", "more.html"]
