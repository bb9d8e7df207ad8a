"""Command line of `notifications`: python -m notifications web | worker | migrate …"""

from chassis.cli import main
from notifications.app import SERVICE

if __name__ == "__main__":
    main(SERVICE)
