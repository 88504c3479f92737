"""The shapes of everything that programs are answered with: what presenters return and OpenAPI describes.

Each is a `TypedDict` whose keys are in the order they are written in. A type checker holds the presenters to
them; nothing is checked again on the way out.
"""
