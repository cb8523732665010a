"""Names are parted as lists of literature part them, and never lose a word."""

import pytest

from generator.citations.names import Name, split_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ada Lovelace", Name("Lovelace", "Ada")),
        ("J. R. R. Tolkien", Name("Tolkien", "J. R. R.")),
        ("danah boyd", Name("boyd", "danah")),
        ('Grace "Amazing" Hopper', Name("Hopper", 'Grace "Amazing"')),
        ("Laurens van der Maaten", Name("Maaten", "Laurens", "van der")),
        ("Juan de la Cruz", Name("Cruz", "Juan", "de la")),
        ("Rodrigo de Salvo Braz", Name("Salvo Braz", "Rodrigo", "de")),
        ("Luc Van Gool", Name("Van Gool", "Luc")),
        ("Fernando De la Torre", Name("De la Torre", "Fernando")),
        ("JAN VAN DER BERG", Name("VAN DER BERG", "JAN")),
        ("Van Dung Nguyen", Name("Nguyen", "Van Dung")),
        ("Al Gore", Name("Gore", "Al")),
        ("Xu Bin Wang", Name("Wang", "Xu Bin")),
        ("Hal Daumé III", Name("Daumé", "Hal", suffix="III")),
        ("Ronald McClelland Jr.", Name("McClelland", "Ronald", suffix="Jr.")),
        ("Lovelace, Ada", Name("Lovelace", "Ada")),
        ("van Gogh, Vincent", Name("Gogh", "Vincent", "van")),
        ("King, Jr., Martin Luther", Name("King", "Martin Luther", suffix="Jr.")),
        ("Martin Luther King, Jr.", Name("King", "Martin Luther", suffix="Jr.")),
        ("山田 太郎", Name("山田", "太郎")),
    ],
)
def test_persons_have_parts(text: str, name: Name) -> None:
    """Particles in small letters stand apart; with a capital they belong to the family's name."""
    assert split_name(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "Mausam",
        "DeepSeek-AI",
        "山田太郎",
        "Qwen Team",
        "Team GLM",
        "LG AI Research",
        "Inclusion AI",
        "The ATLAS Collaboration",
        "University of Somewhere",
        "Ada Lovelace and Charles Babbage",
        "R&D People",
        "Bobby {Tables}",
        "One, Two, Three, Four",
        "Lovelace,",
    ],
)
def test_what_is_no_persons_name_stays_whole(text: str) -> None:
    """Single names, groups, and what cannot be told apart."""
    assert split_name(text) == Name(text)
