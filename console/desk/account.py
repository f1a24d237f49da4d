"""What people need with their account, and whether the bot may help alone."""

from __future__ import annotations

import re
from enum import StrEnum


class AccountMatter(StrEnum):
    """In the order in which they are looked for; the grave ones first."""

    STOLEN = "stolen"  # somebody else is in it
    LEAKED = "leaked"  # strangers know the customer's data
    CLOSE = "close"
    PERSONAL_DATA = "personal_data"
    CODE = "code"  # a code that does not come
    PAYMENT_PASSWORD = "payment_password"  # noqa: S105  # the name of a matter
    PASSWORD = "password"  # noqa: S105  # the name of a matter
    PHONE = "phone"
    EMAIL = "email"
    CARD = "card"
    REGISTER = "register"
    PROFILE = "profile"
    SIGN_IN = "sign_in"


_WORDS = (
    (AccountMatter.STOLEN,
     r"被盗|盗号|异地登录|不是我(?:登|操作)|被别人|风险|异常|hack|stolen|compromised|someone else"),
    (AccountMatter.LEAKED, r"泄露|诈骗|骗子|骚扰电话知道|scam|leak|phish|fraud"),
    (AccountMatter.CLOSE, r"注销|销户|删除?(?:账号|账户|帐号)|close my account|delete my account"),
    (AccountMatter.PERSONAL_DATA,
     r"个人信息|我的数据|隐私|浏览记录|身份证|实名|personal (?:data|information)|privacy|my data|gdpr"),
    (AccountMatter.CODE, r"验证码|验证邮件|收不到短信|验证不了|verification|\bcode\b|\botp\b"),
    (AccountMatter.PAYMENT_PASSWORD, r"支付密码|payment password|\bpin\b"),
    (AccountMatter.PASSWORD, r"密码|password"),
    (AccountMatter.PHONE,
     r"(?:手机|号码|电话).{0,8}(?:换|改|绑|停|不用)|(?:换|改|绑|解绑?).{0,8}(?:手机|号码|电话)|phone|number"),
    (AccountMatter.EMAIL, r"邮箱|e-?mail"),
    (AccountMatter.CARD, r"银行卡|余额|提现|bank card|balance|withdraw"),
    (AccountMatter.REGISTER, r"注册|开户|两个号|合并|register|sign up|create an account|merge"),
    (AccountMatter.PROFILE, r"昵称|用户名|头像|资料|nickname|user ?name|profile|avatar"),
    (AccountMatter.SIGN_IN, r"登录|登不|登陆|退出|锁|log ?in|sign ?in|log ?out|locked"),
)  # fmt: skip
_PATTERNS = [(matter, re.compile(words, re.IGNORECASE)) for matter, words in _WORDS]
# A person at once: every minute counts.
URGENT = frozenset({AccountMatter.STOLEN, AccountMatter.LEAKED})
# A work order with a promise, for the owner of the account only.
ON_REQUEST = frozenset({AccountMatter.CLOSE, AccountMatter.PERSONAL_DATA})


def matter_in(text: str) -> AccountMatter | None:
    return next((matter for matter, pattern in _PATTERNS if pattern.search(text)), None)
