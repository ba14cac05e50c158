"""What identifies a person or leads to one, taken out of what students write before it is kept, logged or handed to a model.

Patterns know links, e-mail addresses, handles, telephone numbers and the numbers of identity and bank cards. They cannot know a name.
Figures that questions about space hold are left alone: quantities with a unit, years and dates, decimals, round numbers.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

Found = re.Match[str]

# Full-width letters, digits and signs are read as the ordinary ones, one for one, so that what is found stands at the same place.
_WIDE = {0xFEE0 + code: code for code in range(0x21, 0x7F) if chr(code) not in ",!?;"} | {0x3000: 0x20}
_INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF])

_ALONE, _ENDS = r"(?<!\d)(?<!\d\.)", r"(?!\d|\.\d)"
_AREA = r"0(?:10|2\d|[3-9]\d\d)"
_DOMAIN = r"(?:[a-z0-9][a-z0-9-]{0,62}\.){1,10}"  # bounded, lest a long row of dots and hyphens be read to its end again and again
_URL = r"[!-~]*[\w/=&#~-]"
_NETWORK = (
    r"(?P<net>(?:we\s?chat|weixin|whatsapp|telegram|instagram|insta|snapchat|discord|tiktok|douyin|skype|roblox|kik|\bline|"
    r"\bvx|\bwx|\bqq|\btg|\big|q(?=号)|(?<=[加+])\s?v(?!信))(?![a-z])|(?P<zh>微信|薇信|威信|v信|扣扣|抖音|小红书|快手|微博|钉钉|飞书))"
)
_NAMED = r"(?P<named>\s*(?:号码?|[账帐][号户]|昵称|名字?|(?:id|number|no|name|user\s?name|handle|account)\b))?"
_IS = r"(?P<is>\s*(?:[:=]|是|为|叫|is\b|at\b))?"
_MINE = r"(?P<mine>\b(?:my|our|his|her|their|add|contact|me\s+(?:on|at|by|via))\s+|(?:我|[他她]|咱)们?的?\s?|[加+]\s?我?的?\s?)?"
_NUMBERED = (
    r"(?:phone|\btel\b|mobile\s(?:number|no\b)|(?:call|text|ring|dial)\s+me|whatsapp|电话|手机|座机|打给我|联系方式|号码|"
    r"身份证|学号|护照|卡号|passport|student\s+(?:id|number)|card\s+number)"
)

_UNIT = re.compile(
    r"\s*(?:[×°%^*]|x\s?10|[kcmμnMGT]?(?:m|g|Hz|W|J|K|Pa)\b|m/s|ly\b|au\b|years?\b|miles?\b|(?:kilo)?met(?:re|er)s?\b|(?:kilo)?grams?\b|"
    r"(?:light|seconds?|tons?|tonnes?|degrees?)\b|公里|千米|光年|天文单位|千克|公斤|兆赫|[米克吨度赫]|年(?!级))"
)
_MARK = re.compile(r"\[(?:link|email|handle|number|phone)\]")
_YEARS = re.compile(r"(?:1\d{3}|20\d\d)(?:[ -](?:1\d{3}|20\d\d))*")


def mask(text: str) -> str:
    """The text with ``[link]``, ``[email]``, ``[handle]``, ``[number]`` or ``[phone]``, the same in every language, for what gives a person away."""
    text = text.translate(_INVISIBLE)
    for rule in _RULES:
        text = rule.masked(text)
    return text


def without_marks(masked: str) -> str:
    """A masked text without what stands in the place of what was masked: no word to search for."""
    return " ".join(_MARK.sub(" ", masked).split())


@dataclass(frozen=True)
class _Rule:
    """Puts `token` in place of what `pattern` finds, or of its group ``it``, where `meant` agrees."""

    token: str
    pattern: re.Pattern[str]
    meant: Callable[[Found], bool]

    def masked(self, text: str) -> str:
        done, pieces = 0, []
        for found in self.pattern.finditer(text.translate(_WIDE)):
            if self.meant(found):
                start, end = found.span("it" if "it" in found.re.groupindex else 0)
                pieces += [text[done:start], self.token]
                done = end
        return "".join([*pieces, text[done:]])


def _always(_found: Found) -> bool:
    return True


def _is_no_quantity(found: Found) -> bool:
    """Neither followed by a unit, nor round, nor a row of years."""
    number = found[found.re.groupindex.get("it", 0)]
    digits = re.sub(r"\D", "", number)
    return not (_UNIT.match(found.string, found.end()) or digits.endswith("00000") or _YEARS.fullmatch(number))


def _is_card(found: Found) -> bool:
    """Payment cards begin with 2 to 6, and some old ones of ICBC with 9558."""
    return found[0].startswith((*"23456", "9558")) and _is_no_quantity(found)


def _is_handle(found: Found) -> bool:
    """Whether a word after a network's name is somebody's there; "What is WeChat used for?" names nobody."""
    net, name = found["net"].strip().lower(), found["it"]
    if name.isdigit():
        return net in ("qq", "q", "扣扣") and 5 <= len(name) <= 12
    told = [found["mine"], found["named"], found["is"]]
    if not net.isascii():
        return len(name) >= 5 or any(told)
    made_up = name[0].isalpha() and any(sign.isdigit() or sign == "_" for sign in name) and len(name) >= (6 if len(net) <= 2 else 5)
    if net == "line":  # a word of every other lesson
        return made_up and bool(found["mine"])
    spelt_out = sum(map(bool, told)) >= 2 or (found["is"] or "").strip() == ":"
    return made_up or (spelt_out and len(net) > 2) or bool(found["mine"] and found["is"])


def _rule(token: str, pattern: str, meant: Callable[[Found], bool] = _always) -> _Rule:
    return _Rule(f"[{token}]", re.compile(pattern, re.ASCII | re.IGNORECASE), meant)


_RULES = (
    _rule("email", r"(?<![\w.%+-])[\w.%+-]+(?:@|\s?[(\[]at[)\]]\s?)(?:[a-z0-9-]+(?:\.|\s?[(\[]dot[)\]]\s?))+[a-z]{2,}"),
    _rule(
        "link",
        rf"(?:https?|ftp)://{_URL}|\bwww\.{_URL}|(?<![\w.@]){_DOMAIN}(?:(?:com|cn|net|org|edu|gov|xyz|vip)\b(?:[/?#:]{_URL})?|[a-z]{{2,}}/{_URL})",
    ),
    _rule("handle", rf"{_MINE}{_NETWORK}{_NAMED}{_IS}\s*(?P<it>[\w][\w.#-]*\w)", _is_handle),
    _rule("handle", r"(?<![\w.])@(?:[a-z_][\w.-]*\w|[\u4e00-\u9fff]{2,4})"),
    _rule("number", r"(?<![\w.])[1-9]\d{5}[ -]?(?:18|19|20)\d\d[ -]?(?:0[1-9]|1[0-2])[ -]?(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[\dx](?!\w)"),
    _rule("number", rf"{_ALONE}(?:\d{{16,19}}|\d{{4}}(?:[ -]\d{{4}}){{3}}(?:[ -]?\d{{1,3}})?){_ENDS}", _is_card),
    _rule("phone", rf"{_ALONE}(?:(?:\((?:\+|00)?86\)|(?:\+|00)?86)[ -]?)?1[3-9]\d(?:[ ·-]?\d{{4}}[ ·-]?\d{{4}}){_ENDS}", _is_no_quantity),
    _rule("phone", rf"{_ALONE}(?:\+|00)[1-9]\d{{0,2}}[ -]?(?:\(\d{{1,4}}\)[ -]?)?\d(?:[ -]?\d){{5,12}}{_ENDS}", _is_no_quantity),
    _rule("phone", rf"{_ALONE}(?:\({_AREA}\)|{_AREA})[ -]?\d{{3,4}}[ -]?\d{{4}}(?:-\d{{1,5}})?{_ENDS}", _is_no_quantity),
    _rule("phone", r"(?<![\d.-])(?:\(\d{3}\) ?|\d{3}([-.]))\d{3}(?:\1|-)\d{4}(?![\d.-])"),
    _rule("number", rf"{_NUMBERED}[^\d\n]{{0,12}}?(?!\d{{4}}-\d\d?-)(?P<it>\b[a-z]?\d(?:[ -]?\d){{4,18}}){_ENDS}", _is_no_quantity),
)
