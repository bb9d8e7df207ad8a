"""Command line of `sessions`: python -m sessions web | worker | migrate …"""

from chassis.cli import main
from sessions.app import SERVICE

if __name__ == "__main__":
    main(SERVICE)
