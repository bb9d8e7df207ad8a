"""Wards: when the people meet whom a guardian answers for, and with whom; never what they talk about."""
