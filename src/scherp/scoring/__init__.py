"""What the messages so far add up to. `step` is the only thing that decides; all else runs it."""

from scherp.scoring.model import Model, packaged_model
from scherp.scoring.run import Scored, score, signs_alone_reach
from scherp.scoring.state import START, State
from scherp.scoring.step import step

__all__ = ["START", "Model", "Scored", "State", "packaged_model", "score", "signs_alone_reach", "step"]
