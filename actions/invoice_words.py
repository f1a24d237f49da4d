"""Reading what stands on an invoice: whose it is, its title, tax number and e-mail address."""

from __future__ import annotations

import re

from actions.form import MAYBE_ANSWERS, Answers
from actions.turn import Turn
from console.desk.invoice import TitleKind, plain_tax_no, tax_no_problem

LONGEST_TITLE = 80  # characters
SPECIAL = re.compile(
    r"专票|专用发票|增值税专|增票|资质|special (?:vat )?invoice|vat special", re.IGNORECASE
)
PAPER = re.compile(r"纸质|邮寄|寄给我|随货|\bpaper\b|by post", re.IGNORECASE)
_COMPANY = re.compile(r"公司|单位|企业|对公|company|business|employer", re.IGNORECASE)
_PERSONAL = re.compile(r"个人|自己|私人|personal|myself|private", re.IGNORECASE)
# What names of companies and offices end with.
_NAME = re.compile(
    r"[\w（）()·&.\-]{2,60}?(?:有限责任公司|股份有限公司|有限公司|集团|公司|事务所|工作室|经营部|商行|厂|店"
    r"|大学|学院|学校|医院|研究院|研究所|中心|协会|委员会|局|合作社)"
    r"|[A-Z][\w&.,' -]{1,60}(?:Ltd\.?|Inc\.?|LLC|GmbH|Corp\.?|Co\.)",
)
_NO_NAME = re.compile(r"改|换|个人|发票|我们|你们|要|给|^开")
_AFTER_WORD = re.compile(
    r"(?:抬头|名称|title)\s*(?:应该|要)?(?:是|为|写|改成|改为|换成|：|:|is|to)\s*(?P<title>[^,，。;；\n]{2,80})",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^(?:抬头|名称|公司|单位|就?写|开|是|为|改成|叫|给|：|:|\s)+|(?:谢谢|吧|的)$")
_TAX_NO = re.compile(
    r"(?<![0-9A-Za-z@.])(?=[0-9A-Za-z -]{0,60}\d)[0-9A-Za-z][0-9A-Za-z -]{8,26}[0-9A-Za-z](?![0-9A-Za-z@.])"
)
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,24}){1,3}", re.ASCII)


def is_company_name(title: str) -> bool:
    return _NAME.search(title) is not None


def read_title_kind(turn: Turn, answers: Answers, asked: str | None) -> bool:
    """In passing a company's name or a tax number says it as well."""
    said = turn.entity("invoice_title_kind")
    if said is None and _COMPANY.search(turn.text):
        said = TitleKind.COMPANY
    elif said is None and _PERSONAL.search(turn.text):
        said = TitleKind.PERSONAL
    if said is None or (
        asked not in {None, "invoice_title_kind"} and answers["invoice_title_kind"]
    ):
        return False
    answers.put("invoice_title_kind", str(said))
    return True


def read_title(turn: Turn, answers: Answers, asked: str | None) -> bool:
    title = _title_in(turn, asked)
    if title is None:
        return False
    answers.put("invoice_title", title)
    return True


def _title_in(turn: Turn, asked: str | None) -> str | None:
    """Asked for, all words are the title; in passing only what is called so or looks like one."""
    text = turn.text
    if found := _AFTER_WORD.search(text):
        return _bare(found["title"])
    if (found := _NAME.search(text)) and not _NO_NAME.search(found[0]):
        return _bare(found[0])
    if asked == "invoice_title" and turn.intent in MAYBE_ANSWERS and not _EMAIL.search(text):
        return _bare(text)
    return None


def _bare(words: str) -> str | None:
    title = _LEAD.sub("", words.strip(" ,，。.:："))[:LONGEST_TITLE]
    return title if len(title) >= 2 and not title.isdigit() else None


def read_tax_no(turn: Turn, answers: Answers, asked: str | None) -> bool:
    """A number that cannot be right is told, and counts as no answer."""
    number = turn.entity("tax_no")
    if number is None and asked == "tax_no":
        found = _TAX_NO.search(turn.text)
        number = found[0] if found else None
    if number is None:
        return False
    problem = tax_no_problem(str(number))
    if problem is not None:
        turn.say(f"utter_tax_no_{problem}")
        return False
    answers.put("tax_no", plain_tax_no(str(number)))
    answers.put("invoice_title_kind", str(TitleKind.COMPANY))
    return True


def read_email(turn: Turn, answers: Answers) -> bool:
    found = _EMAIL.search(turn.text)
    email = turn.entity("email") or (found[0] if found else None)
    if email is not None:
        answers.put("email", str(email))
    return email is not None
