"""Sentences that the desk itself says to a customer, in both languages.

The bot's own texts live with the dialogue (domain/), where trainers change them.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from console.desk.money import yuan

SHANGHAI = ZoneInfo("Asia/Shanghai")


def handoff_text(lang: str, ahead: int, *, pictures: int = 0) -> str:
    """Contracts, section 5. Pictures are named only when there are some."""
    if lang == "en":
        queue = f"{ahead} ahead of you. " if ahead else ""
        seen = "said and the pictures you sent" if pictures else "said"
        return (
            f"I'm handing you over to a person. {queue}They can see everything you've {seen}, "
            "so there's no need to repeat it."
        )
    queue = f",前面还有 {ahead} 位" if ahead else ""
    seen = "您说过的内容和发过的图片" if pictures else "您说过的内容"
    return f"已为您转接人工{queue}。{seen}客服都能看到,不用再重复。"


def raised_text(lang: str, ahead: int, *, to_complaints: bool) -> str:
    """Who waits already and is angry, or complains: what became of it."""
    if lang == "en":
        place = f"{ahead} ahead of you." if ahead else "You're next."
        done = "passed you on to our complaints team" if to_complaints else "raised your priority"
        return f"I've {done}. {place}"
    place = f"前面还有 {ahead} 位" if ahead else "您是下一位"
    done = "已为您转到投诉专席优先处理" if to_complaints else "已为您提高优先级"
    return f"{done}，{place}。"


def person_wish_text(lang: str) -> str:
    """What the button "talk to a person" says in the customer's name."""
    return "Talk to a person" if lang == "en" else "转人工"


def agent_joined_text(lang: str, name: str) -> str:
    if lang == "en":
        return f"{name} is here now and has read what you wrote."
    return f"{name} 来为您服务了，您说过的内容都已看到。"


def transferred_text(lang: str, name: str) -> str:
    if lang == "en":
        return f"{name} takes it from here and has everything so far – no need to repeat anything."
    return f"接下来由 {name} 为您处理，之前的内容都已转交，不用再重复。"


def returned_text(lang: str) -> str:
    if lang == "en":
        return "The assistant takes over again and knows what has been settled."
    return "接下来由智能助手继续为您服务，刚才谈好的内容它都知道。"


def resolved_text(lang: str) -> str:
    if lang == "en":
        return "This conversation is closed. Write any time – we'll pick up where we left off."
    return "本次会话已结束。有需要随时再写，我们接着之前的内容继续。"


def queue_left_text(lang: str) -> str:
    if lang == "en":
        return "You've left the queue. The assistant is here, and a person whenever you ask."
    return "已取消排队。智能助手继续为您服务，需要人工时随时说一声。"


def engine_down_text(lang: str) -> str:
    if lang == "en":
        return "Our assistant can't answer right now. Your message is saved; a person will read it."
    return "智能助手暂时无法回答。您的消息已经保存，会有人工客服查看。"


def promise_text(lang: str, text: str, due_at: datetime) -> str:
    when = local_time(lang, due_at)
    return (
        f"We promise: {text} – by {when}." if lang == "en" else f"我们承诺：{text}，最晚 {when}。"
    )


def promise_lapsed_text(lang: str, text: str, due_at: datetime) -> str:
    when = local_time(lang, due_at)
    if lang == "en":
        return (
            f"We promised “{text}” and haven't managed it yet. We're sorry. "
            f"You'll hear from us by {when} at the latest."
        )
    return f"我们承诺过“{text}”，目前还没有完成，很抱歉。最晚 {when} 一定给您答复。"


def promise_kept_text(lang: str, text: str) -> str:
    return f"Done as promised: {text}." if lang == "en" else f"已兑现承诺：{text}。"


def alert_text(lang: str, name: str, price_fen: int | None) -> str:
    """`price_fen`: of a price alert; without one the goods are back."""
    if price_fen is None:
        return f"{name} is back in stock." if lang == "en" else f"您关注的 {name} 到货了。"
    if lang == "en":
        return f"The price you waited for: {name} is now ¥{yuan(price_fen)}."
    return f"您关注的 {name} 降到 ¥{yuan(price_fen)} 了。"


_ORDER_NEWS = {
    "shipped": ("发货了，最新物流在下面", "has shipped; the latest tracking is below"),
    "delivering": (
        "正在派送，请保持电话畅通",
        "is out for delivery; please keep your phone at hand",
    ),
    "signed": (
        "已签收；要是您还没拿到，跟我说一声",
        "has been delivered; if you do not have it, just tell me",
    ),
    "cancelled": ("已经取消", "has been cancelled"),
}


def order_news_text(lang: str, what: str, title: str, ending: str) -> str:
    """What the customer asked to hear about an order; `ending`: of its number."""
    news = _ORDER_NEWS[what][lang == "en"]
    if lang == "en":
        return f"As you asked: your order {title} (ending {ending}) {news}."
    return f"您要的提醒：订单 {title}（尾号 {ending}）{news}。"


def parcel_checked_text(
    lang: str, title: str, scanned_at: datetime | None, work_order_no: str, due_at: datetime | None
) -> str:
    """Nobody asked yet: what we saw, what we did, and by when the customer hears of it."""
    since = local_time(lang, scanned_at) if scanned_at else ""
    due = local_time(lang, due_at) if due_at else ""
    if lang == "en":
        return (
            f"Your parcel with {title} has not moved since {since}. I have asked the courier to "
            f"check it ({work_order_no}) and give you the result by {due}; you need not do anything."
        )
    return (
        f"我看到您的 {title} 从 {since} 起没有新的物流，已主动请快递核查（工单 {work_order_no}），"
        f"最晚 {due} 给您结果，您不用操作。"
    )


def local_time(lang: str, moment: datetime) -> str:
    """Shanghai time, as people read it."""
    local = moment.astimezone(SHANGHAI)
    return f"{day_text(lang, local.date())} {local:%H:%M}"


def day_text(lang: str, day: date) -> str:
    return f"{day:%d %b}" if lang == "en" else f"{day.month}月{day.day}日"
