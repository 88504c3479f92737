"""How far apart two spellings are."""

from __future__ import annotations


def distance_within(one: str, other: str, limit: int) -> bool:
    """Whether at most `limit` letters have to be put in, left out, changed or swapped with the next.

    Only the diagonal band of the table that could stay within the limit is filled in, so that it takes
    time linear in the words' length.
    """
    # An edit changes the length by one at most, and at most two of the letters there are.
    if abs(len(one) - len(other)) > limit or len(set(one) ^ set(other)) > 2 * limit:
        return False
    far = limit + 1
    before_last: list[int] = []
    last = [min(column, far) for column in range(len(other) + 1)]
    for row, letter in enumerate(one, 1):
        current = [far] * (len(other) + 1)
        current[0] = min(row, far)
        for column in range(max(1, row - limit), min(len(other), row + limit) + 1):
            same = letter == other[column - 1]
            edits = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (not same))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == other[column - 1]:
                edits = min(edits, before_last[column - 2] + 1)
            current[column] = min(edits, far)
        if min(current) > limit:
            return False
        before_last, last = last, current
    return last[-1] <= limit
