"""Matching: computes and explains who fits whom in a programme; a coordinator publishes the proposal."""
