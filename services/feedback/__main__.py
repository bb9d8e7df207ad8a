"""Command line of `feedback`: python -m feedback web | worker | migrate …"""

from chassis.cli import main
from feedback.app import SERVICE

if __name__ == "__main__":
    main(SERVICE)
