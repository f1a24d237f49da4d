"""The team's ready sentences; the console fills `{customer}`, `{agent}` and `{order_no}`."""

from __future__ import annotations

_RESPONSES = (
    ("greeting", "wenhou wh", "问候", "您好，我是{agent}。您前面说的我都看过了，这就为您处理。",
     "Greeting", "Hello, this is {agent}. I've read everything so far and am on it."),
    ("moment", "qingshaodeng qsd", "请稍等", "好的，我核实一下，请稍等两分钟。",
     "One moment", "Let me check that, please give me two minutes."),
    ("sorry", "zhiqian zq", "致歉", "给您添麻烦了，很抱歉。我先把这件事处理好。",
     "Apology", "I'm sorry for the trouble. Let me put this right first."),
    ("follow_up", "genjin gj", "跟进", "订单 {order_no} 我会一直跟到底，24小时内给您答复。",
     "Follow-up", "Order {order_no} stays with me; I'll get back to you within 24 hours."),
    ("packing", "tuihuo th", "退货须知", "寄回时请把配件、赠品和说明书一起放进包装里。",
     "Return packing", "Please put accessories, gifts and the manual back into the box."),
    ("refund_time", "tuikuan tk", "退款时效", "退款已提交，会原路退回，银行卡一般 1-7 个工作日到账。",
     "Refund time", "The refund is on its way; bank cards usually take 1 to 7 working days."),
    ("closing", "jieshu js", "结束语", "还有别的需要我帮忙的吗？没有的话就不打扰您了，随时找我。",
     "Closing", "Is there anything else? If not, I'll let you go – write any time."),
)  # fmt: skip


def canned_responses(lang: str) -> list[dict[str, object]]:
    """Titles in the agent's language, texts in those of customers; `keys`: what follows "/"."""
    english = lang == "en"
    return [
        {
            "id": id_,
            "title": title_en if english else title,
            "texts": {"zh": text, "en": text_en},
            "keys": [*keys.split(), id_],
            "folder": "Team" if english else "团队",
        }
        for id_, keys, title, text, title_en, text_en in _RESPONSES
    ]
