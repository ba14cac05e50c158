"""Students of a real bot at a stand-in for Telegram, for measurements and transcripts."""
