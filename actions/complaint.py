"""A complaint: what happened and what would put it right, then a person who reads both."""

from __future__ import annotations

import re
from typing import override

from actions.answers import Answers
from actions.consent import consent_buttons, read_consent
from actions.form import CORRECTIONS, Form
from actions.handoff import FURIOUS, hand_over
from actions.report_words import describes
from actions.summary import Line, show_summary
from actions.turn import Button, DeskAction, Event, Turn, remember
from console.desk.complaint import EXPECTATIONS, expectation, expected_amount
from console.desk.handoff import HandoffReason
from console.desk.wording import local_time
from console.services.complaint import FiledComplaint, file_complaint
from console.services.order import find_order

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
TELLS = 9  # Chinese characters, or words; a shorter opening says only that there is a complaint
LONGEST = 500  # characters that are kept
_SLOTS = ("complaint_text", "complaint_wish")


class ComplaintForm(Form):
    form_name = "complaint_form"
    started_by = "file_complaint"
    also_started_by = frozenset({"request_compensation"})  # what is expected is the wish

    @override
    async def begin(self, turn: Turn, answers: Answers) -> None:
        answers.forget((*_SLOTS, "complaint_confirmed"))  # a new complaint begins empty

    @override
    async def read(self, turn: Turn, answers: Answers, asked: str | None) -> bool:
        if asked is None:
            return _read_opening(turn, answers)
        wish = turn.entity("complaint_wish")
        if wish is not None:
            answers.put("complaint_wish", _expected(turn, str(wish)))
            return True
        if (field := turn.entity("field")) in _SLOTS:
            answers.forget((str(field), "complaint_confirmed"))
            return True
        if asked == "complaint_confirmed":
            return _read_at_the_summary(turn, answers)
        if not turn.text:
            return False
        if turn.intent in CORRECTIONS and asked == "complaint_wish":
            answers.put("complaint_wish", _expected(turn, "nothing"))
            return True
        answers.put(asked, turn.text[:LONGEST])
        return True

    @override
    async def next_slot(self, turn: Turn, answers: Answers) -> str | None:
        missing = next((slot for slot in _SLOTS if answers[slot] is None), None)
        if missing is not None or answers["complaint_confirmed"] is True:
            return missing
        return "complaint_confirmed"

    @override
    async def ask(self, turn: Turn, answers: Answers, slot: str) -> None:
        if slot == "complaint_confirmed":
            _ask_to_confirm(turn, answers)
        else:
            turn.say(f"utter_question_{slot}")


def _read_at_the_summary(turn: Turn, answers: Answers) -> bool:
    """A yes or a no, another wish in a few words, or more of what happened; else it is no answer."""
    if read_consent(turn, answers, "complaint_confirmed", "complaint_confirmed"):
        return True
    if _SUBMIT.fullmatch(turn.text):
        answers.put("complaint_confirmed", True)
    elif describes(turn.text):
        told = f"{answers['complaint_text']}\n{turn.text}"
        answers.put("complaint_text", told[:LONGEST])
    elif _REMEDY.search(turn.text):
        answers.put("complaint_wish", turn.text)
    else:
        return False
    return True


_SUBMIT = re.compile(r"(?:提交|登记)(?:投诉|吧|了)?|(?:file|submit|send) it[.!]?", re.IGNORECASE)
_REMEDY = re.compile(r"退|赔|补偿|道歉|说法|处理|refund|money|compensat|apolog|fix", re.IGNORECASE)


def _ask_to_confirm(turn: Turn, answers: Answers) -> None:
    if answers["complaint_confirmed"] is False:
        answers.put("complaint_confirmed", None)
        turn.say("utter_question_change_what", _fields(turn))
        return
    yes, no = turn.words("提交投诉", "File it"), turn.words("要改一下", "Change something")
    lines = [
        Line("told", str(answers["complaint_text"]).replace("\n", turn.words("；", "; "))),
        Line("wish", str(answers["complaint_wish"])),
    ]
    buttons = consent_buttons("complaint_confirmed", yes, no)
    show_summary(turn, turn.words("投诉登记", "Your complaint"), lines, buttons)


def _fields(turn: Turn) -> list[Button]:
    named = (("发生的事", "What happened"), ("希望怎么解决", "What would help"))
    fields = [
        {"title": turn.words(zh, en), "payload": f'/correct_info{{"field": "{slot}"}}'}
        for slot, (zh, en) in zip(_SLOTS, named, strict=True)
    ]
    leave = {"title": turn.words("先不投诉", "Leave it"), "payload": "/restart_flow"}
    return [*fields, leave]


def _read_opening(turn: Turn, answers: Answers) -> bool:
    """A sentence that tells what happened is not asked again."""
    tells = max(len(_CHINESE.findall(turn.text)), len(turn.text.split())) >= TELLS
    if tells:
        answers.put("complaint_text", turn.text[:LONGEST])
    if (expected := _expectation(turn)) is not None:
        answers.put("complaint_wish", expected)
    return tells or expected is not None


def _expectation(turn: Turn) -> str | None:
    """ "Pay me 50" names what would put it right; a person decides about it."""
    if turn.intent != "request_compensation":
        return None
    amount = turn.entity("amount")
    if isinstance(amount, int):
        return expected_amount(amount).of(turn.lang)
    return next(
        (_expected(turn, key) for key, said in _NAMED.items() if said.search(turn.text)), None
    )


_NAMED = {
    "coupon": re.compile(r"券|coupon|voucher", re.IGNORECASE),
    "points": re.compile(r"积分|points", re.IGNORECASE),
    "freight": re.compile(r"退.{0,4}运费|freight", re.IGNORECASE),
    "apology": re.compile(r"道歉|apolog", re.IGNORECASE),
}


def _expected(turn: Turn, key: str) -> str:
    return EXPECTATIONS[key].of(turn.lang) if key in EXPECTATIONS else key


class SubmitComplaint(DeskAction):
    action_name = "action_submit_complaint"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        wish, text = turn.slot("complaint_wish"), turn.slot("complaint_text")
        if text is None or turn.slot("complaint_confirmed") is not True:
            return []
        filed = await file_complaint(
            turn.desk,
            turn.conversation_id,
            str(text),
            wish=wish,
            order_no=await _own_order_no(turn),
            key=turn.key(),
        )
        _say_filed(turn, filed)
        wished = expectation(str(wish)) if wish else None
        await hand_over(turn, HandoffReason.COMPLAINT, wish=wished, mood=FURIOUS)
        return remember(last_task="file_complaint", complaint_confirmed=None)


def _say_filed(turn: Turn, filed: FiledComplaint) -> None:
    """Number and times in one message."""
    number, closes = filed.work_order.work_order_no, filed.work_order.due_at
    close = local_time(turn.lang, closes) if closes else ""
    if filed.answered_by is None or filed.planned_by is None:
        turn.say("utter_complaint_added", work_order_no=number, close=close)
        return
    turn.say(
        "utter_complaint_filed",
        work_order_no=number,
        first=local_time(turn.lang, filed.answered_by),
        plan=local_time(turn.lang, filed.planned_by),
        close=close,
    )


async def _own_order_no(turn: Turn) -> str | None:
    """The order that was talked about, if any; a complaint is never refused for want of one."""
    number = turn.slot("order_no")
    if not number:
        return None
    order = await find_order(turn.desk, turn.conversation_id, str(number))
    return order.order_no if order else None
