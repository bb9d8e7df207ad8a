"""Reports: what happened in a programme, in figures that say how they are counted."""
