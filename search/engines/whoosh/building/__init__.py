"""From posts to segments: texts become numbers, numbers are sorted, and what was sorted is written."""
