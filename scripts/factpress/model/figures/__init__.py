"""Figures: what each draws and the data that it is drawn from."""
