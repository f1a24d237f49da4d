"""The sentence a person reads for each error code, Chinese and English."""

from __future__ import annotations

from typing import Any

from console.desk.errors import DeskError

TEXTS = {
    "bad_request": (
        "内容格式不对，请检查后再试。",
        "Something in the request is off. Please check it.",
    ),
    "too_large": ("内容太大了，请缩短或压缩后再发。", "That's too large. Please make it smaller."),
    "too_often": ("操作太快了，请稍等几秒再试。", "That was too fast. Please wait a few seconds."),
    "not_signed_in": ("登录已失效或信息不正确，请重新登录。", "Please sign in again."),
    "not_allowed": ("您没有这项操作的权限。", "You don't have permission for this."),
    "not_found": ("没有找到。", "We couldn't find that."),
    "conflict": (
        "情况有变化，请刷新后再试。",
        "Things have moved on. Please refresh and try again.",
    ),
    "taken": ("已被同事接走了。", "A colleague was faster."),
    "same_id_other_content": (
        "这条消息已经保存过别的内容。",
        "This message was already stored differently.",
    ),
    "engine_down": ("智能助手暂时不可用。", "The assistant is not available right now."),
    "shop_down": (
        "订单系统暂时没有回应，请稍后再试。",
        "The order system isn't answering. Please try later.",
    ),
    "conversation_resolved": (
        "本次会话已结束，请开始新的会话。",
        "This conversation is closed. Please start a new one.",
    ),
    "not_assignee": ("这个会话不在您手上。", "You don't hold this conversation."),
    "promise_closed": ("这个承诺已经结束。", "This promise is already closed."),
    "already_extended": ("承诺只能延期一次。", "A promise can be extended only once."),
    "not_a_picture": (
        "请上传 jpg、png 或 webp 图片。",
        "Please upload a jpg, png or webp picture.",
    ),
    "out_of_stock": ("库存不够了。", "There is not enough in stock any more."),
    "cannot_rate_yet": ("还没有服务过，先不用评价。", "There is nothing to rate yet."),
    "change_refused": (
        "这个售后单现在不能这样改。",
        "This request can't be changed like that now.",
    ),
    "refund_too_high": (
        "超过了还能退的金额，没有办理。",
        "That is more than is left to refund; nothing was done.",
    ),
    "return_refused": (
        "按规则不能退，没有提交。",
        "The policy refuses this return; nothing was filed.",
    ),
    "unknown_namespace": ("没有这个连接地址。", "There is nothing at this address."),
    "newer_schema": (
        "数据库由更新的版本写入，请先升级程序。",
        "A newer version wrote this database. Please upgrade first.",
    ),
    "unknown_event": ("不支持的操作。", "This action is unknown."),
    "internal": (
        "系统出了点问题，您的内容没有丢，请再试一次。",
        "Something went wrong on our side. Please try again.",
    ),
    "error": ("操作没有成功。", "That didn't work."),
}


def error_view(error: DeskError, lang: str) -> dict[str, Any]:
    """The one error shape, for HTTP answers and acknowledgements alike."""
    zh, en = TEXTS.get(error.code, TEXTS["error"])
    message = en if lang == "en" else zh
    return {
        "ok": False,
        "error": {"code": error.code, "message": message, "details": error.details},
    }


def internal_error_view(lang: str) -> dict[str, Any]:
    zh, en = TEXTS["internal"]
    message = en if lang == "en" else zh
    return {"ok": False, "error": {"code": "internal", "message": message, "details": {}}}
