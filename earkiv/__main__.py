"""Run the command line as `python -m earkiv`."""

from earkiv.cli import main

if __name__ == "__main__":
    main()
