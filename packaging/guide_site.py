"""The user guide as web pages without a script: `python packaging/guide_site.py build/site`."""

import re
import shutil
import sys
import tomllib
from html import escape
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from ui.guide.chapters import CHAPTERS, slug

TREE = Path(__file__).resolve().parent.parent
GUIDE, PICTURES = TREE / "docs" / "anvandare", TREE / "docs" / "screenshots"
LOOK = """
:root { color-scheme: light dark; LIGHT }
@media (prefers-color-scheme: dark) { :root { DARK } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--window); color: var(--ink); font: 1.0625rem/1.55 system-ui, sans-serif; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--surface); padding: .5rem; }
nav, main { max-width: 46rem; margin: 0 auto; padding: 1rem 1.25rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; margin: 0; padding: 0; }
a { color: var(--accent); }
a:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
[aria-current] { font-weight: 600; text-decoration: none; }
h1, h2 { line-height: 1.2; }
h2 { margin-top: 2.25rem; }
img { max-width: 100%; height: auto; border: 1px solid var(--line); border-radius: 8px; }
code { background: var(--hover); border-radius: 3px; padding: .1em .3em; font-size: .9em; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid var(--line); }
"""
PAGE = """<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – ESF Desktop</title>
<link rel="stylesheet" href="look.css">
</head>
<body>
<a class="skip" href="#innehall">Till innehållet</a>
<nav aria-label="Kapitel"><ul>{links}</ul></nav>
<main id="innehall">
{text}</main>
</body>
</html>
"""


def main(target: Path) -> None:
    """Write every chapter, the look and the pictures that there are; `index.html` is the first chapter."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    (target / "look.css").write_text(_look(), "utf-8")
    titles = {name: _source(name).splitlines()[0].lstrip("# ") for name in CHAPTERS}
    for name, title in titles.items():
        here = {name: ' aria-current="page"'}
        links = "".join(f'<li><a href="{_page(n)}"{here.get(n, "")}>{escape(t)}</a></li>' for n, t in titles.items())
        page = PAGE.format(title=escape(title), links=links, text=_text(name, target))
        (target / _page(name)).write_text(page, "utf-8")
    print(f"site: {len(titles)} pages in {target}", flush=True)


def _source(name: str) -> str:
    return (GUIDE / f"{name}.md").read_text("utf-8")


def _page(name: str) -> str:
    return "index.html" if name == CHAPTERS[0] else f"{name}.html"


def _text(name: str, target: Path) -> str:
    tokens = (parser := MarkdownIt().enable("table")).parse(_source(name))
    for token, content in pairwise(tokens):
        if token.type == "heading_open":
            token.attrSet("id", slug(content.content))
    html = str(parser.renderer.render(tokens, parser.options, {}))
    html = re.sub(r'href="([a-z-]+)\.md', lambda found: f'href="{_page(found[1])}', html)
    html = re.sub(r'<p><img src="\.\./screenshots/([^"]+)" alt="([^"]*)" /></p>\n', lambda f: _picture(f, target), html)
    html = html.replace("<table>", '<div class="wide" tabindex="0" role="group" aria-label="Tabell"><table>')
    english = '<p lang="en">This guide'
    return html.replace("</table>", "</table></div>").replace("<p>This guide", english)


def _picture(found: re.Match[str], target: Path) -> str:
    """The picture, copied beside the pages; nothing where `make screenshots` has not made it yet."""
    if not (PICTURES / found[1]).is_file():
        return ""
    shutil.copyfile(PICTURES / found[1], target / found[1])
    return f'<p><img src="{found[1]}" alt="{found[2]}" loading="lazy"></p>\n'


def _look() -> str:
    look = LOOK
    for name in ("light", "dark"):
        colours = tomllib.loads((TREE / "resources" / "themes" / f"{name}.toml").read_text("utf-8"))
        look = look.replace(name.upper(), " ".join(f"--{key}: {value};" for key, value in colours.items()))
    return look


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
