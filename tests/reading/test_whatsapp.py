"""WhatsApp's own export, from phones in many languages: who wrote what, when, and what is not a message."""

import gc
from datetime import datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scherp.conversation import Kind
from scherp.reading import whatsapp
from scherp.reading.export import DateOrder, Document, NotThisFormat, Options, Settled, Unplaced

AFTERNOON = datetime(2024, 3, 13, 14, 30)  # noqa: DTZ001  a phone's local time


def export(*texts, name="chat.txt", order=None):
    return whatsapp.READER.read([Document(name, text) for text in texts], Options(order))


def messages(text):
    return export(text).conversations[0].messages


def said(text):
    """Give author, kind and text of each message."""
    return [(m.author, m.kind, m.text) for m in messages(text)]


def one(text):
    """Give kind and text of what Kim wrote on a Dutch phone."""
    (message,) = messages(f"13-03-2024 14:30 - Kim: {text}\n")
    return message.kind, message.text


@pytest.mark.parametrize(
    "header",
    [
        "13-03-2024 14:30 - Kim: ",
        "13-3-24 14:30 - Kim: ",
        "13.03.24, 14:30 - Kim: ",
        "13.03.2024, 14.30 - Kim: ",
        "13/03/2024, 14:30 - Kim: ",
        "3/13/24, 2:30 PM - Kim: ",
        "3/13/24, 2:30\u202fPM - Kim: ",
        "13/3/24, 2:30 p. m. - Kim: ",
        "13/3/24, 2:30\u202fp.\u00a0m. - Kim: ",
        "13/03/2024 à 14:30 - Kim: ",
        "13.3.2024 klo 14.30 - Kim: ",
        "13/03/24 14.30 - Kim: ",
        "2024-03-13 14:30 - Kim: ",
        "2024-03-13 14 h 30 - Kim: ",
        "2024/3/13 下午2:30 - Kim: ",
        "2024年3月13日 下午2:30 - Kim: ",
        "2024. 3. 13. 오후 2:30 - Kim: ",
        "2024년 3월 13일 오후 2:30, Kim : ",
        "2024. 03. 13. 14:30 - Kim: ",
        "2024.03.13. 14:30 - Kim: ",
        "13. 3. 2024 14:30 - Kim: ",
        "13.03.24 г., 14:30 - Kim: ",
        "13/3/24, 2:30 μ.μ. - Kim: ",
        "13.03.2024 2:30 ÖS - Kim: ",
        "13/03/2024, 2:30 CH - Kim: ",
        "13/3/2567 14:30 - Kim: ",
        "१३/३/२४, २:३० pm - Kim: ",
        "۲۰۲۴/۳/۱۳،\u200f ۱۴:۳۰ - Kim: ",
        "[13-03-2024, 14:30:00] Kim: ",
        "[13/03/2024, 14:30:00] Kim: ",
        "[3/13/24, 2:30:00\u202fPM] Kim: ",
        "[13.03.24, 14:30:00] Kim: ",
        "\u200e[13.03.24, 14:30:00] \u200eKim\u200e: ",
        "[13/3/2024, 2:30 م] Kim: ",
        "\u200f[١٣\u200f/٣\u200f/٢٠٢٤, ٢:٣٠:٠٠ م] \u200fKim\u200f: ",
        "[13/3/2024 下午2:30:00] Kim: ",
        "[2024-03-13, 2:30:00 p.m.] Kim: ",
        "[13.3.2024 klo 14.30.00] Kim: ",
        "\u202a[13/03/2024, 14:30]\u202c Kim: ",
        "13/03/24 14:30:00: Kim: ",
        "13/03/2024, 14:30 – Kim: ",
    ],
)
def test_a_message_is_read_whatever_the_phone_s_language(header):
    text = f"{header}hoi: jij\nnog iets\n{header}doei\n"
    assert whatsapp.READER.recognises(Document("x", text))
    first, second = messages(text)
    assert (first.author, first.time, first.text, first.line) == ("Kim", AFTERNOON, "hoi: jij\nnog iets", 1)
    assert (second.author, second.time, second.text, second.line) == ("Kim", AFTERNOON, "doei", 3)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "Lieve Kim, tot morgen.",
        '{"messages": [{"date": "2024-03-13T14:30:00", "from": "Kim"}]}',
        "2024-03-13 14:30:05,123 INFO: started",
        "[14:30, 13-3-2024] Kim: hoi",
        "[2024-03-13, 14:30] Kim: in the form of Signal's exporter\n[2024-03-13, 14:31] Noor: hi",
        "Kim: hoi\nNoor: hee",
    ],
)
def test_another_text_is_not_recognised(text):
    assert not whatsapp.READER.recognises(Document("WhatsApp-chat met Kim.txt", text))


def test_a_text_without_a_header_is_refused():
    with pytest.raises(NotThisFormat):
        export("hoi\nhee\n")


def test_blank_lines_inside_a_message_stay():
    (message, after) = messages("13-03-2024 14:30 - Kim: een\r\n\r\n  twee\r\n13-03-2024 14:31 - Noor: drie")
    assert message.text == "een\n\n  twee"
    assert (after.text, after.line) == ("drie", 4)


def test_lines_above_the_first_message_are_named():
    found = export("Geëxporteerd door Kim\n\n13-03-2024 14:30 - Kim: hoi\n")
    assert found.unplaced == (Unplaced("chat.txt", 1),)
    assert found.conversations[0].messages[0].line == 3


def test_a_line_that_is_cut_off_is_text():
    assert said("13-03-2024 14:30 - Kim: hoi\n13-03-2024 14:3")[0][2] == "hoi\n13-03-2024 14:3"


@pytest.mark.parametrize(
    ("line", "author", "text"),
    [
        ("Lena Voss: note: bring cake", "Lena Voss", "note: bring cake"),
        ("+31 6 12345678: hoi", "+31 6 12345678", "hoi"),
        ("Sam 👨‍💻: hoi", "Sam 👨‍💻", "hoi"),
        ("\u200fسارة\u200f: مرحبا", "سارة", "مرحبا"),
        ("\ufeffKim\ufeff: hoi", "Kim", "hoi"),
        ("K\u200bim: hoi", "Kim", "hoi"),
        ("~\u202fKim: hoi", "~ Kim", "hoi"),
        ("John:D: hoi", "John:D", "hoi"),
        ("Kim: ", "Kim", ""),
        ("Kim:", "Kim", ""),
        ("Kim:\nhoi", "Kim", "hoi"),
        ('Jan "de Beer" Smit: hoi', 'Jan "de Beer" Smit', "hoi"),
    ],
)
def test_a_name_is_what_stands_before_the_colon(line, author, text):
    assert said(f"13-03-2024 14:30 - {line}\n") == [(author, Kind.TEXT, text)]


@pytest.mark.parametrize(
    "line",
    [
        "Berichten en oproepen zijn end-to-end versleuteld. Niemand buiten deze chat kan ze lezen.",
        "Messages and calls are end-to-end encrypted. Learn more: https://faq.whatsapp.com",
        'Lena changed the subject to "a: b"',
        'Kim created group "Y: Z"',
        "Kim heeft de groep „Feest: zaterdag“ gemaakt",
        "Kim changed this group’s icon",
        "Je beveiligingscode voor +31 6 12345678 is gewijzigd",
        "Kim left",
        "You were added",
    ],
)
def test_a_line_of_the_app_has_no_author(line):
    assert said(f"13-03-2024 14:30 - {line}\n") == [(None, Kind.SYSTEM, line)]


@pytest.mark.parametrize(
    "notice",
    [
        "Messages and calls are end-to-end encrypted. Only people in this chat can read them.",
        "Berichten en oproepen zijn end-to-end versleuteld.",
        "Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt.",
        "Kim created this group",
        "Kim heeft Noor toegevoegd",
    ],
)
def test_a_notice_that_an_iphone_puts_under_a_name_has_no_author(notice):
    assert said(f"[13-03-2024, 14:30:00] Kim: \u200e{notice}\n") == [(None, Kind.SYSTEM, notice)]


def test_the_first_notice_is_known_without_its_mark_but_not_further_on():
    notice = "Messages and calls are end-to-end encrypted. Only people in this chat can read them."
    found = said(f"13-03-2024 14:30 - Kim: {notice}\n13-03-2024 14:31 - Kim: {notice}\n")
    assert [author for author, _, _ in found] == [None, "Kim"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<Media omitted>", Kind.OTHER),
        ("<Media weggelaten>", Kind.OTHER),
        ("<Medien ausgeschlossen>", Kind.OTHER),
        ("<Multimedia omitido>", Kind.OTHER),
        ("<Mídia oculta>", Kind.OTHER),
        ("<Média omis>", Kind.OTHER),
        ("<Без медиафайлов>", Kind.OTHER),
        ("<省略多媒体文件>", Kind.OTHER),
        ("<המדיה לא נכללה>", Kind.OTHER),
        ("\u200eimage omitted", Kind.IMAGE),
        ("image omitted", Kind.IMAGE),
        ("\u200eafbeelding weggelaten", Kind.IMAGE),
        ("\u200evideo weggelaten", Kind.VIDEO),
        ("\u200eaudio weggelaten", Kind.AUDIO),
        ("\u200esticker weggelaten", Kind.STICKER),
        ("\u200eGIF weggelaten", Kind.IMAGE),
        ("\u200edocument weggelaten", Kind.FILE),
        ("\u200eContactkaart weggelaten", Kind.CONTACT),
        ("\u200eBild weggelassen", Kind.IMAGE),
        ("\u200eimagen omitida", Kind.IMAGE),
        ("\u200e<attached: 00000005-PHOTO-2024-03-13-14-30-00.jpg>", Kind.IMAGE),
        ("\u200e<bijgevoegd: 00000005-VIDEO-2024-03-13-14-30-00.mp4>", Kind.VIDEO),
        ("<Anhang: 00000005-STICKER-2024-03-13-14-30-00.webp>", Kind.STICKER),
        ("<välitetty: 00000005-AUDIO-2024-03-13.opus>", Kind.AUDIO),
        ("IMG-1.jpg (file attached)", Kind.IMAGE),
        ("PTT-20240313-WA0001.opus (bestand bijgevoegd)", Kind.AUDIO),
        ("IMG-20240313-WA0001.jpg (in een onbekende taal)", Kind.IMAGE),
        ("mijn verslag.pdf (bestand bijgevoegd)", Kind.FILE),
        ("Noor.vcf (file attached)", Kind.CONTACT),
        ("Dit bericht is verwijderd", Kind.DELETED),
        ("\u200eDit bericht is verwijderd.", Kind.DELETED),
        ("You deleted this message", Kind.DELETED),
        ("Du hast diese Nachricht gelöscht.", Kind.DELETED),
        ("\u200eGemiste spraakoproep", Kind.CALL),
        ("\u200eMissed video call, \u200eTap to call back", Kind.CALL),
        (
            "\u200eJe hebt een foto ontvangen voor eenmalige weergave. Je kunt deze alleen openen op je telefoon.",
            Kind.VIEW_ONCE,
        ),
        ("<View once voice message omitted>", Kind.VIEW_ONCE),
        ("\u200eLocatie: https://maps.google.com/?q=52.1,4.2", Kind.LOCATION),
        ("location: https://maps.google.com/?q=52.1,4.2", Kind.LOCATION),
        ("Live locatie gedeeld", Kind.LOCATION),
    ],
)
def test_what_the_app_writes_is_no_text(text, kind):
    assert one(text) == (kind, "")


@pytest.mark.parametrize(
    ("text", "kind", "kept"),
    [
        ("kijk dan \u200e<attached: 00000005-PHOTO-2024-03-13.jpg>", Kind.IMAGE, "kijk dan"),
        ("IMG-20240313-WA0001.jpg (file attached)\nkijk dan", Kind.IMAGE, "kijk dan"),
        ("<Medien ausgeschlossen>\nverslag.doc", Kind.OTHER, "verslag.doc"),
        ("verslag.pdf • \u200e2 pagina's \u200edocument weggelaten", Kind.FILE, "verslag.pdf • 2 pagina's"),
        ("tot zo \u200e<Dit bericht is bewerkt>", Kind.TEXT, "tot zo"),
        ("see you <This message was edited>", Kind.TEXT, "see you"),
        ("bis dann <Diese Nachricht wurde bearbeitet.>", Kind.TEXT, "bis dann"),
        ("POLL:\nTaart?\nOPTION: ja (2 votes)\nOPTION: nee (0 votes)\n", Kind.POLL, "Taart?\nja\nnee"),
        ("PEILING:\nTaart?\nOPTIE: ja: graag (2 stemmen)\n", Kind.POLL, "Taart?\nja: graag"),
    ],
)
def test_what_a_person_wrote_beside_it_stays(text, kind, kept):
    assert one(text) == (kind, kept)


@pytest.mark.parametrize(
    "text",
    [
        "i <3 u",
        "dit bericht is verwijderd door mijn broer haha",
        "gemiste oproep van je moeder",
        "afbeelding weggelaten dus ik zie niks",
        "kijk https://maps.google.com/?q=52.1,4.2 daar",
        "lees dit.txt (als je tijd hebt)",
        "een poll:\nwie komt er",
        "ze heeft de groep verlaten",
        "<Media weggelaten> zei hij",
    ],
)
def test_what_only_looks_like_it_stays_text(text):
    assert one(text) == (Kind.TEXT, text)


def test_a_call_without_a_name_is_a_call():
    assert said("13-03-2024 14:30 - Gemiste spraakoproep om 14:30\n")[0][:2] == (None, Kind.CALL)


def test_the_order_of_day_and_month_is_told():
    found = export("3/4/24, 14:30 - Kim: hoi\n")
    assert (found.date_order, found.settled) == (DateOrder.DAY_FIRST, Settled.NOT)
    assert not found.conversations[0].times_trusted
    found = export("3/4/24, 2:30 PM - Kim: hi\n", order=DateOrder.DAY_FIRST)
    assert (found.date_order, found.settled) == (DateOrder.DAY_FIRST, Settled.BY_USER)
    assert found.conversations[0].times_trusted
    assert found.conversations[0].messages[0].time.month == 4
    assert export("2024-03-04 14:30 - Kim: hoi\n").date_order is None


def test_dates_that_contradict_each_other_lose_no_message_and_are_not_trusted():
    found = export("4/25/24, 10:16 AM - Kim: a\n25/4/24, 10:17 AM - Noor: b\n").conversations[0]
    assert [m.time.day for m in found.messages] == [25, 25]
    assert not found.times_trusted


def test_a_time_that_does_not_exist_is_none_and_not_trusted():
    found = export("13-03-2024 14:30 - Kim: a\n13-03-2024 25:61 - Noor: b\n").conversations[0]
    assert [m.time is None for m in found.messages] == [False, True]
    assert not found.times_trusted


def test_times_that_run_back_are_not_trusted_but_the_clock_in_autumn_is():
    back = "14-03-2024 14:30 - Kim: a\n13-03-2024 14:30 - Noor: b\n"
    autumn = "27-10-2024 02:59 - Kim: a\n27-10-2024 02:00 - Noor: b\n"
    assert not export(back).conversations[0].times_trusted
    assert export(autumn).conversations[0].times_trusted


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("WhatsApp-chat met Kim.txt", "Kim"),
        ("WhatsApp Chat with Kim de Boer.txt", "Kim de Boer"),
        ("map/WhatsApp Chat mit Kim (1).txt", "Kim"),
        ("WhatsApp Chat - Kim.zip/_chat.txt", "Kim"),
        ("WhatsApp-Chat - Kim.zip", "Kim"),
        ("Chat de WhatsApp con Kim.txt", "Kim"),
        ("Conversa do WhatsApp com Kim.txt", "Kim"),
        ("_chat.txt", "Kim, Noor"),
    ],
)
def test_a_conversation_is_named_by_its_file_or_its_speakers(file, name):
    text = "13-03-2024 14:30 - Kim: hoi\n13-03-2024 14:31 - Noor: hee\n"
    assert export(text, name=file).conversations[0].name == name


def test_several_documents_are_several_conversations():
    found = export("13-03-2024 14:30 - Kim: hoi\n", "2024-03-13 14:30 - Noor: hee\n")
    assert [c.speakers for c in found.conversations] == [("Kim",), ("Noor",)]
    assert found.settled is Settled.BY_IMPOSSIBLE


def test_one_document_that_is_not_settled_is_what_is_told():
    assert export("13-03-2024 14:30 - Kim: hoi\n", "3/4/24 14:30 - Noor: hee\n").settled is Settled.NOT


def test_the_collector_is_on_again_after_a_refusal():
    with pytest.raises(NotThisFormat):
        export("geen chat")
    assert gc.isenabled()


CHAT = (
    "\u200e[13-03-2024, 14:30:00] Kim: \u200eBerichten en oproepen zijn end-to-end versleuteld.\n"
    "[13-03-2024, 14:30:05] Kim: hoi\n\nnog iets\n[13-03-2024, 14:31:00] Noor: \u200eafbeelding weggelaten\n"
    "[13-03-2024, 14:32:00] Noor: i <3 taart (echt) \u200e<Dit bericht is bewerkt>\n"
    "[13-03-2024, 14:33:00] Kim: POLL:\nTaart?\nOPTION: ja (2 votes)\n[14-03-2024, 9:00:00] Kim left\n"
)
lines = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(CHAT.split("\n"))


@st.composite
def spoiled(draw):
    """A chat with characters taken out, put in and turned round."""
    text = list(CHAT)
    for _ in range(draw(st.integers(1, 12))):
        place = draw(st.integers(0, len(text) - 1))
        text[place] = draw(
            st.sampled_from(["", "\n", ":", "]", "-", " ", '"', "\u200e", "<", "9", text[place] * 2, "é"])
        )
    return "".join(text)


@given(text=st.lists(lines, max_size=8).map("\n".join) | spoiled())
@example("13-03-2024 14:30 - Kim: a\rb\r\n\u2028c\n")
@settings(max_examples=300, deadline=None)
def test_nothing_is_lost(text):
    # Given any text, When it is read, Then every line that is not blank begins a message, continues the one
    # above it, or is named as unplaced
    try:
        found = export(text)
    except NotThisFormat:
        return
    (conversation,) = found.conversations
    written = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    begins = [m.line for m in conversation.messages]
    unplaced = {line for _, line in found.unplaced}
    assert begins == sorted(set(begins))
    assert all(1 <= line <= len(written) for line in begins)
    for number, line in enumerate(written, start=1):
        if line.strip() and number < begins[0]:
            assert number in unplaced
    assert all(number < begins[0] for number in unplaced)
    for message, end in zip(conversation.messages, [*begins[1:], len(written) + 1], strict=True):
        continued = [line.strip() for line in written[message.line : end - 1] if line.strip()]
        if message.kind is Kind.TEXT and not any(mark in "".join(continued) for mark in "<\u200e\u200f"):
            assert all(line in message.text for line in continued)
