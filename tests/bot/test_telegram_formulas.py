"""Formulas become readable; whatever is none stays as it is."""

import time

import pytest

from bot.telegram.formulas import readable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("x^2", "x²"),
        ("10^{-3} m, 10^11 m, 7.8 km/s^2, kg·m^{-3}", "10⁻³ m, 10¹¹ m, 7.8 km/s², kg·m⁻³"),
        ("H_2O, CO_2, Al_2O_3, NH_4ClO_4, C_6H_{12}O_6", "H₂O, CO₂, Al₂O₃, NH₄ClO₄, C₆H₁₂O₆"),
        ("v_0, v_{0}, v_{esc}", "v₀, v₀, v_esc"),
        (r"\frac{a}{b} and \frac{a+b}{c}", "a/b and (a+b)/c"),
        (r"\frac{GM}{r^2}", "GM/r²"),
        (r"$F = G\frac{m_1 m_2}{r^2}$", "F = G(m₁ m₂)/r²"),
        (r"$$\Delta v = v_e \ln\frac{m_0}{m_1}$$", "Δv = vₑ ln m₀/m₁"),
        (r"The \Delta v of \alpha-particles", "The Δv of α-particles"),
        (r"\(v = \sqrt{\frac{2GM}{r}}\)", "v = √(2GM/r)"),
        (r"\[\left(\frac{a}{b}\right)^2\]", "(a/b)²"),
        (r"$\sqrt{2}$, $\sqrt[3]{x}$, $x_{i+1}$, $e^{x^2}$", "√2, ∛x, xᵢ₊₁, e^(x²)"),
        (r"3 \times 4 \approx 12", "3 × 4 ≈ 12"),
        (r"90^\circ, $90^\circ$", "90°, 90°"),
        (r"\(v_{\text{orbit}} = 7.8\,\mathrm{km/s}\)", "v_orbit = 7.8 km/s"),
        (r"$1.5\times10^{11}~\text{m}$", "1.5 × 10¹¹ m"),
        (r"\(50%\)", "50%"),
        ("火箭速度$v$为10^3米，喷出H_2O", "火箭速度v为10³米，喷出H₂O"),
        ("10^{-3} [1]. 2^n[2]", "10⁻³ [1]. 2ⁿ[2]"),
    ],
)
def test_a_formula_is_readable(text: str, shown: str) -> None:
    assert readable(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "file_names my_file_2.txt model_2 __init__ FILE_2 ISRO_2024 a_b",
        "3^2^1",
        "x^{2}^{3}",
        "^_^ :^) a^b",
        "It costs $5 and $6_000",
        r"C:\times\new and \item one \new \textbf{x}",
        r"\unknown{x} \frac{a",
        r"$\begin{x}$",
        "https://school.example/a_2/b^2?c_3=1$x$",
        r"\$5 \\ \{",
        r"\(\sqrt^a\) \(\frac\frac\) \(x^\)",
        r"\(" + "{" * 240 + "x" + "}" * 240 + r"\)",
        "Plain [1], 50 % of 3 & 4 #1 <b>",
        "",
    ],
)
def test_what_is_no_formula_stays(text: str) -> None:
    assert readable(text) == text


@pytest.mark.parametrize("part", ["$", "\\", "\\frac{", "^", "_", "{", "a^", "a_", "$\\", "\\(", "x^{", "\\frac{a}{b}", "a1^2", "$x^"])
def test_hostile_text_takes_no_time(part: str) -> None:
    begun = time.process_time()
    readable(part * 1500)
    assert time.process_time() - begun < 2
