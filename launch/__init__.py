"""What stands behind ./run and ./test: set-up, servers, processes, backup and checks.

The package imports nothing of the application. It runs in two steps: any Python 3.11-3.13 makes the
virtual environment with the standard library alone (`__main__`, `commands`, `virtualenv` and what they
import), then the same command goes on inside that environment, where requirements.txt is at hand.
"""
