"""Which role may do what with which table, in PostgreSQL. What is not named here is refused.

Four roles. `owner` owns the tables, migrates, and serves nothing. `public` and `staff` are what the two sites run as.
`audit` links events into the chain. A site that is taken over can do what its role can, and no more.
"""

from __future__ import annotations

from dataclasses import dataclass

READ, ADD, CHANGE, DROP = "SELECT", "INSERT", "UPDATE", "DELETE"
ALL = (READ, ADD, CHANGE, DROP)


@dataclass(frozen=True, slots=True)
class Roles:
    """The names that a deployment gave its roles."""

    public: str
    staff: str
    audit: str


Table = dict[str, tuple[str, ...]]

ON_THE_LINE: dict[str, Table] = {
    "public": {
        "talks_talk": (READ, ADD, CHANGE),
        "talks_seat": ALL,
        "talks_message": (READ, ADD, DROP),
        "talks_transfer": (READ, CHANGE),
        "talks_readalong": (READ, CHANGE),
        "talks_block": (READ,),
        "helpchat_*": ALL,
        "sealing_key": (READ, ADD, DROP),
        "audit_event": (ADD,),
        "django_migrations": (READ,),
    },
    "staff": {
        "talks_*": ALL,
        "talks_message": (READ, ADD, DROP),
        "sealing_key": (READ, ADD, DROP),
        "audit_event": (READ, ADD),
        "audit_link": (READ,),
        "django_migrations": (READ,),
    },
    "audit": {"audit_event": (READ,), "audit_link": (READ, ADD), "django_migrations": (READ,)},
}
"""The line's store: the public site cannot read who did what, and neither site can change what was said.

Both may drop messages and keys, for a young person may erase a talk: a site that is taken over can erase as well.
"""

AT_STAFF: dict[str, Table] = {
    "staff": {
        "accounts_*": ALL,
        "account_*": ALL,
        "mfa_*": ALL,
        "django_session": ALL,
        "desk_*": ALL,
        "cases_*": ALL,
        "sealing_key": (READ, ADD, DROP),
        "audit_event": (READ, ADD),
        "audit_link": (READ,),
        "auth_*": (READ,),
        "django_content_type": (READ,),
        "django_migrations": (READ,),
    },
    "audit": {"audit_event": (READ,), "audit_link": (READ, ADD), "django_migrations": (READ,)},
}
"""The staff's store: the public site has nothing here."""


def statements(tables: list[str], roles: Roles, given: dict[str, Table], database: str) -> list[str]:
    """Give the SQL that takes everything away from the roles and then gives each what it may do."""
    made = [f'REVOKE ALL ON DATABASE "{database}" FROM PUBLIC', "REVOKE ALL ON SCHEMA public FROM PUBLIC"]
    for role in (roles.public, roles.staff, roles.audit):
        made.append(f'REVOKE ALL ON ALL TABLES IN SCHEMA public FROM "{role}"')
        made.append(f'REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM "{role}"')
        made.append(f'REVOKE ALL ON DATABASE "{database}" FROM "{role}"')
    for who, rules in given.items():
        made += _to(getattr(roles, who), tables, rules, database)
    return made


def _to(role: str, tables: list[str], rules: Table, database: str) -> list[str]:
    made = [f'GRANT CONNECT ON DATABASE "{database}" TO "{role}"', f'GRANT USAGE ON SCHEMA public TO "{role}"']
    made.append(f'GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "{role}"')
    given = {table: rule(table, rules) for table in tables}
    made += [f'GRANT {", ".join(may)} ON "{table}" TO "{role}"' for table, may in given.items() if may]
    return made


def rule(table: str, rules: Table) -> tuple[str, ...]:
    """Give what the most exact rule says of a table; nothing for a table that none names."""
    fits = [rule for rule in rules if rule == table or (rule.endswith("*") and table.startswith(rule[:-1]))]
    return rules[max(fits, key=len)] if fits else ()
