"""Scripted assessors: each introduces a key, takes the call, judges what they are to read, and signs."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from esf_desktop.assessor import assess, export, identity, intake, recuse
from esf_desktop.documents.client import Documents
from esf_desktop.model import ApplicationId, Assessor, AssessorId, Declaration, Rating, Recommendation
from esf_desktop.workspace import Workspace

LEVELS = (Rating.MET, Rating.MET, Rating.PARTLY, Rating.NOT_MET)


class Reader:
    """One of them, with a desk of their own."""

    def __init__(self, number: int, folder: Path, enrolments: Path, *, at: datetime) -> None:
        self.number = number
        self.name = f"Bedömare {number}"
        self.desk = Workspace.open(folder / str(number))
        person = Assessor(
            AssessorId(f"00000000-0000-4000-8000-{number:012d}"), self.name, "Övning", f"b{number}@example.se"
        )
        identity.introduce(self.desk, person, at=at)
        self.key = identity.signing_key(self.desk, None, at=at)
        self.enrolment = enrolments / f"bedomare-{number:02d}.esfenrol"
        identity.enrolment(self.desk, self.key, self.enrolment, device="bärbar dator", at=at)

    def answer(self, package: Path, fingerprint: str, out: Path, documents: Documents, *, at: datetime) -> Path:
        """Take the call, judge everything that this person is to read, and sign; the answer is the bundle."""
        (taken,) = intake.take_files(self.desk, documents, [package], at=at, confirm=fingerprint).taken
        assert taken.error is None, taken.error
        call = self.desk.call()
        assert call is not None
        own = next(reader for reader in call.assessors if reader.name == self.name)
        for number in own.reads or tuple(application.id for application in call.applications):
            self._judge(number, at)
        return export.export(self.desk, self.key, out, at=at).path

    def take(self, receipts: Sequence[Path], documents: Documents, *, at: datetime) -> intake.Taken:
        """Take what the secretariat answered."""
        (taken,) = intake.take_files(self.desk, documents, receipts, at=at).taken
        return taken

    def _judge(self, number: ApplicationId, at: datetime) -> None:
        call = self.desk.call()
        assert call is not None
        recuse.declare(self.desk, number, Declaration.NONE, "", at=at)
        for place, criterion in enumerate(call.criteria_for(number)):
            level = LEVELS[(self.number + place + int(number[-2:])) % len(LEVELS)]
            assess.rate(self.desk, number, criterion.id, level, at=at)
            assess.comment(self.desk, number, criterion.id, f"{self.name} om {criterion.id}.", at=at)
        assess.write_overall(self.desk, number, "Sammanvägt.", at=at)
        assess.recommend(self.desk, number, Recommendation.PRIORITISE, at=at)
