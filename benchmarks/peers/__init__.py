"""Small, fair stand-ins: what a good Django developer would write in an afternoon."""
