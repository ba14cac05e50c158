"""Fits the numbers in ``knowledge_base/calibrations``: ``python -m evaluation.fit SET... --data DIR``."""
