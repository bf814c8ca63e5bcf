"""Entry of ./run: makes the package importable from any folder and hands over to `launch.commands`."""

import sys
from pathlib import Path

# ./run starts this file with -P and leaves the working directory alone, so that file names given to a command
# mean what they mean to the person who typed them.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from launch.commands import main

sys.exit(main(sys.argv[1:]))
