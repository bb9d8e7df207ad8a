"""Command line of `pairing`: python -m pairing web | worker | migrate | sign-in-link …"""

import sys

import click

from chassis.cli import main
from pairing.app import SERVICE
from pairing.country_packs.repository import BadPack, packs

if __name__ == "__main__":
    try:
        packs()
    except BadPack as wrong:
        click.echo(str(wrong), err=True)
        sys.exit(2)
    main(SERVICE)
