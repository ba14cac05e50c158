"""A lesson's check questions: asked, marked, hinted at and explained, with the course as the only judge."""
