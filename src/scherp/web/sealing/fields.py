"""A field that reads as text and is stored sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from scherp.web.sealing.models import CannotUnseal

if TYPE_CHECKING:
    _Stored = models.BinaryField[str | None, str | None]
else:
    _Stored = models.BinaryField

DESTROYED = "\u2588" * 8
"""What is shown where the key is destroyed: blocks, so that nobody takes it for an empty text."""


class SealedText(_Stored):
    """Text sealed with the key of its row. The model has `sealing_key`: its Key, or None when it is destroyed.

    The place that a text is sealed for is `model.field:ID`, so that a sealed text moved to another row does not open.
    """

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:  # noqa: FBT001, FBT002  Django's form
        """Have the attribute give text."""
        super().contribute_to_class(cls, name, private_only=private_only)
        setattr(cls, name, _Unsealed(name))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001, ARG002, ANN401  Django's form
        """Seal what was set as text; leave as it is what was not touched."""
        value = model_instance.__dict__.get(self.attname)
        if not isinstance(value, str):
            return value
        key = getattr(model_instance, "sealing_key")  # noqa: B009  what the field asks of its model
        if key is None:
            raise CannotUnseal
        return key.seal(value, _place(model_instance, self.attname))


class _Unsealed:
    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, row: Any, owner: type[models.Model]) -> Any:  # noqa: ANN401  text, or itself on the class
        if row is None:
            return self
        if self._name not in row.__dict__:
            row.refresh_from_db(fields=[self._name])
        value = row.__dict__[self._name]
        if value is None or isinstance(value, str):
            return value
        key = row.sealing_key
        return DESTROYED if key is None else key.unseal(bytes(value), _place(row, self._name))

    def __set__(self, row: Any, value: object) -> None:  # noqa: ANN401  any model
        row.__dict__[self._name] = value


def _place(row: models.Model, name: str) -> str:
    return f"{row._meta.model_name}.{name}:{row.pk}"
