"""English follow-ups: "And how heavy was it?", "What about Chang'e-6?", "When?", "Who were the crew?", "Tell me more"."""

import re

from tutor.question.follow_up.bodies import swapped
from tutor.question.follow_up.forms import COUNTED, SUBJECT, About, Again, Asks, FollowUp, Other, Talk
from tutor.question.follow_up.own_subject import has_own_subject, is_dummy
from tutor.question.patterns import pattern

_LEAD = re.compile(
    r"^(?:(?:and|but|so|then|ok(?:ay)?|oh|well|also|please|wow|cool|great|can you tell me|could you tell me|do you know|tell me(?= wh| how)|"
    r"i want to know)\b[\s,.!]*)+",
    re.IGNORECASE,
)
_IN_LANGUAGE = re.compile(
    r"(?:can you |could you |please |now )*(?:(?:say|tell me|answer|repeat|explain|write|translate|give me) ?(?:it|that|this|me)? ?)?(?:again )?"
    r"(?:in |into |to )?(?P<language>english|chinese|mandarin)(?: (?:please|now|again|version))*",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?:can you |could you |please )*(?:tell me (?:some )?more|(?:some )?more(?: please)?|go on|continue|what else(?: is there)?|anything else|"
    r"say more|more details?|explain more|what more)(?: (?:about|on) (?:it|that|this|them|him|her))?(?: please)?",
    re.IGNORECASE,
)
_HOW = "how(?: (?:many|much|long|far|fast|heavy|old|tall|big|high|deep|hot|cold|wide))?"
_THING = "(?:in |on |at |from |with )?(?:what|which) (?:year|day|date|month|time|rocket|country|place|site|crater|planet|agency)"
_BARE = re.compile(
    rf"(?P<word>when|(?:from )?where|why|who|{_HOW}|what for|{_THING})(?P<not> not)?"
    r"(?: exactly| come| (?:was|is|did|does) (?:that|this)(?: happen(?:ed)?)?)?",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"(?:(?:and|or|so) )?(?:(?:what|how) about|(?:the )?same (?:question )?(?:for|about|with)) (?P<what>.+)|(?:and|or) (?P<and>.+)", re.IGNORECASE
)
_ASKING = pattern(r"\b(?:who|whose|what|which|when|where|why|how|is|are|was|were|do|does|did|can|could|will|would|has|have|had|tell|explain)\b")
_ONE = re.compile(r"\b(?P<which>the (?:first|second|third|fourth|fifth|last|latest|next|other|biggest|smallest)) one\b", re.IGNORECASE)
_POSSESSIVE = r"its|their|his|her(?= (?!in\b|on\b|up\b|to\b|with\b|at\b|for\b|and\b|from\b|of\b)[a-z])"
_VERB = (
    "bring|brought|take|took|mean|happen|work|weigh|cost|land|launch|carry|fly|flew|last|go|come|make|made|have|do|look|get|need|use|hit|find|"
    "see|measure|start|end|stop|reach|fail|orbit|return|drive|travel|be|been|the|a|so|really|still|ever"
)
_PRONOUN = re.compile(
    rf"\bwith (?P<crew>him|her|them)\b|\b(?P<its>{_POSSESSIVE})\b|\b(?P<it>it|he|she|they|him|them|her)\b(?!'|-)|"
    rf"(?<=did |oes )(?P<that>that|this|these|those)(?= (?:{_VERB})\b|$)|\b(?P<there>there)\b|\b(?P<is>it's|he's|she's)(?= )",
    re.IGNORECASE,
)
_WHOLE = "mission|spacecraft|probe|station|telescope|satellite|craft|ship|spaceship|system|programme|program"
_PART = (
    "crew|commander|pilots?|astronauts?|cosmonauts?|taikonauts?|lander|rover|rocket|launcher|capsule|landing(?: site| place| date)?|flight|descent|"
    "launch(?: site| date| mass)?|samples?|mirror|orbiter|moonwalk|spacewalk|journey|trip|voyage|"
    "helicopter|instruments?|wheels?|impact|crash|modules?"
)
_QUALIFIED = r"(?! (?:of|that|which|who|for|to|called|named|from|between|with)\b)"
_DEFINITE = re.compile(rf"\b(?:the|that|this) (?:(?P<whole>{_WHOLE})|(?P<part>{_PART})){_QUALIFIED}\b|\b(?P<board>on board|aboard)$", re.IGNORECASE)
_GENERAL = pattern(
    r"^(?:how|why) (?:do|does|is|are)\b", r"\bthe (?:first|last|most|biggest|largest|only)\b", r"\bever\b", r"\b(?:an?|any|every|all|most) [a-z]+\b"
)
_NAME = re.compile(r"(?<=[a-z,] )(?!Moon\b|Mars\b|Earth\b)[A-Z][\w'-]+")
_ASKED = re.compile(r"^(?:what|which|whose|who|when|where|why|how|at what|in what|on what|in which|on which|from where)\b", re.IGNORECASE)
_AUXILIARY = re.compile(r"\b(?:did|do|does|is|are|was|were|will|can|could|has|have|had|would|should)\b", re.IGNORECASE)
_DEFINES = re.compile(r"^what (?:is|are|was|were) (?:an? |the )?(?P<what>[\w' -]+)$", re.IGNORECASE)
_NOUN = re.compile(
    r"\b(?:do|does|did|is|are|was|were|can|will|has|have)\s+(?P<noun>(?:the |an? )?(?!(?:the|an?|first|last|most|only|[a-z]+est)\b)[a-z][a-z-]+)",
    re.IGNORECASE,
)
_QUESTIONS = (
    (pattern(r"^(?:launch )?rocket$", r"^launch(?:er| vehicle)$"), f"What rocket launched {SUBJECT}?"),
    (pattern("^(?:crew|astronauts?|cosmonauts?|people)$"), f"Who were the crew of {SUBJECT}?"),
    (pattern("^launch(?: date| day)?$"), f"When was {SUBJECT} launched?"),
    (pattern("^launch (?:site|place)$"), f"Where was {SUBJECT} launched from?"),
    (pattern("^landing(?: date| day)?$"), f"When did {SUBJECT} land?"),
    (pattern("^landing (?:site|place)$"), f"Where did {SUBJECT} land?"),
    (pattern("^(?:mass|weight)$"), f"How heavy is {SUBJECT}?"),
    (pattern("^(?:height)$"), f"How tall is {SUBJECT}?"),
    (pattern("^(?:speed)$"), f"How fast is {SUBJECT}?"),
    (pattern("^samples?$"), f"What samples did {SUBJECT} bring back?"),
)
_YEAR = 4  # digits
_OWNED = re.compile(r"^(?P<owned>(?:the|its|their|his|her|that|this) )?(?P<what>.+)$", re.IGNORECASE)


def read(question: str, names: list[tuple[int, int]]) -> FollowUp | None:
    """What kind of follow-up the question is; None when it stands for itself. `names` are where it names missions."""
    whole = question.strip().rstrip("?!. ")
    bare = _LEAD.sub("", whole)
    if language := _IN_LANGUAGE.fullmatch(bare.replace(",", "")):
        return Again("en" if language["language"].lower() == "english" else "zh")
    if _MORE.fullmatch(bare):
        return About(f"Tell me about {SUBJECT}.")
    if found := _BARE.fullmatch(bare):
        return Asks(f"{found['word'].capitalize()}{found['not'] or ''}")
    return _other(whole, names) or _about(bare, [name[0] - question.find(bare) for name in names])


def _other(whole: str, names: list[tuple[int, int]]) -> Other | None:
    match = _OTHER.fullmatch(whole)
    what = (match["what"] or match["and"]) if match else whole if names and names[0][0] == 0 and names[0][1] >= len(whole) else None
    return Other(what) if what and len(what.split()) <= 7 and not _ASKING.search(what) else None


def _about(bare: str, names: list[int]) -> About | None:
    if one := _ONE.search(bare):
        return About(f"{bare[: one.start()]}{one['which']} {COUNTED} of {SUBJECT}{bare[one.end() :]}?")
    pronoun = next((found for found in _PRONOUN.finditer(bare) if not is_dummy(bare, found)), None)
    if pronoun is not None:
        own = any(name < pronoun.start() for name in names) or has_own_subject(bare, pronoun.start())
        return None if own else About(f"{_with_subject(bare, pronoun)}?")
    definite = _DEFINITE.search(bare)
    if definite is None or names or _GENERAL.search(bare) or _NAME.search(bare):
        return None
    shown = SUBJECT if definite["whole"] else f"{definite[0]} {SUBJECT}" if definite["board"] else f"the {definite['part']} of {SUBJECT}"
    return About(f"{bare[: definite.start()]}{shown}{bare[definite.end() :]}?")


def _with_subject(bare: str, pronoun: re.Match[str]) -> str:
    before, after = bare[: pronoun.start()], bare[pronoun.end() :]
    if pronoun["it"] and not after and re.fullmatch(r"who (?:is|are|was|were) ", before, re.IGNORECASE):
        return f"Who were the crew of {SUBJECT}"
    kinds = {"crew": f"on the crew of {SUBJECT}", "its": f"{SUBJECT}'s", "it": SUBJECT, "that": SUBJECT, "is": f"{SUBJECT} is"}
    place = SUBJECT if re.search(r"\b(?:from|to|in|on|at) $", before) else f"on {SUBJECT}"
    return before + next((shown for kind, shown in kinds.items() if pronoun[kind]), place) + after


def asked_of(talk: Talk, word: str) -> str | None:
    """The last question with another question word."""
    bare = _LEAD.sub("", talk.question.strip()).rstrip("?!. ")
    word, negated, _rest = word.partition(" not")
    if word == "Why" and (defined := _DEFINES.match(bare)):
        return f"Why does {defined['what']} happen?"
    auxiliary, asked = _AUXILIARY.search(bare), _ASKED.match(bare)
    if auxiliary is None and asked is None:
        return None
    rest = bare[auxiliary.start() :] if auxiliary else bare.split(maxsplit=2 if asked and asked[0].lower() in ("what", "which") else 1)[-1]
    if negated and talk.name:
        rest = rest.replace(talk.name, f"{talk.name} not", 1)
    return f"{word} {rest}?"


def of_other(talk: Talk, what: str) -> str | None:
    """The last question of something else, or something else of the last question's subject."""
    thing = re.sub(r"^(?:on|of|in|for|with|to|at|from|by) (?!the )", "", what.strip(), flags=re.IGNORECASE)
    if changed := swapped(talk.question, what):
        return changed
    if number := re.fullmatch(r"(?:number |no\.? ?|#)?(\d+)", thing, re.IGNORECASE):
        return talk.of(re.sub(r"\d+", number[1], talk.name)) if talk.name and len(number[1]) < _YEAR and re.search(r"\d", talk.name) else None
    owned = _OWNED.match(thing)
    if talk.named(thing) or (re.search(r"[A-Z0-9]", thing) and not (owned and owned["owned"])):
        return talk.of(thing)
    return _field(owned["what"]) if owned else None


def _field(noun: str) -> str:
    return next((question for asks, question in _QUESTIONS if asks.match(noun)), f"What is the {noun} of {SUBJECT}?")


def noun_of(question: str) -> str | None:
    """The noun that a question without a name is about, such as "rockets"."""
    found = _NOUN.search(question)
    return found["noun"] if found else None
