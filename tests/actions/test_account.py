"""The account: everyday steps, a work order for the owner's data, a person when it is urgent."""

from __future__ import annotations

import pytest

from console.desk.account import AccountMatter, matter_in
from console.services.work_order import work_orders_of
from tests.actions.conftest import SpokenTo
from tests.actions.test_product_detail import told

HELP = "action_help_with_account"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("密码忘了", "utter_account_password"),
        ("收不到验证码", "utter_account_code"),
        ("怎么换绑手机号", "utter_account_phone"),
        ("登录不了", "utter_account_sign_in_steps"),
        ("I forgot my password", "utter_account_password"),
        ("账号", "utter_which_account_matter"),
    ],
)
async def test_everyday_matters_are_explained(speak: SpokenTo, text: str, said: str) -> None:
    visitor = await speak(None)

    answer = await visitor.run(HELP, text, intent="account_help")

    assert answer.said == [said]


async def test_a_stolen_account_goes_to_a_person_at_once(speak: SpokenTo) -> None:
    customer = await speak("88001", "en")

    answer = await customer.run(HELP, "my account was hacked", intent="account_help")

    assert answer.said[0] == "utter_account_stolen"
    assert (await customer.brief())["wish"] == "The account may be stolen"


async def test_closing_is_confirmed_and_filed_once_for_the_owner_only(speak: SpokenTo) -> None:
    customer, visitor = await speak("88001"), await speak(None)
    sure = {"account_matter": "close", "account_sure": "yes"}

    first = await customer.run(HELP, "我要注销账号", intent="account_help")
    filed = await customer.run(HELP, intent="account_help", entities=sure)
    again = await customer.again(HELP, intent="account_help", entities=sure)
    refused = await visitor.run(HELP, intent="account_help", entities=sure)

    (order,) = await work_orders_of(customer.desk, customer.id)
    assert first.said == ["utter_account_close"]
    assert filed.said == again.said == ["utter_account_filed"]
    assert told(filed, "utter_account_filed")["number"] == order.work_order_no
    assert (order.kind, order.details) == ("data_request", {"matter": "close"})
    assert refused.said == ["utter_account_sign_in"]
    assert await work_orders_of(visitor.desk, visitor.id) == []


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("支付密码忘了", AccountMatter.PAYMENT_PASSWORD),
        ("接到诈骗电话知道我的订单", AccountMatter.LEAKED),
        ("手机号被别人绑了", AccountMatter.STOLEN),
        ("删除我的个人信息", AccountMatter.PERSONAL_DATA),
        ("delete my account", AccountMatter.CLOSE),
        ("今天天气好", None),
    ],
)
def test_grave_matters_are_found_first(text: str, matter: AccountMatter | None) -> None:
    assert matter_in(text) == matter
