"""Words of text: folding, stemming, and the fragments shown of it."""
