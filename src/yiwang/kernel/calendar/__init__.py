"""Working time: holidays, make-up working days, office hours."""
