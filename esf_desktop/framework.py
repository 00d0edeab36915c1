"""The framework of principles, areas and scale that ships with the program, and how one is read from TOML."""

import tomllib
from dataclasses import dataclass
from functools import cache

import msgspec

from esf_desktop import paths
from esf_desktop.errors import FileError
from esf_desktop.i18n import _
from esf_desktop.model import Framework, Rating

BUILTIN = "ovre-norrland-2021-2027"


@dataclass(eq=False)
class BadFrameworkError(FileError):
    """A framework file that does not say what a framework must; `detail` names the place, in English."""

    code = "bad_framework"
    detail: str

    def sentence(self) -> str:
        return _(
            "The framework in “{file}” cannot be read ({detail}); correct that place. Nothing was changed."
        ).format(file=self.file, detail=self.detail)


@cache
def builtin() -> Framework:
    """The framework for Övre Norrland 2021–2027."""
    file = paths.resources() / "frameworks" / f"{BUILTIN}.toml"
    return parse(file.read_text(encoding="utf-8"), file=file.name)


def parse(text: str, *, file: str) -> Framework:
    """The framework that a TOML text describes.

    Raises:
        BadFrameworkError: not TOML, a key missing, unknown or of the wrong kind, or rules of a framework broken.
    """
    try:
        framework = msgspec.convert(tomllib.loads(text), Framework)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise BadFrameworkError(file=file, detail=str(error)) from error
    for fault in _faults(framework):
        raise BadFrameworkError(file=file, detail=fault)
    return framework


def _faults(framework: Framework) -> list[str]:
    criteria = framework.principles + framework.areas
    ids = [criterion.id for criterion in criteria]
    faults = [f"{id_} stands twice" for id_ in dict.fromkeys(ids) if ids.count(id_) > 1]
    faults += [f"{name} is empty" for name in ("principles", "areas") if not getattr(framework, name)]
    faults += [f"{criterion.id} has no guiding questions" for criterion in criteria if not criterion.questions]
    if framework.principles and not any(p.for_feasibility_study for p in framework.principles):
        faults.append("no principle is left for a feasibility study")
    if [step.rating for step in framework.steps] != list(Rating):
        faults.append("steps must be " + ", ".join(Rating))
    return faults
