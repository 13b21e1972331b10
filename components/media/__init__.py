"""What files ARE: audio, image and video, read with suspicion. Knows no model, no provider, no screen."""
