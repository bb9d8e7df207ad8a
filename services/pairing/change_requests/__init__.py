"""Change requests: somebody asks her coordinator, quietly and without blame, for another mentor or mentee."""
