"""The script that makes data/geo."""
