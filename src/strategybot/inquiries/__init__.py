"""What jobs ask for as a whole: sub-jobs that read rosters, updates and stop pages with their authority."""
