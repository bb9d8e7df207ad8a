"""Command line of `pairing`: python -m pairing web | worker | migrate | sign-in-link …"""

from chassis.cli import main
from pairing.app import SERVICE

if __name__ == "__main__":
    main(SERVICE)
