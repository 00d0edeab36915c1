import re
import tomllib
import unicodedata

import msgspec
import pytest

from esf_desktop import i18n, paths
from esf_desktop.framework import BUILTIN, BadFrameworkError, builtin, parse
from esf_desktop.model import Criterion, Rating, Text

SOURCE = (paths.resources() / "frameworks" / f"{BUILTIN}.toml").read_text(encoding="utf-8")


def texts(value: object) -> list[Text]:
    if isinstance(value, Text):
        return [value]
    if isinstance(value, tuple):
        return [text for item in value for text in texts(item)]
    if isinstance(value, msgspec.Struct):
        return [text for field in value.__struct_fields__ for text in texts(getattr(value, field))]
    return []


def criterion(letters: str) -> Criterion:
    return next(c for c in builtin().principles + builtin().areas if c.id == letters)


def test_the_built_in_framework_has_nine_principles_and_three_areas() -> None:
    assert [p.id for p in builtin().principles] == ["RUS", "MET", "SAM", "GEO", "STR", "UTV", "HBR", "GLO", "ATT"]
    assert [a.id for a in builtin().areas] == ["ARB", "LAR", "PLA"]


def test_only_rus_is_phrased_as_a_requirement() -> None:
    assert [c.id for c in builtin().principles + builtin().areas if c.requirement] == ["RUS"]
    assert " ska " in criterion("RUS").description.sv
    assert " shall " in criterion("RUS").description.en


def test_every_criterion_has_its_number_of_guiding_questions() -> None:
    numbers = {c.id: len(c.questions) for c in builtin().principles + builtin().areas}
    assert numbers == dict(zip(numbers, (4, 4, 5, 4, 5, 4, 5, 3, 4, 3, 3, 3), strict=True))


def test_every_text_is_whole_in_both_languages() -> None:
    for text in texts(builtin()):
        assert text.sv.strip() == text.sv != ""
        assert text.en.strip() == text.en != ""
        assert unicodedata.is_normalized("NFC", text.sv + text.en)
        assert text.sv.endswith(("?", ".")) == text.en.endswith(("?", "."))
        assert not re.search(r"[\"']", text.sv + text.en)


def test_descriptions_are_one_sentence() -> None:
    for each in builtin().principles + builtin().areas:
        for text in (each.description.sv, each.description.en):
            assert text.index(".") == len(text) - 1 < 170


def test_search_words_are_many_enough_and_stand_once() -> None:
    for each in builtin().principles + builtin().areas:
        assert len(each.search_words) >= 8
        assert len(set(each.search_words)) == len(each.search_words)


def test_the_scale_has_four_steps_and_areas_agree_with_their_noun() -> None:
    assert [step.rating for step in builtin().steps] == list(Rating)
    assert [step.word.sv for step in builtin().steps] == ["Uppfylld", "Delvis", "Inte visad", "Kan inte bedömas"]
    assert [step.area_word.sv for step in builtin().steps] == ["Uppfyllt", "Delvis", "Inte visat", "Kan inte bedömas"]


def test_the_framework_survives_json() -> None:
    assert msgspec.json.decode(msgspec.json.encode(builtin()), type=type(builtin())) == builtin()


@pytest.mark.parametrize(
    ("fault", "changed", "detail"),
    [
        ("a line that is not TOML", SOURCE.replace('id = "RUS"', "id = RUS"), "line"),
        ("a misspelt key", SOURCE.replace("requirement = true", "requirment = true"), "requirment"),
        ("a text without English", SOURCE.replace('title.en = "Methods built on evidence"\n', ""), "`en`"),
        ("a code used twice", SOURCE.replace('id = "GLO"', 'id = "RUS"'), "RUS stands twice"),
        ("a step outside the scale", SOURCE.replace('rating = "partly"', 'rating = "half"'), "half"),
        ("a step missing", SOURCE[: SOURCE.rindex("[[steps]]")], "steps must be"),
        ("an empty file", "", "missing"),
    ],
)
def test_a_faulty_framework_is_refused_with_its_place(fault: str, changed: str, detail: str) -> None:
    assert changed != SOURCE, fault
    with pytest.raises(BadFrameworkError) as caught:
        parse(changed, file="eget.toml")
    assert detail in caught.value.detail
    assert caught.value.code == "bad_framework"
    assert "eget.toml" in caught.value.sentence()


def test_the_sentence_of_a_faulty_framework_is_short_in_both_languages() -> None:
    error = BadFrameworkError(file="", detail="")
    try:
        for language in i18n.Language:
            i18n.use(language)
            assert len(error.sentence()) <= 140
    finally:
        i18n.use(i18n.Language.SWEDISH)


def test_a_criterion_without_questions_is_refused() -> None:
    content = tomllib.loads(SOURCE)
    content["areas"][2]["questions"] = []
    framework = msgspec.convert(content, type(builtin()))
    from esf_desktop.framework import _faults

    assert _faults(framework) == ["PLA has no guiding questions"]
