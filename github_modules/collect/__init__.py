"""Collection without loss: the core. Does no HTTP and knows no SDK."""
