"""What people see of deliveries (报送批次): lists, the report, the file between preview and hand-in, scorecards."""
