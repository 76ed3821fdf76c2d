"""The only place that touches the network, and only when asked to."""
