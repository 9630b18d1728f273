"""GitHub and the Sekoia platform on loopback, as a process of its own.

It never imports the product: a misreading shared by both sides would pass every test.
"""
