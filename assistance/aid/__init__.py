"""Aid that landed (帮扶落实记录), its totals, and how it agrees with what departments' own rolls say was paid."""
