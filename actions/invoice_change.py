"""Correcting an invoice or sending it again: what is wrong, the right words, a clear yes."""

from __future__ import annotations

import re
from typing import override

from actions.consent import consent_buttons, inform_button, read_consent
from actions.form import Answers, Form
from actions.invoice import invoice_lines, to_a_person
from actions.invoice_words import (
    SPECIAL,
    is_company_name,
    read_email,
    read_tax_no,
    read_title,
)
from actions.order_answer import read_order
from actions.order_choice import any_order
from actions.summary import Line, show_summary
from actions.turn import Button, DeskAction, Event, Turn, remember
from console.desk.invoice import ChangeOutcome, Invoice, InvoiceWish, TitleKind
from console.desk.masking import mask_email
from console.services.invoice import InvoiceRefused, change_invoice, change_terms, invoices_of

OWN_SLOTS = ("invoice_field", "invoice_title", "tax_no", "email", "invoice_change_confirmed")
_FIELDS = {
    "to_company": re.compile(
        r"(?:个人|私人).{0,4}(?:改|换|转|成).{0,4}(?:公司|单位|企业)|(?:换|改)成?(?:公司|单位|企业)"
        r"|to (?:a |the |my |our )?(?:company|business)",
        re.IGNORECASE,
    ),
    "to_personal": re.compile(
        r"(?:公司|单位).{0,4}(?:改|换|成).{0,4}个人|(?:换|改)成?个人|to (?:a )?personal",
        re.IGNORECASE,
    ),
    "other": re.compile(
        r"金额|内容|品名|明细|专票|专用|开户|退发票|退票|amount|content|description|void",
        re.IGNORECASE,
    ),
    "tax_no": re.compile(r"税号|识别号|tax", re.IGNORECASE),
    "email": re.compile(
        r"邮箱|重发|再发|没收到|发到|e-?mail|resend|send (?:it )?again", re.IGNORECASE
    ),
    "title": re.compile(r"抬头|名字|名称|漏字|公司名|title|\bname\b", re.IGNORECASE),
}
_BUTTONS = (
    ("title", "改抬头", "The title"),
    ("tax_no", "改税号", "The tax number"),
    ("to_company", "个人改公司", "Personal to company"),
    ("to_personal", "公司改个人", "Company to personal"),
    ("email", "重发到邮箱", "Send it again"),
    ("other", "金额或内容不对", "Amount or contents"),
)


class InvoiceChangeForm(Form):
    form_name = "invoice_change_form"
    started_by = "modify_invoice"

    @override
    async def begin(self, turn: Turn, answers: Answers) -> None:
        answers.forget(OWN_SLOTS)  # what stands on the old one is what is wrong

    @override
    async def read(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        heard = [
            asked != "tax_no" and await read_order(turn, answers, asked, (any_order,)),
            _read_field(turn, answers, asked),
            read_email(turn, answers),
            read_tax_no(turn, answers, asked),
            asked != "tax_no" and read_title(turn, answers, asked),
            read_consent(turn, answers, asked, "invoice_change_confirmed"),
        ]
        _infer_field(answers)
        return any(heard)

    @override
    async def next_slot(self, turn: Turn, answers: Answers) -> str | None:
        if answers["invoice_change_confirmed"] is False:
            return None
        every = await invoices_of(turn.desk, turn.conversation_id)
        if not turn.is_verified or not every:
            turn.say("utter_no_invoice_at_all" if turn.is_verified else "utter_sign_in_for_money")
            return None
        if answers.changed("order_no") and not _named(every, answers) and answers["order_no"]:
            turn.say("utter_no_invoice")
            return None
        invoice = _chosen(every, answers)
        if invoice is None:
            return "order_no"
        answers.put("order_no", invoice.order_no)
        return await _missing(turn, answers, invoice)

    @override
    async def ask(self, turn: Turn, answers: Answers, slot: str) -> None:
        if slot == "order_no":
            every = await invoices_of(turn.desk, turn.conversation_id)
            turn.say("utter_question_which_invoice", [_invoice_button(one) for one in every[:5]])
        elif slot == "invoice_field":
            buttons = [
                inform_button(turn.words(zh, en), invoice_field=field) for field, zh, en in _BUTTONS
            ]
            turn.say("utter_question_invoice_field", buttons)
        elif slot == "invoice_change_confirmed":
            await _ask_to_confirm(turn, answers)
        else:
            turn.say(f"utter_question_{slot}")


def _chosen(every: list[Invoice], answers: Answers) -> Invoice | None:
    if named := _named(every, answers):
        return named[0]
    return every[0] if len(every) == 1 else None


def _named(every: list[Invoice], answers: Answers) -> list[Invoice]:
    return [one for one in every if one.order_no == answers["order_no"]]


def _invoice_button(invoice: Invoice) -> Button:
    title = f"{invoice.wish.title} · {invoice.order_no[-4:]}"
    return inform_button(title, order_no=invoice.order_no)


def _read_field(turn: Turn, answers: Answers, asked: str | None) -> bool:
    said = turn.entity("invoice_field")
    if said is None and asked in {None, "invoice_field"}:
        said = next((name for name, words in _FIELDS.items() if words.search(turn.text)), None)
        said = "other" if SPECIAL.search(turn.text) else said
    if said is not None:
        answers.put("invoice_field", str(said))
        answers.put("invoice_words", turn.text or None)
    return said is not None


def _infer_field(answers: Answers) -> None:
    """The right words alone say what is to be changed."""
    if answers["invoice_field"] is not None:
        return
    for slot, field in (("invoice_title", "title"), ("tax_no", "tax_no"), ("email", "email")):
        if answers.changed(slot) and answers[slot] is not None:
            answers.put("invoice_field", field)
            return


def _becomes_a_company(answers: Answers, invoice: Invoice) -> bool:
    """A personal invoice with a company's name or a tax number is one for a company."""
    is_personal = invoice.wish.title_kind is TitleKind.PERSONAL
    is_named = is_company_name(str(answers["invoice_title"] or ""))
    is_detail = answers["invoice_field"] in {"title", "tax_no"}
    return is_personal and is_detail and (is_named or answers["tax_no"] is not None)


async def _missing(turn: Turn, answers: Answers, invoice: Invoice) -> str | None:
    if _becomes_a_company(answers, invoice):
        answers.put("invoice_field", "to_company")
    field = answers["invoice_field"]
    if field is None:
        return "invoice_field"
    if field == "other":
        words = str(answers["invoice_words"] or turn.words("发票有误", "A wrong invoice"))
        await to_a_person(turn, invoice.order_no, words, special=False)
        return None
    lacking = next((slot for slot in _values_of(field, invoice) if answers[slot] is None), None)
    if lacking is not None:
        return lacking
    _, decision = await change_terms(
        turn.desk, turn.conversation_id, invoice.order_no, _corrected(turn, answers, invoice)
    )
    if decision.outcome is ChangeOutcome.REFUSED:
        turn.say(f"utter_invoice_change_{decision.reason}")
        words = turn.words("发票需要人工换开", "The invoice needs a person to replace it")
        await to_a_person(turn, invoice.order_no, words, special=False)
        return None
    return "invoice_change_confirmed" if answers["invoice_change_confirmed"] is None else None


def _values_of(field: str, invoice: Invoice) -> tuple[str, ...]:
    """A company's new title comes with its tax number."""
    is_company = invoice.wish.title_kind is TitleKind.COMPANY
    return {
        "title": ("invoice_title", "tax_no") if is_company else ("invoice_title",),
        "tax_no": ("tax_no",),
        "email": ("email",),
        "to_company": ("invoice_title", "tax_no"),
    }.get(field, ())


def _corrected(turn: Turn, answers: Answers, invoice: Invoice) -> InvoiceWish:
    old, field = invoice.wish, answers["invoice_field"]
    kind = {"to_company": TitleKind.COMPANY, "to_personal": TitleKind.PERSONAL}.get(
        str(field), old.title_kind
    )
    new_title = answers["invoice_title"] or old.title
    title = turn.words("个人", "Personal") if field == "to_personal" else str(new_title)
    tax_no = str(answers["tax_no"] or old.tax_no) if kind is TitleKind.COMPANY else ""
    email = str(answers["email"] or old.email)
    return InvoiceWish(title_kind=kind, title=title, tax_no=tax_no, email=email)


async def _ask_to_confirm(turn: Turn, answers: Answers) -> None:
    every = await invoices_of(turn.desk, turn.conversation_id)
    invoice = _chosen(every, answers)
    if invoice is None:
        return
    wish = _corrected(turn, answers, invoice)
    buttons = consent_buttons(
        "invoice_change_confirmed",
        turn.words("确认", "Yes, do it"),
        turn.words("先不改", "Leave it"),
    )
    lines = [Line("order_no", invoice.order_no), *invoice_lines(wish)]
    note = turn.words("已开的旧票会作废重开。", "An invoice issued before becomes void.")
    show_summary(turn, turn.words("改发票", "Correct the invoice"), lines, buttons, note)


class SubmitInvoiceChange(DeskAction):
    """Runs when the form is over; without a yes nothing is changed."""

    action_name = "action_submit_invoice_change"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        confirmed = turn.slot("invoice_change_confirmed")
        cleared = remember(invoice_change_confirmed=None, invoice_field=None, invoice_words=None)
        if confirmed is False:
            turn.say("utter_invoice_unchanged")
        every = await invoices_of(turn.desk, turn.conversation_id)
        answers = Answers(turn.tracker.slots)
        invoice = _chosen(every, answers)
        if confirmed is not True or invoice is None:
            return cleared
        await _change(turn, answers, invoice)
        return [*cleared, *remember(last_task="query_invoice")]


async def _change(turn: Turn, answers: Answers, invoice: Invoice) -> None:
    wish = _corrected(turn, answers, invoice)
    try:
        changed, outcome = await change_invoice(
            turn.desk, turn.conversation_id, invoice.order_no, wish, key=turn.key()
        )
    except InvoiceRefused as refused:
        turn.say(f"utter_invoice_change_{refused.reason}")
        return
    is_sent = outcome is ChangeOutcome.SEND
    response = "utter_invoice_sent_again" if is_sent else "utter_invoice_changed"
    turn.say(response, email=mask_email(changed.wish.email))
