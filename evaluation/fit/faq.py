"""Fits when a question is one that is often asked: every wording of a course's questions is asked as if it were not among them."""

import random
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from evaluation.fit.examples import SEED, Corpus
from knowledge_base.calibration import FaqWeights
from knowledge_base.faq import FrequentQuestions, Known
from knowledge_base.release.open import OpenRelease
from knowledge_base.release.wordings import wordings_of
from knowledge_base.types import Filters, Likeness

ASKED = 3_000  # wordings of each course, drawn from all of them
FOLDS = 5
RIDGE = 1e-3  # on standardised figures
BAR = 0.5
Matrix = npt.NDArray[np.float64]
Truth = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class _Asked:
    """A wording's candidates: their likeness, shape ``(n, 6)``, and which of them say what it asks. Documents of one name fall in one `fold`."""

    figures: Matrix
    right: Truth
    fold: int
