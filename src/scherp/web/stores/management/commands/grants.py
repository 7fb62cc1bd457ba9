"""Give the roles of a deployment what they may do; run as the owner, after each migration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections, transaction

from scherp.web.stores import LINE, STAFF
from scherp.web.stores.grants import AT_STAFF, ON_THE_LINE, Roles, statements

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Take everything away from the roles of both stores, then give each what `stores/grants.py` says."""

    help = "Give the database roles what they may do (PostgreSQL). Run as the owner, after every migrate."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the names of the roles."""
        parser.add_argument("--public", default="scherp_public", help="the role of the public site")
        parser.add_argument("--staff", default="scherp_staff", help="the role of the staff's site")
        parser.add_argument("--audit", default="scherp_audit", help="the role that links the audit chain")

    def handle(self, *_args: str, **options: Any) -> None:
        """Do it for both stores."""
        roles = Roles(options["public"], options["staff"], options["audit"])
        for store, given in ((LINE, ON_THE_LINE), (STAFF, AT_STAFF)):
            connection = connections[store]
            if connection.vendor != "postgresql":
                raise CommandError("A store in a file has no roles: whoever can read the file can read it all.")
            with transaction.atomic(using=store), connection.cursor() as cursor:
                tables = connection.introspection.table_names(cursor)
                for statement in statements(tables, roles, given, str(connection.settings_dict["NAME"])):
                    cursor.execute(statement)
        self.stdout.write(f"{roles.public}, {roles.staff} and {roles.audit} may now do what stores/grants.py says.")
