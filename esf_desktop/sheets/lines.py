"""Where lines end: runs of text broken at spaces, and inside a word only where it is wider than the line."""

from collections.abc import Iterator, Sequence

from esf_desktop.sheets import fonts
from esf_desktop.sheets.tagged import Run

Piece = tuple[int, str]
"""The number of a run, and a piece of its text."""


def wide(run: Run) -> float:
    """The width of a run in points."""
    return fonts.width(run.text, run.font, run.size)


def bare(word: Sequence[Run]) -> list[Run]:
    """The runs without the spaces at their end."""
    return [*word[:-1], word[-1]._replace(text=word[-1].text.rstrip(" "))]


def broken(runs: Sequence[Run], width: float) -> list[list[Run]]:
    """The runs in lines no wider than the width."""
    lines: list[list[Piece]] = [[]]
    left = width + 0.01
    for word, bare_width, full_width in _measured(runs, width):
        if bare_width > left and lines[-1]:
            lines.append([])
            left = width + 0.01
        left -= full_width
        lines[-1] += word
    return [_joined(line, runs) for line in lines] if runs else []


def _measured(runs: Sequence[Run], width: float) -> Iterator[tuple[list[Piece], float, float]]:
    """Each word, or piece of a word that is wider than the line, with its width without and with its last spaces."""
    for word in _words(runs):
        place, text = word[-1]
        before = sum(fonts.width(piece, runs[n].font, runs[n].size) for n, piece in word[:-1])
        last = runs[place]
        bare_width = before + fonts.width(text.rstrip(" "), last.font, last.size)
        if bare_width <= width:
            yield word, bare_width, before + fonts.width(text, last.font, last.size)
            continue
        for cut in _cut_to([runs[n]._replace(text=piece) for n, piece in word], width):
            looks = [next(n for n, run in enumerate(runs) if run[1:] == piece[1:]) for piece in cut]
            pieces = [(n, piece.text) for n, piece in zip(looks, cut, strict=True)]
            yield pieces, sum(map(wide, bare(cut))), sum(map(wide, cut))


def _words(runs: Sequence[Run]) -> list[list[Piece]]:
    """Words with the spaces after them, in pieces of one look each."""
    words: list[list[Piece]] = [[]]
    for place, run in enumerate(runs):
        *pieces, last = run.text.split(" ")
        for piece in pieces:
            words[-1].append((place, piece + " "))
            words.append([])
        if last:
            words[-1].append((place, last))
    return [word for word in words if word]


def _joined(line: list[Piece], runs: Sequence[Run]) -> list[Run]:
    """The pieces of a line as runs, those of one look together."""
    found: list[Run] = []
    texts: list[str] = []
    for number, (place, text) in enumerate(line):
        texts.append(text)
        if number + 1 == len(line) or runs[line[number + 1][0]][1:] != runs[place][1:]:
            found.append(runs[place]._replace(text="".join(texts)))
            texts = []
    return found


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
