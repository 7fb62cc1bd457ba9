"""The record of one young person: the case, its people, what happened, what was done, and who may know it."""
