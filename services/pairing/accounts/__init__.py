"""Accounts: who may sign in, how, and what for."""
