"""Measurements on data that is not part of this project. Each prints what it needs when it is not there."""
