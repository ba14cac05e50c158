"""The same quantity in other units."""

from collections.abc import Callable

# Of a unit's name: what it measures, and how many of that dimension's own units it holds.
SIZES: dict[str, tuple[str, float]] = {
    **{name: ("length", size) for name, size in {"km": 1e3, "m": 1, "cm": 1e-2, "mm": 1e-3, "µm": 1e-6, "nm": 1e-9, "mile": 1609.344}.items()},
    **{name: ("length", size) for name, size in {"ft": 0.3048, "in": 0.0254, "au": 1.495978707e11, "ly": 9.4607304725808e15}.items()},
    **{name: ("length", 299_792_458.0 * size) for name, size in {"light-s": 1, "light-min": 60}.items()},
    **{name: ("mass", size) for name, size in {"kg": 1, "g": 1e-3, "mg": 1e-6, "t": 1e3, "ton": 1e3, "lb": 0.45359237}.items()},
    **{name: ("time", size) for name, size in {"ms": 1e-3, "s": 1, "min": 60, "h": 3600, "day": 86_400, "week": 604_800}.items()},
    **{name: ("years", size) for name, size in {"month": 1 / 12, "year": 1, "century": 100}.items()},
    **{name: ("force", size) for name, size in {"N": 1, "kN": 1e3, "MN": 1e6, "mN": 1e-3, "tf": 9806.65}.items()},
    **{name: ("power", size) for name, size in {"W": 1, "kW": 1e3, "MW": 1e6}.items()},
    **{name: ("frequency", size) for name, size in {"Hz": 1, "MHz": 1e6, "GHz": 1e9}.items()},
    **{name: ("pressure", size) for name, size in {"Pa": 1, "hPa": 1e2, "kPa": 1e3, "MPa": 1e6}.items()},
}
_KELVIN: dict[str, Callable[[float], float]] = {"K": lambda t: t, "°C": lambda t: t + 273.15, "°F": lambda t: (t + 459.67) / 1.8}


def size(value: float, unit: str) -> tuple[str, float] | None:
    """What a quantity measures and how much, in units that all of its kind share; None for a unit that knows no other."""
    if unit in _KELVIN:
        return "temperature", _KELVIN[unit](value)
    name, slash, per = unit.partition("/")
    if name not in SIZES or (slash and per.removesuffix("²") not in SIZES):
        return None
    kind, held = SIZES[name]
    if not slash:
        return kind, value * held
    of, time = SIZES[per.removesuffix("²")]
    return f"{kind}/{of}{'²' if per.endswith('²') else ''}", value * held / time ** (2 if per.endswith("²") else 1)
