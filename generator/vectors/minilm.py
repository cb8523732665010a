"""all-MiniLM-L6-v2 in numpy: the encoder behind search by meaning, with no deep-learning framework.

Six BERT layers over WordPiece tokens, mean pooling, length 1. Float32 throughout: one float64 scalar makes it five
times slower. The sums are BLAS's, so another processor may round the last bit differently, which is why vectors
are kept as data (`store`). Model: https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2 (Apache 2.0).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from generator.vectors.encoder import Vectors
from generator.vectors.weights import MODEL, SIZE

TOKENS: Final = 256
"""What the model was trained to read of a text."""
_HEADS: Final = 12
_BATCH_TOKENS: Final = 8_192
"""Tokens of one batch, padding included: large enough for the matrix products, small enough for the caches."""
_HALF, _ONE, _ROOT_HALF = np.float32(0.5), np.float32(1), np.float32(0.5**0.5)
_ERF = np.float32(0.3275911), *map(np.float32, (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592))
_BLOCK = 16_384
"""Numbers that stay in the nearest cache while a formula goes over them step by step."""
_MASKED = np.float32(-1e9)
_EPSILON = np.float32(1e-12)


class MiniLM:
    """The encoder, from a folder with `model.safetensors` and `tokenizer.json`."""

    name = MODEL
    size = SIZE

    def __init__(self, folder: Path) -> None:
        self._weights = _Weights(load_file(folder / "model.safetensors"))
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(TOKENS)
        self._tokenizer.no_padding()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """(n, 384) in the order of `texts`; texts of like length share a batch, so that little is padding."""
        tokens = [found.ids for found in self._tokenizer.encode_batch(list(texts))]
        vectors = np.empty((len(tokens), self.size), np.float32)
        order = sorted(range(len(tokens)), key=lambda index: (-len(tokens[index]), index))
        while order:
            count = max(1, _BATCH_TOKENS // len(tokens[order[0]]))
            batch, order = order[:count], order[count:]
            vectors[batch] = self._weights.pooled([tokens[index] for index in batch])
        return vectors


class _Weights:
    """The network: token numbers of one batch → vectors."""

    def __init__(self, weights: dict[str, NDArray[np.float32]]) -> None:
        self._weights = weights
        self._layers = 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer."))

    def pooled(self, tokens: list[list[int]]) -> Vectors:
        """Mean over each text's own tokens, then length 1."""
        width = len(tokens[0])
        ids = np.zeros((len(tokens), width), np.int64)
        mask = np.zeros((len(tokens), width), np.float32)
        for row, text in enumerate(tokens):
            ids[row, : len(text)] = text
            mask[row, : len(text)] = _ONE
        state = self._embedded(ids)
        hidden = (_ONE - mask)[:, None, None, :] * _MASKED
        for number in range(self._layers):
            state = self._layer(f"encoder.layer.{number}", state, hidden)
        mean = (state * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        normed: Vectors = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return normed

    def _embedded(self, ids: NDArray[np.int64]) -> Vectors:
        weights = self._weights
        words = weights["embeddings.word_embeddings.weight"][ids]
        words += weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
        words += weights["embeddings.token_type_embeddings.weight"][0]
        return self._normed("embeddings.LayerNorm", words)

    def _layer(self, name: str, state: Vectors, hidden: Vectors) -> Vectors:
        mixed = self._dense(f"{name}.attention.output.dense", self._attention(name, state, hidden))
        state = self._normed(f"{name}.attention.output.LayerNorm", mixed + state)
        wide = self._dense(f"{name}.intermediate.dense", state)
        flat = wide.reshape(-1)
        for start in range(0, flat.size, _BLOCK):
            flat[start : start + _BLOCK] *= _gate(flat[start : start + _BLOCK])
        return self._normed(f"{name}.output.LayerNorm", self._dense(f"{name}.output.dense", wide) + state)

    def _attention(self, name: str, state: Vectors, hidden: Vectors) -> Vectors:
        texts, width, size = state.shape
        parts = (self._dense(f"{name}.attention.self.{part}", state) for part in ("query", "key", "value"))
        query, key, value = (part.reshape(texts, width, _HEADS, -1).transpose(0, 2, 1, 3) for part in parts)
        scores = query @ key.transpose(0, 1, 3, 2)
        scores *= np.float32((size / _HEADS) ** -0.5)
        scores += hidden
        scores -= scores.max(axis=-1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=-1, keepdims=True)
        mixed = (scores @ value).transpose(0, 2, 1, 3).reshape(texts, width, size)
        return np.asarray(mixed, np.float32)

    def _dense(self, name: str, state: Vectors) -> Vectors:
        flat = state.reshape(-1, state.shape[-1]) @ self._weights[f"{name}.weight"].T
        flat += self._weights[f"{name}.bias"]
        return flat.reshape(*state.shape[:-1], -1)

    def _normed(self, name: str, state: Vectors) -> Vectors:
        state = state - state.mean(axis=-1, keepdims=True)
        state /= np.sqrt((state * state).mean(axis=-1, keepdims=True) + _EPSILON)
        state *= self._weights[f"{name}.weight"]
        state += self._weights[f"{name}.bias"]
        return state


def _gate(x: Vectors) -> Vectors:
    """GELU's factor, (1 + erf(x/√2))/2, to 1e-6: Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26."""
    scaled = np.abs(x * _ROOT_HALF)
    bell = np.exp(-(scaled * scaled))
    step = _ONE / (_ONE + _ERF[0] * scaled)
    tail = step * _ERF[1]
    for factor in _ERF[2:]:
        tail += factor
        tail *= step
    tail *= bell
    gate: Vectors = _HALF * (_ONE + np.copysign(_ONE - tail, x))
    return gate
