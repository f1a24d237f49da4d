"""Help with the account: steps for the everyday, a work order for data, a person when it is urgent."""

from __future__ import annotations

from datetime import timedelta
from typing import override

from actions.handoff import hand_over
from actions.product_choice import button
from actions.turn import DeskAction, Event, Turn
from console.desk.account import ON_REQUEST, URGENT, AccountMatter, matter_in
from console.desk.handoff import HandoffReason
from console.desk.words import Words
from console.desk.work_order import WorkOrderKind, WorkOrderRequest
from console.services.work_order import open_work_order
from console.storage.policy import policy_book

_NAMES = {
    AccountMatter.SIGN_IN: ("登录不上", "Cannot sign in"),
    AccountMatter.CODE: ("收不到验证码", "No code arrives"),
    AccountMatter.PASSWORD: ("改密码", "Change the password"),
    AccountMatter.PHONE: ("换绑手机号", "Change the phone number"),
    AccountMatter.CLOSE: ("注销账号", "Close the account"),
    AccountMatter.PERSONAL_DATA: ("个人信息", "Personal data"),
    AccountMatter.STOLEN: ("账号不安全", "The account is not safe"),
}
_WISHES = {
    AccountMatter.STOLEN: ("账号可能被盗", "The account may be stolen"),
    AccountMatter.LEAKED: ("个人信息可能泄露或遇到诈骗", "Leaked data or a scam"),
    AccountMatter.CLOSE: ("注销账号", "Close the account"),
    AccountMatter.PERSONAL_DATA: (
        "个人信息查询、更正或删除",
        "See, correct or delete personal data",
    ),
}


class HelpWithAccount(DeskAction):
    action_name = "action_help_with_account"

    @override
    async def act(self, turn: Turn) -> list[Event]:
        pressed = turn.entity("account_matter")
        matter = AccountMatter(pressed) if pressed in set(AccountMatter) else matter_in(turn.text)
        if matter is None:
            buttons = [
                button(turn.words(*names), "account_help", account_matter=str(key))
                for key, names in _NAMES.items()
            ]
            turn.say("utter_which_account_matter", buttons)
        elif matter in URGENT:
            turn.say(f"utter_account_{matter}")
            await hand_over(turn, HandoffReason.POLICY, wish=Words(*_WISHES[matter]))
        elif matter in ON_REQUEST:
            await self._request(turn, matter)
        elif matter is AccountMatter.SIGN_IN:
            turn.say("utter_account_sign_in_steps")
        else:
            turn.say(f"utter_account_{matter}")
        return turn.task_done("account_help")

    async def _request(self, turn: Turn, matter: AccountMatter) -> None:
        """Only the owner, signed in, may ask; and a second thought is asked for before closing."""
        if not turn.is_verified:
            turn.say("utter_account_sign_in")
            return
        if turn.entity("account_sure") != "yes":
            title = turn.words("确认提交", "Yes, file it")
            sure = button(title, "account_help", account_matter=str(matter), account_sure="yes")
            turn.say(f"utter_account_{matter}", [sure])
            return
        book = await turn.desk.database.read(policy_book)
        hours = book.number("account.data_request_hours", turn.desk.clock.now())
        request = WorkOrderRequest(
            kind=WorkOrderKind.DATA_REQUEST,
            text=turn.words(*_WISHES[matter]),
            details={"matter": str(matter)},
            answer_within=timedelta(hours=hours),
        )
        order = await open_work_order(turn.desk, turn.conversation_id, request, key=turn.key())
        turn.say("utter_account_filed", number=order.work_order_no)
