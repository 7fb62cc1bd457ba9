"""`manage.py staff feedback --counts`: how often counsellors agreed with each sign."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from scherp.web.desk.models import Feedback
from scherp.web.desk.shared import weight_of

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Writes CSV: sign, language, version, how often agreed and disagreed, and what the sign weighs now."""

    help = "Write how often counsellors agreed with each sign, as CSV: counts and weights, no words, of nobody."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for what is to be written; counts are all there is."""
        parser.add_argument("--counts", action="store_true", help="write the counts")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the counts."""
        if not options["counts"]:
            raise CommandError("Only counts are kept. Ask for them: manage.py staff feedback --counts")
        written = csv.writer(self.stdout, lineterminator="\n")
        written.writerow(["sign", "language", "engine", "agreed", "disagreed", "weight"])
        for one in Feedback.objects.all():
            weight = weight_of(one.sign)
            written.writerow(
                [one.sign, one.language, one.engine, one.agreed, one.disagreed, "" if weight is None else weight]
            )
