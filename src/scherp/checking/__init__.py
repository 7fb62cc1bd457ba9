"""A chat in, an explanation out: what the terminal and the browser page share.

ranked = rank(open_exports("chat.zip"), view)
explanation = explained(ranked.shown[0], view)
"""

from scherp.checking.counts import counted
from scherp.checking.ranking import Checked, Ranked, explained, messages_in, rank

__all__ = ["Checked", "Ranked", "counted", "explained", "messages_in", "rank"]
