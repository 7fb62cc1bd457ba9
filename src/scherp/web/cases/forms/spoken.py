"""A form whose words all come from the catalogue: `cases.fields.NAME`, `cases.help.NAME`, `cases.choices.SET.VALUE`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from scherp.texts import has, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import TextChoices

    from scherp.texts import Language


class Spoken(forms.Form):
    """A form in one language. chooses: which field chooses from which set."""

    chooses: ClassVar[Mapping[str, Iterable[TextChoices]]] = {}

    def __init__(self, *args: Any, language: Language, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.language, self.label_suffix = language, ""
        for name, field in self.fields.items():
            field.label = say(f"cases.fields.{name}", language)
            if has(f"cases.help.{name}"):
                field.help_text = say(f"cases.help.{name}", language)
        for name, choices in self.chooses.items():
            chosen = self.fields[name]
            if isinstance(chosen, forms.ChoiceField):
                chosen.choices = unchosen(chosen, in_words(choices, language))


def unchosen(field: forms.ChoiceField, choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give the choices so that nothing is chosen for who fills in the form."""
    listed = isinstance(field.widget, forms.Select) and not isinstance(field.widget, forms.RadioSelect)
    return [("", "-"), *choices] if listed and "" not in dict(choices) else choices


def in_words(choices: Iterable[TextChoices], language: Language) -> list[tuple[str, str]]:
    """Give the values of a set, or of a part of one, with their words."""
    return [(one.value, word(one, language)) for one in choices]


def word(choice: TextChoices, language: Language) -> str:
    """Give the word for one value of a set."""
    return say(f"cases.choices.{type(choice).__name__}.{choice.value or 'none'}", language)


def words(*, required: bool = True, rows: int = 4) -> forms.CharField:
    """Give a field for some sentences."""
    return forms.CharField(required=required, max_length=20_000, widget=forms.Textarea(attrs={"rows": rows}))


def line(*, required: bool = True, most: int = 200) -> forms.CharField:
    """Give a field for one line."""
    return forms.CharField(required=required, max_length=most)


def day(*, required: bool = True) -> forms.DateField:
    """Give a field for a day."""
    return forms.DateField(required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def choice(*, required: bool = True, radio: bool = False) -> forms.ChoiceField:
    """Give a field for one value of a set."""
    return forms.ChoiceField(required=required, widget=forms.RadioSelect() if radio else forms.Select())
