"""Every write to accounts: who did it is part of it, and it stands on record in the same transaction."""

from scherp.web.accounts.actions.members import (
    add,
    add_team,
    bring_back,
    change,
    first_administrator,
    give_password,
    lift_lock,
    reset_second_factor,
    stop,
)
from scherp.web.accounts.actions.own import (
    SETTINGS,
    change_settings,
    end_session,
    end_sessions,
    password_changed,
    read_notices,
    second_factor_changed,
    take_break,
)
from scherp.web.accounts.actions.reading import exported_events, read_events, verified_chain
from scherp.web.accounts.actions.refusals import (
    AccountsRefuse,
    AlreadyThere,
    HasAnAdministrator,
    OwnAccount,
    RolesClash,
)
from scherp.web.accounts.actions.signing_in import failed, knock, passed, signed_in, signed_out

__all__ = [
    "SETTINGS", "AccountsRefuse", "AlreadyThere", "HasAnAdministrator", "OwnAccount", "RolesClash", "add", "add_team",
    "bring_back", "change", "change_settings", "end_session", "end_sessions", "exported_events", "failed",
    "first_administrator", "give_password", "knock", "lift_lock", "passed", "password_changed", "read_events",
    "read_notices",
    "reset_second_factor", "second_factor_changed", "signed_in", "signed_out", "stop", "take_break", "verified_chain",
]  # fmt: skip
