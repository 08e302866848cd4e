"""The twelve processes of the week, one file each; their order is in ``ripeness.war.order``."""
