"""Where lines end: runs of text broken at spaces, and inside a word only where it is wider than the line."""

from collections.abc import Sequence
from itertools import chain

from esf_desktop.sheets import fonts
from esf_desktop.sheets.tagged import Run


def wide(run: Run) -> float:
    """The width of a run in points."""
    return fonts.width(run.text, run.font, run.size)


def bare(word: Sequence[Run]) -> list[Run]:
    """The runs without the spaces at their end."""
    return [*word[:-1], word[-1]._replace(text=word[-1].text.rstrip(" "))]


def broken(runs: Sequence[Run], width: float) -> list[list[Run]]:
    """The runs in lines no wider than the width."""
    lines: list[list[Run]] = [[]]
    left = width
    for word in chain.from_iterable(_cut_to(word, width) for word in _words(runs)):
        if sum(map(wide, bare(word))) > left + 0.01 and lines[-1]:
            lines.append([])
            left = width
        left -= sum(map(wide, word))
        for run in word:
            if lines[-1] and lines[-1][-1][1:] == run[1:]:
                lines[-1][-1] = run._replace(text=lines[-1][-1].text + run.text)
            else:
                lines[-1].append(run)
    return lines if runs else []


def _words(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs of one word each with the spaces after it; a word may change its look within."""
    words: list[list[Run]] = [[]]
    for run in runs:
        pieces = run.text.split(" ")
        for number, piece in enumerate(pieces):
            last = number == len(pieces) - 1
            text = piece if last else piece + " "
            if text:
                words[-1].append(run._replace(text=text))
            if not last and words[-1]:
                words.append([])
    return [word for word in words if word]


def _cut_to(word: list[Run], width: float) -> list[list[Run]]:
    """The word in pieces that fit the width, whole when it does."""
    if sum(map(wide, bare(word))) <= width:
        return [word]
    pieces: list[list[Run]] = [[]]
    left = width
    for run in word:
        start = 0
        for end, character in enumerate(run.text):
            step = fonts.width(character, run.font, run.size)
            if step > left and (end > start or pieces[-1]):
                if end > start:
                    pieces[-1].append(run._replace(text=run.text[start:end]))
                pieces.append([])
                start, left = end, width
            left -= step
        pieces[-1].append(run._replace(text=run.text[start:]))
    return pieces
