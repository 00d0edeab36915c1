"""The material of a national round: a hundred thousand bundles of one assessment each, and a thousand forms.

`python -m benchmarks.national FOLDER` makes it on every core; the bundles lie one after another in one file, in an
order of arrival that mixes the assessors.
"""

import io
import random
import sys
import uuid
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import islice
from pathlib import Path

import msgspec
import xlsxwriter

from benchmarks.material import AT, STAND_IN, assessment, bundle, call
from esf_desktop.exchange.bundle import write_bundle
from esf_desktop.exchange.call_package import read_call_package, write_call_package
from esf_desktop.exchange.enrolment import Enrolment, write_enrolment
from esf_desktop.exchange.kinds import Kind
from esf_desktop.model import Application, Assessment, Assessor, AssessorId, Call
from esf_desktop.signing.keys import make_key
from esf_desktop.wording import rating_word

ASSESSORS, APPLICATIONS = 400, 250
FORMS = 1_000
LARGEST = 12_000
"""Bytes of a small bundle, at most."""


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a bundle lies in the file of all."""

    start: int
    size: int


def make(folder: Path) -> None:
    """The call package, the enrolments, the bundles and the forms, in the folder."""
    (folder / "enrolments").mkdir(parents=True)
    secretariat = make_key("Kansliet", "Region", at=AT)
    package = write_call_package(call(APPLICATIONS), {}, secretariat, at=AT)
    (folder / "call.esfcall").write_bytes(package)
    places: list[Place] = []
    one = partial(_of_one_assessor, package, secretariat.fingerprint)
    with ProcessPoolExecutor() as pool, (folder / "bundles").open("wb") as file:
        for number, (enrolment, bundles) in enumerate(pool.map(one, range(ASSESSORS))):
            (folder / "enrolments" / f"{number}.esfenrol").write_bytes(enrolment)
            for content in bundles:
                assert len(content) <= LARGEST
                places.append(Place(file.tell(), len(content)))
                file.write(content)
    random.Random(1).shuffle(places)
    (folder / "order").write_bytes(msgspec.msgpack.encode(places))
    (folder / "forms").mkdir()
    of = call(APPLICATIONS)
    for number, application in zip(range(FORMS), of.applications * FORMS, strict=False):
        content = form(of, application, assessment(of, application, f"Bedömare {number}"), f"Bedömare {number}")
        (folder / "forms" / f"{number}.xlsx").write_bytes(content)


def arriving(folder: Path, count: int) -> Iterator[tuple[str, bytes]]:
    """The first so many bundles to arrive, each with a name."""
    places = msgspec.msgpack.decode((folder / "order").read_bytes(), type=list[Place])
    with (folder / "bundles").open("rb") as file:
        for number, place in enumerate(islice(places, count)):
            file.seek(place.start)
            yield f"{number}{Kind.BUNDLE.suffix}", file.read(place.size)


def form(of: Call, application: Application, filled: Assessment, assessor: str) -> bytes:
    """The same assessment in a form as offices send out: drop-downs for ratings, a row for each guiding question."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Bedömning")
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        sheet.set_column(0, 0, 60, wrapped)
        sheet.set_column(1, 3, 30, wrapped)
        told = {
            "Utlysning": of.title,
            "Diarienummer": application.id,
            "Projekt": application.project_name,
            "Sökande": application.applicant_name,
            "Bedömare": assessor,
            "Jäv": filled.conflict_of_interest.answer.value,
            "Datum": filled.signed_off_at.date().isoformat(),
        }
        row = 0
        for name, value in told.items():
            sheet.write_string(row, 0, name, bold)
            sheet.write_string(row, 1, value)
            row += 1
        for criterion, judgement in zip(of.criteria, filled.judgements, strict=True):
            row += 1
            for column, head in enumerate((criterion.title.sv, "Bedömning", "Motivering", "Sida")):
                sheet.write_string(row, column, head, bold)
            sheet.write_string(row + 1, 0, criterion.description.sv, wrapped)
            sheet.data_validation(row + 1, 1, row + 1, 1, {"validate": "list", "source": ["Uppfylld", "Delvis", "Nej"]})
            sheet.write_string(row + 1, 1, rating_word(of, criterion.id, judgement.rating))
            sheet.write_string(row + 1, 2, judgement.comment, wrapped)
            sheet.write_string(row + 1, 3, "12")
            for question in criterion.questions:
                row += 1
                sheet.write_string(row + 1, 0, question.text.sv, wrapped)
                sheet.write_string(row + 1, 1, "Ja")
                sheet.data_validation(row + 1, 1, row + 1, 1, {"validate": "list", "source": ["Ja", "Nej"]})
            row += 2
        sheet.write_string(row, 0, "Sammanvägd bedömning", bold)
        sheet.write_string(row, 1, filled.overall, wrapped)
        sheet.write_string(row + 1, 0, "Rekommendation", bold)
        sheet.write_string(row + 1, 1, str(filled.recommendation))
    return content.getvalue()


def _of_one_assessor(package: bytes, secretariat: str, number: int) -> tuple[bytes, list[bytes]]:
    """An enrolment, and a bundle about each application."""
    signed = read_call_package(package, file="call.esfcall")
    assessor = Assessor(AssessorId(str(uuid.uuid4())), f"Bedömare {number}", "Region")
    key = make_key(assessor.name, assessor.organisation, at=AT)
    bundles = [
        write_bundle(bundle(signed.call, signed.sha256, secretariat, assessor, key, one), STAND_IN, key, at=AT)
        for one in signed.call.applications
    ]
    return write_enrolment(Enrolment(assessor, "dator", AT), key, at=AT), bundles


if __name__ == "__main__":
    make(Path(sys.argv[1]))
