"""Text → the language that its script tells surely, for `lang` attributes: screen readers and fonts go by it.

The script must hold a third of the letters or more, since names and abbreviations stay Latin; a word quoted in an
English sentence says nothing of the sentence. Whatever shares a script is left open: Cyrillic, Devanagari, Latin.

    kana, with or without Han  ja
    Hangul                     ko
    Han without kana           zh      written by Japanese hands it would hold kana
    Hebrew, no Yiddish letter  he
    Arabic                     ar, fa  by letters of their own; none if there is one of Urdu, Pashto, Kurdish, …

Tags: https://www.w3.org/International/questions/qa-choosing-language-tags
"""

import re
from collections.abc import Callable

_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
_HAN = re.compile("[\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_HANGUL = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")
_HEBREW = re.compile("[\u05d0-\u05ea\u05f0-\u05f2]")
_YIDDISH = re.compile("[\u05f0-\u05f2]")
_ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f]")
_ARABIC_ALONE = re.compile("[\u0629\u0643\u0649\u064a]")  # teh marbuta, Arabic kaf, alef maksura, Arabic yeh
_PERSIAN = "\u067e\u0686\u0698\u06a9\u06af\u06cc"  # peh, tcheh, jeh, keheh, gaf, Farsi yeh
_PERSIAN_ALONE = re.compile(f"[{_PERSIAN}]")
_ARABIC_OF_OTHERS = re.compile(f"[\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f](?<![{_PERSIAN}])")
_SHARE = 3


def language(text: str) -> str | None:
    """`ja`, `ko`, `zh`, `he`, `ar` or `fa`, where the letters leave no doubt; None otherwise."""
    if text.isascii():
        return None
    counts = {script: len(letters.findall(text)) for script, letters in _SCRIPTS.items()}
    script = max(counts, key=counts.__getitem__)
    letters = sum(map(str.isalpha, text))
    if not counts[script] or counts[script] * _SHARE < letters:
        return None
    return _LANGUAGES[script](text)


def _of_han(text: str) -> str:
    return "ja" if _KANA.search(text) else "zh"


def _of_hebrew(text: str) -> str | None:
    return None if _YIDDISH.search(text) else "he"


def _of_arabic(text: str) -> str | None:
    if _ARABIC_OF_OTHERS.search(text):
        return None
    is_arabic, is_persian = bool(_ARABIC_ALONE.search(text)), bool(_PERSIAN_ALONE.search(text))
    return {(True, False): "ar", (False, True): "fa"}.get((is_arabic, is_persian))


_SCRIPTS = {
    "Han and kana": re.compile(f"{_HAN.pattern}|{_KANA.pattern}"),
    "Hangul": _HANGUL,
    "Hebrew": _HEBREW,
    "Arabic": _ARABIC,
}
_LANGUAGES: dict[str, Callable[[str], str | None]] = {
    "Han and kana": _of_han,
    "Hangul": lambda text: "ko",
    "Hebrew": _of_hebrew,
    "Arabic": _of_arabic,
}
