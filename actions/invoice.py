"""Asking for an invoice: whose it is, what stands on it, where it goes, then a clear yes."""

from __future__ import annotations

from typing import override

from actions.consent import consent_buttons, inform_button, read_consent
from actions.form import Answers, Form
from actions.handoff import hand_over
from actions.invoice_words import (
    PAPER,
    SPECIAL,
    read_email,
    read_tax_no,
    read_title,
    read_title_kind,
)
from actions.order_answer import ask_order, choose, read_order
from actions.order_choice import Outcome, any_order, explain
from actions.summary import Line, show_summary
from actions.turn import DeskAction, Event, Turn, remember
from console.desk.card import order_title
from console.desk.handoff import HandoffReason
from console.desk.invoice import Invoice, InvoiceOutcome, InvoiceState, InvoiceWish, TitleKind
from console.desk.masking import mask_email
from console.desk.money import yuan
from console.desk.order import Order, OrderState
from console.desk.wording import local_time
from console.desk.words import Words, in_language
from console.services.invoice import (
    InvoiceRefused,
    InvoiceTerms,
    ask_person_about_invoice,
    invoice_terms,
    request_invoice,
)

OWN_SLOTS = ("invoice_title_kind", "invoice_title", "tax_no", "email", "invoice_confirmed")
_BUSINESS = ("invoice_title_kind", "invoice_title", "tax_no", "email", "invoice_confirmed")
_PRIVATE = ("invoice_title_kind", "email", "invoice_confirmed")
_PAID = frozenset(
    {
        OrderState.PAID,
        OrderState.PICKED,
        OrderState.IN_TRANSIT,
        OrderState.DELIVERING,
        OrderState.SIGNED,
    }
)


def is_paid(order: Order) -> bool:
    return order.state in _PAID


class InvoiceForm(Form):
    form_name = "invoice_form"
    started_by = "request_invoice"
    orders = (is_paid, any_order)

    @override
    async def begin(self, turn: Turn, answers: Answers) -> None:
        answers.forget(("invoice_title_kind", "invoice_special", "invoice_confirmed"))

    @override
    async def read(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        is_about_order = asked != "tax_no" and await read_order(turn, answers, asked, self.orders)
        if SPECIAL.search(turn.text) or turn.entity("invoice_special"):
            answers.put("invoice_special", turn.text or "special")
            return True
        if asked is None and PAPER.search(turn.text):
            turn.say("utter_invoice_only_electronic")
        heard = [
            is_about_order,
            read_email(turn, answers),
            read_tax_no(turn, answers, asked),
            asked != "tax_no" and read_title(turn, answers, asked),
            read_title_kind(turn, answers, asked),
            read_consent(turn, answers, asked, "invoice_confirmed"),
        ]
        return any(heard)

    @override
    async def next_slot(self, turn: Turn, answers: Answers) -> str | None:
        if answers["invoice_confirmed"] is False:
            return None
        choice = await choose(turn, answers, self.orders)
        if choice.outcome is Outcome.SEVERAL and not answers["invoice_special"]:
            return "order_no"
        if choice.order is None and choice.outcome is not Outcome.SEVERAL:
            await explain(turn, choice, self.started_by, "utter_no_orders")
            return None
        order_no = choice.order.order_no if choice.order else None
        if answers["invoice_special"]:
            await to_a_person(turn, order_no, str(answers["invoice_special"]), special=True)
            return None
        answers.put("order_no", order_no)
        terms = await invoice_terms(turn.desk, turn.conversation_id, str(order_no))
        if not _may_be_invoiced(turn, terms):
            return None
        return next((slot for slot in _needed(answers) if answers[slot] is None), None)

    @override
    async def ask(self, turn: Turn, answers: Answers, slot: str) -> None:
        if slot == "order_no":
            await ask_order(turn, answers, self.orders, self.started_by)
        elif slot == "invoice_confirmed":
            await _ask_to_confirm(turn, answers)
        elif slot == "invoice_title_kind":
            turn.say("utter_question_invoice_title_kind", kind_buttons(turn))
        else:
            turn.say(f"utter_question_{slot}")


def _needed(answers: Answers) -> tuple[str, ...]:
    return _BUSINESS if answers["invoice_title_kind"] == TitleKind.COMPANY else _PRIVATE


def kind_buttons(turn: Turn) -> list[dict[str, str]]:
    return [
        inform_button(turn.words("个人", "Personal"), invoice_title_kind="personal"),
        inform_button(turn.words("公司或单位", "Company"), invoice_title_kind="company"),
        inform_button(
            turn.words("要增值税专票", "A special VAT invoice"), invoice_special="special"
        ),
    ]


def _may_be_invoiced(turn: Turn, terms: InvoiceTerms) -> bool:
    """False when there is one already, or when the rules say no; the customer hears which."""
    if terms.present is not None:
        say_invoice(turn, terms.present)
        turn.add_buttons(_change_button(turn, terms.present))
        return False
    if terms.decision.outcome is InvoiceOutcome.REFUSED:
        turn.say(f"utter_invoice_refused_{terms.decision.reason}")
        return False
    return True


def _change_button(turn: Turn, invoice: Invoice) -> list[dict[str, str]]:
    title = turn.words("改发票或重发", "Correct or resend it")
    payload = f'/modify_invoice{{"order_no": "{invoice.order_no}"}}'
    return [{"title": title, "payload": payload}]


def say_invoice(turn: Turn, invoice: Invoice) -> None:
    """Where it stands, with what is on it; the address of the mail is masked."""
    issued = local_time(turn.lang, invoice.issued_at) if invoice.issued_at else ""
    turn.say(
        f"utter_invoice_{invoice.state}",
        order_no=invoice.order_no[-4:],
        title=invoice.wish.title,
        amount=yuan(invoice.amount_fen),
        email=mask_email(invoice.wish.email),
        issued=issued,
    )


_SPECIAL = Words("要增值税专用发票", "A special VAT invoice")


async def to_a_person(turn: Turn, order_no: str | None, words: str, *, special: bool) -> None:
    wish = words if words != "special" else _SPECIAL
    text = in_language(wish, turn.lang) or ""
    opened = await ask_person_about_invoice(
        turn.desk, turn.conversation_id, order_no, text, key=turn.key()
    )
    response = "utter_invoice_special" if special else "utter_invoice_person"
    turn.say(response, work_order_no=opened.work_order_no)
    await hand_over(turn, HandoffReason.POLICY, wish=wish, policy="invoice.person")


def wish_of(turn: Turn, slots: Answers | dict[str, object]) -> InvoiceWish:
    kind = TitleKind(str(slots["invoice_title_kind"]))
    is_company = kind is TitleKind.COMPANY
    private = turn.words("个人", "Personal")
    return InvoiceWish(
        title_kind=kind,
        title=str(slots["invoice_title"]) if is_company else private,
        tax_no=str(slots["tax_no"]) if is_company else "",
        email=str(slots["email"]),
    )


async def _ask_to_confirm(turn: Turn, answers: Answers) -> None:
    terms = await invoice_terms(turn.desk, turn.conversation_id, answers["order_no"])
    wish = wish_of(turn, answers)
    buttons = consent_buttons(
        "invoice_confirmed",
        turn.words("确认开票", "Ask for it"),
        turn.words("先不开", "Not now"),
    )
    lines = [
        Line("order_no", terms.order.order_no),
        Line("order_item_id", order_title(terms.order, turn.lang)),
        Line("invoice_amount", amount_fen=terms.amount_fen),
        *invoice_lines(wish),
    ]
    show_summary(turn, turn.words("开电子发票", "An electronic invoice"), lines, buttons)


def invoice_lines(wish: InvoiceWish) -> list[Line]:
    """What will stand on it, and where it goes."""
    return [
        Line("invoice_title", wish.title),
        Line("tax_no", wish.tax_no),
        Line("email", wish.email),
    ]


class SubmitInvoice(DeskAction):
    """Runs when the form is over; without a yes nothing is asked for."""

    action_name = "action_submit_invoice"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        confirmed, order_no = turn.slot("invoice_confirmed"), turn.slot("order_no")
        cleared = remember(invoice_confirmed=None, invoice_special=None)
        if confirmed is False:
            turn.say("utter_invoice_left")
        if confirmed is not True or not order_no:
            return cleared
        wish = wish_of(turn, dict(turn.tracker.slots))
        try:
            invoice = await request_invoice(
                turn.desk, turn.conversation_id, str(order_no), wish, key=turn.key()
            )
        except InvoiceRefused as refused:  # the order moved on between the question and the yes
            turn.say(f"utter_invoice_refused_{refused.reason}")
            return cleared
        await _say_when(turn, invoice)
        return [*cleared, *remember(last_task="query_invoice")]


async def _say_when(turn: Turn, invoice: Invoice) -> None:
    terms = await invoice_terms(turn.desk, turn.conversation_id, invoice.order_no)
    hours = int(terms.decision.within.total_seconds() // 3600)
    email = mask_email(invoice.wish.email)
    is_waiting = invoice.state is InvoiceState.WAITING
    response = "utter_invoice_noted" if is_waiting else "utter_invoice_requested"
    turn.say(response, hours=hours, email=email)
