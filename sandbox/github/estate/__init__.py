"""What the organisation of the sandbox has: people, teams, repositories and what is in them."""
