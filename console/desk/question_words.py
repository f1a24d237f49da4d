"""The words by which question.py tells a question from a statement, and one slot from another.

Patterns are matched against lower-case text with Latin punctuation (NFKC).
"""

from __future__ import annotations

import re
from re import Pattern


def _any(*parts: str) -> Pattern[str]:
    return re.compile("|".join(parts))


# Most messages hold none of these and are not read any further.
MAYBE = _any(
    r"[?哪什啥几多何谁怎吗呢么不没吧请烦便能可以需要把先发贴供给报告说讲留填写念打拍补传描选差缺还成]",
    r"\b(wh|how|please|could|can|would|may|tell|send|share|give|provide|show|need|let|describe)",
    r"\b(is there|do you|explain)",
)

# The whole sentence asks for nothing now: security, advice for later, small talk.
NOT_NOW = _any(
    r"身份.{0,3}(核|验)|核[实对验].{0,6}(身份|本人|尾号|手机)|验证.{0,4}(身份|本人)",
    r"(确认|核对).{0,6}本人|(保障|保护|为了|出于|考虑).{0,6}安全|安全(考虑|验证|起见|核验|问题)",
    r"预留(的)?(手机|电话)|(手机|电话)号?码?的?.{0,3}(后四位|后4位|末四位|尾号)",
    r"(verify|confirm) (your identity|that it's you|it is you)|\bsecurity\b|last (four|4) digits",
    r"\bidentity\b|\baccount holder\b|\btalking to the right\b",
    r"\b(phone|number)\b.{0,16}\b(on|linked to|registered (with|to)) (the|your) account",
    r"以后|下次|日后|今后|将来|next time|in (the )?future",
    r"还有(什么|别的|其他|其它).{0,6}(问题|需要|帮)|有(什么|啥).{0,3}(可以|能).{0,2}帮",
    r"anything else",
    r"快递单号|物流单号|运单号?|tracking number|waybill",
)

# A clause that closes a read-back.
READ_BACK = _any(
    r"(对吗|对么|对吧|对不对|对嘛|是吧|是吗|是么|是不是|没看错吧)[?。!]?$",
    r"没有?(错|变|问题|改|看错)(吧|吗|么)[?。!]?$|(是这样|是这笔|是这单|是这个|是这件|是您本人).{0,2}(吧|吗|么)[?。]?$",
    r"^是(因为|不是).*吗[?。]?$|是.{0,6}(号码|地址|订单|本人|手机|电话)(吧|吗|么)[?。]?$",
    r"^(is that |that's |am i )?(right|correct)\b.{0,3}\?$|\d.{0,12} (right|correct)\?$",
    r"^am i right\b",
    r"\b(isn't it|is that so|didn't you|don't you|still the same|still correct|still right)\?$",
    r"^(is|was|are) (this|that|it|these|those) (still )?(your|the right|the correct)\b",
)

# A clause that tells, offers or spares: no request, whatever it names.
SAYS_ONLY = _any(
    r"(不用|不必|无需|无须|不需要|别)(您|你|再|麻烦|重复)*(发|提供|说|报|给|拍|填|重复|输入|寄)",
    r"不说.{0,6}也|^(?!.*还是).*已经?.{0,12}(到|了|好|为|过|给)|不管|无论|不论|随时|可能是",
    r"(?<!没)收到(?!货)|看到(了|您)|(我|我们)(这边|这里|都|也)?(有了|能看到|查到了)|刚才您?(提到|说)",
    r"(需要|要不要|用不用|是否需要|要).{0,2}(我|我们).{0,6}(帮|给|为|把|按|直接|来|改)",
    r"(需要|要不要|用不用).{0,2}(帮|给|为)(您|你)|^(我|我们|那我).{0,6}(帮|给|为)(您|你)(?!.*(哪|什么))",
    r"会.{0,8}(发|打|拨打|联系|通知)(给)?(您|你)?|^(给|帮|为)(您|你)|还是(原来|之前|上次)",
    r"\b(no need|not need|don't have to|do not have to|needn't|don't need)\b",
    r"(?<!may )(?<!can )(?<!could )\b(i|we) (already )?(have|got|see|received|can see|found) ",
    r"\b(i|we|you)'ve\b|\bthanks? (you )?for\b|\bas you (said|wrote|mentioned|asked)",
    r"\byou'll find\b",
    r"\byou (said|wrote|mentioned|told)|\b(sorry|apologi[sz]e)\b|\b(is|was) on file\b",
    r"\b(did|have) you (already )?(get|got|receive|received|see|seen) (my|our|the)\b",
    r"\b(would you like|do you want) me to\b|^(shall|should) (i|we)\b|^(may|can|could) i call\b",
    r"\bif you like\b|\blet me (?!know)",
)

# Somebody is to give something: needed beside the name of a thing.
_GIVE = r"(发|贴|提供|给|报|告诉|告知|说|讲|留|填|写|念|打|拍|补|传|描述|选)(?!错|现|生|票|货|的)"
WANTS = _any(
    r"(请|麻烦|烦请|劳驾|辛苦|方便|能不能|能否|(?<!可)能|可以|可否|需要|要|把|先).{0,10}?" + _GIVE,
    _GIVE + r"(给)?(我|我们|一下|下|个|张|两张|几张|一张|来|过来|出来|吧|哈|呗|哦|说)",
    r"还?(差|缺)(一|您)?(个|张)",
    r"多少|什么|哪|有没有|是否有|(吗|呢|啥|不)(亲|哈|呀|哦)?([?,。]|$)|\?",
    r"\b(please|could you|can you|would you|may i|(could|can) (i|we) (have|get|see))\b",
    r"\b(tell|send|share|give|provide|show) (me|us)\b|\bwhat('s| is| was| are)\b",
    r"\bis there (a|any)\b",
    r"\blet (me|us) know\b|\bdo you (have|know|remember|still have|happen)\b",
    r"\b(i|we)('ll| will)?( just| only| still| also)? need\b",
    r"\b(would|will) (help|be (great|helpful|useful|perfect))\b|^which\b",
)
# "Is it X?" names a value: a read-back, for things that are values.
GUESSES = _any(r"(是|为)(?!什么|啥|哪|多少|几|否|不是|谁)[^什啥哪多几谁]{2,24}(吗|么|吧)\??$")

# Things by name.
THINGS: dict[str, Pattern[str]] = {
    "order_no": _any(
        r"订单的?(编)?号|订单.{0,4}编号|(?<!退货)(?<!换货)(?<!售后)(?<!服务)(?<!退款)(?<!投诉)(?<!订)(?<!流)(?<!递)单号",
        r"\border (number|no\b|id\b)|\bnumber of (your|the) order\b",
    ),
    "rma_no": _any(
        r"(售后|退货|服务|退款|换货)(单|申请)?(的)?(编号|单号|号)",
        r"\b(return|rma|service|after-sale) (request )?(number|no\b|id\b)|\brma\b",
        r"\bnumber of (your|the) return\b",
    ),
    "photos": _any(
        r"照片|图片|实物图|截图|相片|(拍|发|传|补)(个|张|几张|两张|一下|下)*图|(张|个).{0,10}图|拍照",
        r"(拍|照)(个|张|一下|下).{0,12}(发|传|看)|\b(photos?|pictures?|images?|screenshots?)\b",
    ),
    "phone": _any(
        r"手机号|联系电话|电话号码|联系方式|(?<![打接回听来通个])(?<!您)电话(?!联系|给|会|的|里|过|打|沟通)",
        r"(哪个|什么|多少|几号).{0,3}(电话|号码)|(给|留|发)(个|一下|下)电话",
        r"\b(phone|mobile|contact|telephone) number|\bnumber\b.{0,24}\b(reach|call|ring)",
    ),
    "new_address": _any(
        r"地址", r"\b(new|delivery|shipping|full|right|correct|which|what) address\b"
    ),
    "reason": _any(r"原因|理由", r"\breason\b(?! for the (delay|fault))"),
    "fault_text": _any(
        r"症状|故障现象|(遇到|出现|具体|故障)的?(问题|故障)(?!.{0,4}(吗|帮))",
        r"问题.{0,4}(具体|指|详细)|问题描述",
        r"\b(describe|tell|explain|more about)\b.{0,30}\b(fault|defect|problem|issue|damage)\b",
    ),
    "return_way": _any(r"(退回|退货|寄回)的?方式", r"\breturn method\b"),
    "complaint_text": _any(
        r"来龙去脉|具体(是)?(什么|啥)?情况|(事情|具体|整个|详细)的?(经过|情况)|整件事|当时.{0,4}(情况|经过)"
    ),
    "slot_window": _any(r"(上门|取件)的?(具体)?时间(?!.{0,3}(可以|会))"),
    "region": _any(
        r"(哪个|哪|什么|收货)的?(省份?|城市|地区)|收货地(?!址)",
        r"\b(which|what) (region|province|city)\b",
    ),
    "invoice_title": _any(
        r"抬头|公司全称|单位名称", r"\b(invoice|company) (title|name)\b|\bname on the invoice\b"
    ),
    "tax_no": _any(r"税号|识别号|信用代码", r"\btax (number|id|no)\b"),
    "email": _any(r"邮箱|电子邮件", r"\be-?mail\b"),
    "height": _any(r"身高|多高", r"\b(your|the) height\b|\bhow tall\b"),
    "weight": _any(r"体重|多重|多少斤", r"\b(your|the) weight\b|\bhow much do(es)? \w+ weigh\b"),
    "for_whom": _any(
        r"(给|送)(谁|什么人|哪位)(用|的|买)?", r"\bwho\b.{0,12}\b(it|this) for\b|\bfor whom\b"
    ),
    "company": _any(
        r"(公司|单位|企业)的?(名称|名字|叫什么)|哪家(公司|单位|企业)",
        r"\b(name of|which) (the |your )?company\b",
    ),
    "budget": _any(r"预算|价位|(接受|考虑)的?(价格|价钱|范围)", r"\bbudget\b|\bprice range\b"),
}

_WHEN = r"(什么时候|什么时间|几点|哪天|什么时段|哪个时间|哪个时段|何时|啥时候)"
_CARRIER = r"(上门|取件|来取|取货|来拿|过去取|去取)"
_PARTS = (
    r"(配件|赠品|说明书|充电器|数据线|电源线|插头|附件|零件|遥控器|保修卡|耳塞|的线"
    r"|盒子?里的?(东西|物品))"
)
_PARTS_EN = r"\b(accessor\w*|parts|extras|charger|cable|manual|remote|adapter|screws)\b"
_OPENED = r"(拆封|拆开|拆|开封|打开|撕开|使用|用|穿|试穿|洗|下水|激活)"
_BROKEN = r"(开不了|充不进|不工作|不制冷|没反应|黑屏|死机|漏|异响|卡顿|不亮|不转|破|裂|坏)"
_COLLECT = r"\b(pick(ed|ing)?( it)?[- ]?up|courier|collect\w*|driver)\b"

# Questions by their shape.
QUESTIONS: dict[str, Pattern[str]] = {
    "order_no": _any(
        r"(哪|什么|啥)(一)?(个|笔|张|份)?(订单|单(?![元位价独]))|哪(一)?笔",
        r"订单.{0,12}(那个|那笔|那单)还是|\bwhich (of your )?orders?\b|\borders\b.{0,20}\bwhich\b",
    ),
    "order_item_id": _any(
        r"哪(一|几)?(件|样|双|台)|哪(一|几)?个(商品|产品|东西|宝贝|物品)",
        r"\b(which|what) (one )?(of )?(the |these |your )?(items?|articles?|pieces?)\b",
        r"\b(?<!orders, )which one (do|would|are|is)\b",
        r"\bwhich of (the|these|those|your)\b(?! orders)",
        r"\bis it the .{1,40} or the .{1,40}\b(return|send|broken)",
    ),
    "product_id": _any(
        r"哪(一|几)?款|(哪个|什么|啥)型号|链接.{0,6}" + _GIVE + "|" + _GIVE + r".{0,10}链接",
        r"(咨询|看中|看上|想买|想了解|感兴趣).{0,6}哪(一)?(个|件)|哪(一)?(个|件).{0,6}(咨询|感兴趣)",
        r"\b(which|what) (product|model)\b|\b(link|url) (of|to|for) the (product|item)",
    ),
    "quantity": _any(
        r"(退|换|寄|要|买|需要|订|拍).{0,4}(几|多少)(件|个|双|台|只|瓶|盒|套|份|箱|包|条)",
        r"(都|全|全部)退(吗|还是)|退.{0,4}还是.{0,3}(都|全|一|两|部分)",
        r"\bhow many\b(?! (days|times|hours|weeks|people|minutes))",
        r"\b(both|all)( of them)?,? or\b",
    ),
    "reason": _any(
        r"(为什么|为啥|为何|因为什么|因为啥|干嘛).{0,8}(退|换|寄回|不(想)?要)",
        r"怎么(突然|忽然|又|就|会)?(想|要|不).{0,4}(退|换|要)",
        r"(什么|啥|何种)(原因|理由)|还是.{0,10}(要|想)?退(呢|货呢|的呢)",
        r"(哪里|哪儿|哪方面|哪点|什么地方).{0,6}(不满意|不合适|不喜欢|有问题).{0,8}(退|换)",
        r"\bwhy\b.{0,40}\b(return\w*|back|exchang\w*|refund\w*|don't (want|like|need))\b",
        r"\bwhat (made|makes) you (want|decide|wish)?.{0,12}(return|send)",
    ),
    "cancel_reason": _any(
        r"(为什么|为啥|为何|因为什么|因为啥|怎么).{0,8}取消",
        r"\bwhy\b.{0,60}\bcancel|\bwhat (made|makes) you\b.{0,16}\bcancel",
    ),
    "condition": _any(
        r"(有没有|是否|有无).{0,3}" + _OPENED + "过?",
        _OPENED + r"过?.{0,3}(了吗|过吗|没有|没(?=[?。,]|$)|了没|过没|了么|过吧, 还是)",
        r"(全新|没拆|未拆|没用).{0,8}还是|(几成新|成色|新旧程度)",
        r"(吊牌|标签|包装|外盒|盒子|塑封).{0,4}(还在|完好|剪|拆|撕|扔|保留|有没有).{0,4}(吗|没|么|剪|拆|撕|在)",
        r"(商品|东西|货|宝贝|产品)(现在|目前)?(是)?(什么|啥)(状态|样)",
        r"\b(has|have|is|are|was|did|were)\b.{0,24}\b(open(ed)?|used?|worn|wear|sealed|washed|tags?|intact|unused)\b.{0,24}\?",
        r"\bwhat (condition|state)\b",
    ),
    "accessories_complete": _any(
        _PARTS + r".{0,10}((齐|全|在|有).{0,2}(吗|么|吧|不(?=[?。,]|$))|齐不齐|全不全|在不在)",
        _PARTS + r".{0,10}(有没有|是否|有无).{0,4}(缺|少|齐|全)",
        r"(有没有|是否|有无).{0,4}(缺|少).{0,4}" + _PARTS,
        _PARTS_EN
        + r".{0,40}\b(there|complete|included|missing|with it|in the box|came with)\b.{0,8}\?",
        r"\b(all|every|any)\b.{0,20}"
        + _PARTS_EN
        + r".{0,30}\?|\b(is|are) (anything|something|any \w+) missing\b",
        r"\beverything (that |which )?(came|comes|belongs)\b",
    ),
    "fault_text": _any(
        r"(什么|啥|哪种|哪些)(样的)?(故障|毛病|现象|症状)|(出|出现|遇到|是)了?(什么|啥|哪些)(样的)?问题",
        r"(描述|说说|讲讲|说一下|说下).{0,10}(故障|问题|现象|症状)|怎么.{0,2}坏|"
        + _BROKEN
        + ".{0,6}还是",
        r"(哪里|哪儿|什么地方|哪个(部位|地方|零件))(坏|破|裂|不能用|有问题|出问题)",
        r"\bwhat('s| is| exactly is| seems to be)\b.{0,10}\bwrong\b",
        r"\bwhat('s| is| exactly is| seems to be)\b.{0,10}\bthe (fault|problem|issue|defect)\b",
        r"\b(what|how|describe)\b.{0,40}\b(wrong|break|faulty?|fails?|defects?)\b",
        r"\b(what|how|describe)\b.{0,40}\b(not work\w*|doesn't work)\b",
        r"\bwhat (does|did) it do\b",
    ),
    "return_way": _any(
        r"(上门|取件|快递|去取|小哥).{0,12}还是.{0,10}(自己|自行|自寄|寄|送|拿)",
        r"(自己|自行).{0,8}还是.{0,10}(上门|取件|快递)",
        r"怎么(寄|退)回|(哪种|什么|哪个)(退回|退货|寄回)?方式.{0,4}(退|寄)",
        _COLLECT + r".{0,30}\bor\b.{0,30}\b(yourself|drop\w*|self|post|send|parcel shop|locker)",
        r"\b(drop\w*|send|post)\b.{0,30}\bor\b.{0,30}" + _COLLECT,
        r"\bhow (would|do|will) you\b.{0,14}\b(send|return|ship) (it|them|this)",
    ),
    "slot_window": _any(
        rf"{_WHEN}.{{0,14}}({_CARRIER}|在家|来.{{0,4}}(方便|合适))|{_CARRIER}.{{0,10}}{_WHEN}",
        r"(上午|下午|晚上|中午|今天|明天|周.|周末)还是.{0,12}(方便|上门|来取|取件)",
        r"\b(what|which) (time|day|slot|window)\b.{0,40}\b(pick|collect|courier|suit|come)",
        r"\bwhen\b.{0,30}\b(pick|collect|courier|at home)",
        r"\b(morning|afternoon|today|tomorrow|\w+day) or\b.{0,30}" + _COLLECT,
    ),
    "new_address": _any(
        r"(改|换)(送)?(到|成|去|为)?(哪|什么)(?!.{0,3}(颜色|款|规格|件|码|号|尺))|(送|寄|发)到(哪|什么地方)",
        r"\bwhere (should|shall|do|would|can)\b.{0,24}\b(send|deliver|ship|go|sent|delivered)\b",
    ),
    "new_variant": _any(
        r"换(成|个)?(什么|哪|啥).{0,3}(颜色|款|规格|配置|样)|(哪个|哪种|什么|啥)颜色",
        r"\b(which|what) (colou?r|variant|version)\b.{0,40}\b(instead|exchange|swap|like|want|get)",
    ),
    "new_size": _any(
        r"换(成|个)?(什么|哪|啥|多大|几).{0,3}(尺码|尺寸|码|号)|(要|穿|换)(多大|几)(码|号)",
        r"\b(which|what) size\b.{0,40}\b(instead|exchange|swap|like|want|need|send)",
    ),
    "fault_since": _any(
        r"(什么时候|何时|哪天|几号).{0,6}(开始|出现|发现|坏的|出的问题)|(这样|这种情况|坏了?).{0,4}多久了",
        r"\bsince when\b|\bwhen did (it|this|that|the \w+)\b.{0,24}\b(start|begin|break|fail|stop)",
        r"\bhow long has (it|this)\b.{0,24}\b(been|like)",
    ),
    "tried_steps": _any(
        r"(试|尝试|做|排查)过(哪些|什么|啥)|(有没有|是否|有无)(试|尝试|重启|重置|换过插座)",
        r"\bwhat (have|did) you (already )?tr(ied|y)\b|\bhave you (already )?tried\b",
    ),
    "complaint_target": _any(
        r"投诉.{0,4}(谁|哪|什么人|.{1,8}还是)|(对|是).{1,8}不满意?.{0,6}还是",
        r"\bwhom?\b.{0,24}\bcomplain|\bcomplain\w* about\b.{1,30}\bor\b",
    ),
    "complaint_text": _any(
        r"发生了?(什么|啥|何事)|怎么(一)?回事|(说|讲)(说|讲|一下|下)?.{0,4}经过",
        r"\bwhat happened( to you| exactly)?\s*\?",
        r"\b(tell|describe|explain)\b.{0,16}\bwhat happened",
        r"\bwhat (exactly )?went wrong\b|\bwalk (me|us) through\b",
    ),
    "complaint_wish": _any(
        r"(希望|想要?|期望|要求|觉得|您看).{0,8}(怎么|怎样|如何|什么样|什么).{0,6}(处理|解决|赔|补偿|方案|结果)",
        r"(什么|啥)(诉求|要求|期望)|诉求是|怎么.{0,4}处理.{0,4}(满意|合适)",
        r"\bhow would you like (us|this|me|it)\b(?!.{0,12}\b(sent|returned|delivered))",
        r"\bwhat would you like (us|me) to do\b|\bwhat (can|could) we do to\b",
        r"\bwhat (outcome|solution|resolution|would put|would make)\b",
        r"\b(fair|good|right) (solution|outcome) for you\b",
    ),
    "budget": _any(
        r"(花|出|付)多少钱|多少钱(以内|左右|上下)", r"\bhow much\b.{0,24}\b(spend|pay)\b"
    ),
    "category": _any(
        r"(哪|什么|啥)(一|个)?(类|种类|品类|类目|类型)|(想看|想买|想选|在看|想要).{1,6}还是(?!退)",
        r"(买|看|找)(的是)?(哪|什么)(方面|种|东西)",
        r"\b(what|which) (kind|type|sort|category)\b",
        r"\bwhat are you (shopping|looking|searching) for\b",
    ),
}
CANCELS = _any(r"取消", r"\bcancel")
