"""The script tells the language only where it leaves no doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.languages import language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("大規模言語モデルの推論", "ja"),
        ("ｼﾞｪﾈﾗﾃｨﾌﾞ AI", "ja"),
        ("通过强化学习提升大语言模型的推理能力", "zh"),
        ("DeepSeek-R1：用强化学习激励LLM的推理能力", "zh"),
        ("대규모 언어 모델의 추론", "ko"),
        ("למידה עמוקה בשפות דלות משאבים", "he"),
        ("די ייִדישע שפּראַך און װערטער", None),
        ("التعلم العميق في اللغة العربية", "ar"),
        ("یادگیری ژرف در زبان‌های کم‌منبع", "fa"),
        ("اردو زبان کے لیے ایک بڑا ماڈل", None),
        ("د پښتو ژبې لپاره", None),
        ("سلام", None),
        ("Обучение с подкреплением", None),
        ("गहन शिक्षण", None),
        ("Ein Modell für Größeres", None),
        ("A benchmark of the character 龍 and the word かな in English prose", None),
        ("", None),
        ("2509.12345", None),
    ],
)
def test_a_script_tells_its_language(text: str, expected: str | None) -> None:
    """The table of the module, case by case; doubt is None."""
    assert expected == language(text)


@given(st.text())
def test_any_text_has_a_known_language_or_none(text: str) -> None:
    """What comes out may stand in an attribute."""
    assert language(text) in {None, "ja", "zh", "ko", "he", "ar", "fa"}
