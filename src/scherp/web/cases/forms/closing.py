"""The closing form on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from scherp.texts import say
from scherp.web.cases.forms.closing_questions import Answer, Kind, Question, form

if TYPE_CHECKING:
    from scherp.texts import Language

_MONTH = "_month"


class Closing(forms.Form):
    """The questions of the newest version; each also takes "not asked" and "unknown"."""

    def __init__(self, *args: Any, language: Language, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.language, self.label_suffix = language, ""
        self.asked = form()
        for question in self.asked.questions:
            self._ask(question)

    def _ask(self, question: Question) -> None:
        always = self._words(self.asked.always)
        label = question.words[self.language]
        if question.kind == Kind.MONTH:
            month = forms.CharField(required=False, label=label, max_length=7)
            month.widget.attrs |= {"type": "month", "placeholder": "2026-03"}
            month.widget.input_type = "month"
            self.fields[question.id + _MONTH] = month
            instead = say("cases.closing.instead", self.language)
            self.fields[question.id] = forms.ChoiceField(
                choices=always, required=False, label=instead, widget=forms.RadioSelect()
            )
        elif question.kind == Kind.SEVERAL:
            choices = self._words(question.options) + always
            self.fields[question.id] = forms.MultipleChoiceField(
                choices=choices, label=label, widget=forms.CheckboxSelectMultiple()
            )
        else:
            choices = self._words(question.options) + always
            self.fields[question.id] = forms.ChoiceField(choices=choices, label=label, widget=forms.RadioSelect())

    def clean(self) -> dict[str, Any]:
        """Give the answers as they are kept."""
        said = super().clean() or {}
        answers = {question.id: self._answer(question, said) for question in self.asked.questions}
        for question in self.asked.questions:
            given = answers[question.id]
            if not self.errors.get(question.id) and not self.asked.fits(question, given):
                self.add_error(question.id, say("cases.closing.no_answer", self.language))
        return {"answers": answers}

    def _answer(self, question: Question, said: dict[str, Any]) -> Answer:
        given = said.get(question.id, "")
        if question.kind == Kind.MONTH:
            return str(said.get(question.id + _MONTH) or given)
        if question.kind == Kind.SEVERAL and len(given) == 1 and given[0] in self.asked.always:
            return str(given[0])
        return given if isinstance(given, list) else str(given)

    def _words(self, known: Any) -> list[tuple[str, str]]:  # noqa: ANN401  a mapping of words
        return [(name, words[self.language]) for name, words in known.items()]
