"""Run the command as `python -m factpress`."""

import sys

from factpress.cli.main import main

sys.exit(main())
