"""What every action has in common; an action itself is one small file in `actions`."""
