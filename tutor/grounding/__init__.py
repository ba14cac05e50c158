"""The sentence gate between a model and the student: what a drafted sentence says must stand in what it cites. Pure code, no model."""
