"""`python -m sanctionscreen`: the command line, for where no script is installed."""

from sanctionscreen.cli import main

main()
