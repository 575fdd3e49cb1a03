"""Records as Qt tables: columns over records, no column numbers anywhere."""
