"""What every storey of the house stands on; the packages below are ordered in pyproject.toml, lowest last."""
