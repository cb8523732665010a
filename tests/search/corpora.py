"""A small made-up corpus: papers on two subjects, each paper using some of its subject's words."""

import random

import numpy as np

from generator.search.terms import Terms, count_terms
from generator.search.weighting import frequencies, papers_with, rarity

SUBJECTS = (
    "attention transformer language token decoder prompt pretraining corpus dialogue translation".split(),
    "protein folding residue enzyme binding ligand amino structure sequence molecule".split(),
)


def papers(count: int = 60, seed: int = 3) -> list[tuple[str, str]]:
    """(title, abstract); even papers are on the first subject, odd ones on the second."""
    chance = random.Random(seed)
    made = []
    for number in range(count):
        subject = SUBJECTS[number % 2]
        made.append((" ".join(chance.sample(subject, 3)), " ".join(chance.choices(subject, k=12)) + f" paper{number}"))
    return made


def counted(count: int = 60):
    """Terms, tf by stem, df and idf of the made-up papers."""
    terms: Terms = count_terms(papers(count))
    counts = frequencies(terms.by_stem(terms.titles), terms.by_stem(terms.abstracts))
    with_stem = papers_with(counts)
    return terms, counts, with_stem, rarity(with_stem, counts.shape[0])


def same_subject(vectors: np.ndarray) -> tuple[float, float]:
    """Mean cosine within and across the subjects."""
    cosines = vectors @ vectors.T
    even = np.arange(len(vectors)) % 2 == 0
    within = even[:, None] == even[None, :]
    return float(cosines[within].mean()), float(cosines[~within].mean())
