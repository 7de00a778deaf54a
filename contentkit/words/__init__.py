"""What words say, and which of them two texts share: by rule, English and Spanish."""
