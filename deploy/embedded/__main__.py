"""python -m embedded up | down | status | logs | sign-in-link | demo."""

from embedded.cli import main

if __name__ == "__main__":
    main()
