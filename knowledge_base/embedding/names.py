"""The embedders that need no network, by their names in the settings."""

PACKAGED = "multilingual-e5-small"
HASHING = "hashing"
