"""Formulas as readable Unicode: what LaTeX there is becomes characters, and plain text stays as it is.

Between dollar signs, ``\\( \\)`` or ``\\[ \\]`` everything is read as LaTeX; elsewhere only what cannot mean anything else: a known command with
its braces, a power (``10^{-3}``), a number below a chemical symbol or a single letter (``H_2O``, ``v_0``).
"""

import re
from functools import cache, partial
from typing import Any

from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, SpecialsTextSpec, get_default_latex_context_db
from pylatexenc.latexwalker import LatexWalker, LatexWalkerError
from pylatexenc.latexwalker import get_default_latex_context_db as get_default_parser_db
from pylatexenc.macrospec import MacroStandardArgsParser, SpecialsSpec

_LONGEST = 500  # characters of one formula

_RAISED = str.maketrans("0123456789+-−=()abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
_LOWERED = str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")

_ADDRESS = r"https?://\S+"  # is left alone
_BRACES = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
_MATH = rf"""
    {_ADDRESS}
  | \$\$ (?P<display>[^$]+) \$\$
  | \\\[ (?P<bracket>.+?) \\\]
  | \\\( (?P<inline>.+?) \\\)
  | (?<![\\$\w]) \$ (?P<dollar> [A-Za-z] | (?![\s\d.,]*\$) (?!\s) [^$\n]*? [\\^_] [^$\n]*? (?<!\s) ) \$ (?![\d$])
  | (?<![:\\]) (?<![A-Za-z]{{2}}) (?P<bare>
      \\ (?P<name>[A-Za-z]+) (?![A-Za-z\\]) (?: \[[^\[\]{{}}]*\] )? (?: {_BRACES} )* (?: (?<=\\Delta) [ ] (?=[a-z]\b) )?
    )
  | (?P<degrees> \^ \{{? \\circ \}}? )
"""
_SCRIPT = rf"""
    {_ADDRESS}
  | (?<![\w)\]]) [\w)\]]+ (?: \^ (?: \{{[^{{}}]*\}} | [+-]?\w+ ) ){{2,}}
  | (?<=[\w)\]]) \^ (?: \{{ (?P<group>[^{{}}^_]{{1,20}}) \}} | (?P<power>[+-]?\d{{1,4}}) (?![\w^]) | (?<=[\d)]\^) (?P<letter>[a-z]) (?![\w^]) )
  | (?<![A-Za-z_]) (?P<base> (?:[A-Z][a-z]?){{1,2}} | [a-z] ) _ (?: \{{(?P<below>[^{{}}^_]{{1,20}})\}} | (?P<digits>\d{{1,2}}) (?![\d_a-z.]) )
"""
_FORMULA = re.compile(_MATH, re.VERBOSE | re.DOTALL | re.ASCII)
_BARE_SCRIPT = re.compile(_SCRIPT, re.VERBOSE | re.ASCII)


def readable(text: str) -> str:
    """`text` with its formulas in Unicode; what cannot be read as one is left as it stands."""
    if "\\" in text or "$" in text:
        text = _FORMULA.sub(_formula, text)
    return _BARE_SCRIPT.sub(_script, text) if "^" in text or "_" in text else text


def _formula(match: re.Match[str]) -> str:
    whole = match[0]
    if match["degrees"] is not None:
        return "°"
    if match["bare"] is not None and not _is_mathematical(match["name"]):
        return whole
    latex = next((match[name] for name in ("display", "bracket", "inline", "dollar", "bare") if match[name] is not None), "")
    return (_unicode(latex) if len(latex) <= _LONGEST else None) or whole


def _script(match: re.Match[str]) -> str:
    if match["base"] is not None:
        return match["base"] + _lowered(match["below"] or match["digits"])
    power = match["group"] or match["power"] or match["letter"]
    return _raised(power) if power is not None else match[0]


def _unicode(latex: str) -> str | None:
    """What a formula's LaTeX shows, None when it is not LaTeX."""
    parser, writer = _contexts()
    source = re.sub(r"(?<!\\)%", r"\\%", latex)
    try:
        nodes, _, _ = LatexWalker(source, latex_context=parser, tolerant_parsing=False).get_latex_nodes()
        shown: str = LatexNodes2Text(latex_context=writer, math_mode="text", strict_latex_spaces="based-on-source").nodelist_to_text(nodes)
    except (LatexWalkerError, RecursionError, ValueError, TypeError, AttributeError, LookupError):
        return None  # on what is no LaTeX the library may stumble anywhere
    shown = re.sub(r"\s*([×·≈≤≥≠±=→])\s*", r" \1 ", shown.replace("\xa0", " "))  # a command swallows the blank behind it
    shown = re.sub(r"(?<=Δ) (?=[a-z]\b)|(?<=[(√]) ", "", shown)
    return re.sub(r"[ \t]{2,}", " ", shown).strip()


def _raised(text: str) -> str:
    return _small(text, _RAISED, mark="^")


def _lowered(text: str) -> str:
    return _small(text, _LOWERED, mark="_")


def _small(text: str, table: dict[int, int], *, mark: str) -> str:
    """`text` above or below the line, or behind its mark where Unicode has no such characters."""
    text = text.strip()
    if text in ("∘", "°"):
        return "°"
    if text == "′" or set(text) == {"'"}:
        return text
    letters = "".join(text.split())
    if letters and all(ord(letter) in table for letter in letters):
        return letters.translate(table)
    return f"{mark}{text}" if re.fullmatch(r"[A-Za-z0-9]+", text) else f"{mark}({text})"


@cache
def _contexts() -> tuple[Any, Any]:
    """The parser's and the writer's tables: the library's own, with what it writes wrongly or not at all."""
    parser, writer = get_default_parser_db(), get_default_latex_context_db()
    scripts = [SpecialsSpec(sign, args_parser=MacroStandardArgsParser("{")) for sign in "^_"]
    parser.add_context_category("scripts", specials=scripts, prepend=True)
    macros = [
        *(MacroTextSpec(name, simplify_repl=_fraction) for name in ("frac", "dfrac", "tfrac", "cfrac")),
        MacroTextSpec("sqrt", simplify_repl=_root),
        *(MacroTextSpec(name, simplify_repl=f" {name} ") for name in ("ln", "log", "sin", "cos", "tan", "exp", "max", "min", "lim")),
        *(MacroTextSpec(name, simplify_repl="") for name in ("left", "right", "big", "Big", "displaystyle", "limits", "!")),
    ]
    specials = [SpecialsTextSpec("^", simplify_repl=partial(_argument, _raised)), SpecialsTextSpec("_", simplify_repl=partial(_argument, _lowered))]
    writer.add_context_category("readable", macros=macros, specials=specials, prepend=True)
    return parser, writer


def _argument(show: Any, node: Any, l2tobj: Any) -> str:
    shown: str = show(_text(node.nodeargd.argnlist[0], l2tobj))
    return shown


def _fraction(node: Any, l2tobj: Any) -> str:
    above, below = (_text(argument, l2tobj) for argument in node.nodeargd.argnlist)
    return f"{_bracketed(above)}/{_bracketed(below)}"


def _root(node: Any, l2tobj: Any) -> str:
    degree, below = (_text(argument, l2tobj) for argument in node.nodeargd.argnlist)
    sign = {"": "√", "2": "√", "3": "∛", "4": "∜"}.get(degree) or f"{_raised(degree)}√"
    return sign + (below if re.fullmatch(r"\w", below) or below.isdigit() else f"({below})")


def _bracketed(text: str) -> str:
    """A part of a fraction, in brackets when it is more than a product: a/(b + c), not a/b + c."""
    return text if re.fullmatch(r"[\w.²³⁰-⁹₀-₎]+|\(.*\)", text) else f"({text})"


def _text(node: Any, l2tobj: Any) -> str:
    return l2tobj.nodelist_to_text([node]).strip() if node is not None else ""


@cache
def _is_mathematical(name: str) -> bool:
    """Whether a command outside a formula can only belong to one: a fraction, a root, a sign that is no letter of a keyboard."""
    if name in ("frac", "dfrac", "tfrac", "sqrt", "text", "mathrm", "vec", "dot", "ddot", "hat", "bar"):
        return True
    spec = _contexts()[1].get_macro_spec(name)
    shown = getattr(spec, "simplify_repl", None)
    return isinstance(shown, str) and len(shown) == 1 and not shown.isascii()
