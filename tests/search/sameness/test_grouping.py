"""Which versions are one post."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from search.sameness.grouping import POPULAR, Version, groups
from search.sameness.identity import Identity, IdKind, Strength, key

EXPORT, FEED, PAGE = 1, 2, 3
LINK, TITLE = key(Strength.LINK, "a.example/1"), key(Strength.TITLE, "hail", "2019-03-01")
TEXT, ADDRESS = key(Strength.TEXT, "hail", "stones"), key(Strength.ADDRESS, "hail")
BLOG, OTHER_BLOG = 71, 72


def version(
    number: int, source: int, *keys: int, own: int = 0, blog: int = BLOG, standing: int = 3
) -> Version:
    identity = Identity(
        kind=IdKind.OWN if own else IdKind.WEAK,
        scheme=9 if own else 0,
        own=own,
        blog_name=blog,
        keys=keys,
    )
    return Version(number, f"record{number:06}", source, "wxr", standing, "", bytes([number]), "", identity)


def numbers(*versions: Version) -> list[list[int]]:
    return sorted(sorted(each.number for each in group.versions) for group in groups(versions))


def test_versions_that_share_a_link_are_one_post() -> None:
    assert numbers(version(1, EXPORT, LINK, own=5), version(2, PAGE, LINK)) == [[1, 2]]


def test_versions_that_share_nothing_are_two() -> None:
    assert numbers(version(1, EXPORT, LINK), version(2, PAGE, TITLE)) == [[1], [2]]


def test_a_key_between_two_posts_makes_them_one() -> None:
    bridge = version(3, FEED, LINK, TITLE)
    assert numbers(version(1, EXPORT, LINK), version(2, PAGE, TITLE), bridge) == [[1, 2, 3]]


def test_two_posts_of_one_source_never_become_one() -> None:
    first, second = version(1, EXPORT, LINK, own=5), version(2, EXPORT, TITLE, own=6)
    bridge = version(3, FEED, LINK, TITLE)
    assert numbers(first, second, bridge) == [[1, 3], [2]]  # the link is the stronger key


def test_a_key_that_a_source_has_for_two_posts_tells_nothing() -> None:
    first, second = version(1, EXPORT, LINK, own=5), version(2, EXPORT, LINK, own=6)
    assert numbers(first, second, version(3, PAGE, LINK)) == [[1], [2], [3]]


def test_without_names_of_their_own_versions_of_one_source_are_joined() -> None:
    assert numbers(version(1, PAGE, TITLE), version(2, PAGE, TITLE)) == [[1, 2]]


def test_titles_and_days_join_within_a_blog_only() -> None:
    assert numbers(version(1, EXPORT, TITLE), version(2, PAGE, TITLE)) == [[1, 2]]
    assert numbers(version(1, EXPORT, TITLE), version(2, PAGE, TITLE, blog=OTHER_BLOG)) == [[1], [2]]
    assert numbers(version(1, EXPORT, TITLE), version(2, PAGE, TITLE, blog=0)) == [[1], [2]]


def test_a_post_of_nobody_knows_which_blog_is_joined_by_its_text() -> None:
    assert numbers(version(1, EXPORT, TEXT), version(2, PAGE, TEXT, blog=0)) == [[1, 2]]
    assert numbers(version(1, EXPORT, TEXT), version(2, PAGE, TEXT, blog=OTHER_BLOG)) == [[1], [2]]


def test_what_could_be_of_either_of_two_blogs_is_of_none() -> None:
    first, second = version(1, EXPORT, TEXT), version(2, FEED, TEXT, blog=OTHER_BLOG)
    assert numbers(first, second, version(3, PAGE, TEXT, blog=0)) == [[1], [2], [3]]


def test_a_post_found_in_feeds_of_two_names_is_of_one_blog() -> None:
    first, second = version(1, EXPORT, LINK, TEXT), version(2, FEED, LINK, TEXT, blog=OTHER_BLOG)
    assert numbers(first, second, version(3, PAGE, TEXT, blog=0)) == [[1, 2, 3]]


def test_the_same_text_of_another_day_is_another_post() -> None:
    def on(number: int, source: int, first: int, last: int) -> Version:
        plain = version(number, source, TEXT, blog=0)
        return replace(plain, identity=replace(plain.identity, first_day=first, last_day=last))

    assert numbers(on(1, EXPORT, 737_000, 737_001), on(2, PAGE, 737_001, 737_001)) == [[1, 2]]
    assert numbers(on(1, EXPORT, 737_000, 737_001), on(2, PAGE, 737_002, 737_002)) == [[1], [2]]
    assert numbers(on(1, EXPORT, 737_000, 737_001), on(2, PAGE, 0, 0)) == [[1, 2]]


def test_a_blog_is_known_by_its_address_or_by_where_its_posts_are() -> None:
    def at(number: int, source: int, *, link: int = 0, host: int = 0) -> Version:
        plain = version(number, source, TITLE, blog=0)
        return replace(plain, identity=replace(plain.identity, blog_link=link, blog_host=host))

    assert numbers(at(1, EXPORT, link=81), at(2, PAGE, link=81)) == [[1, 2]]
    assert numbers(at(1, EXPORT, link=81), at(2, PAGE, host=81)) == [[1, 2]]
    assert numbers(at(1, EXPORT, host=81), at(2, PAGE, host=81)) == [[1], [2]]  # many blogs share a host


def test_an_address_for_comments_joins_no_posts() -> None:
    assert numbers(version(1, EXPORT, ADDRESS), version(2, PAGE, ADDRESS)) == [[1], [2]]


def test_what_too_many_have_tells_nothing() -> None:
    many = [version(number, number, LINK) for number in range(POPULAR + 1)]
    assert len(groups(many)) == POPULAR + 1
    assert len(groups(many[1:])) == 1


def test_the_strongest_id_stays_and_the_best_version_leads() -> None:
    page, feed = version(1, PAGE, LINK, standing=1), version(2, FEED, LINK, own=5, standing=2)
    export = version(3, EXPORT, LINK, standing=3)
    [group] = groups([page, feed, export])
    assert group.post_id == feed.record_id
    assert [each.number for each in group.versions] == [3, 2, 1]


_KEYS = st.lists(
    st.sampled_from([LINK, TITLE, TEXT, key(Strength.LINK, "a.example/2"), key(Strength.OWN_ID, "urn:1")]),
    max_size=3,
)


@st.composite
def _archives(draw: st.DrawFn) -> list[Version]:
    count = draw(st.integers(1, 8))
    return [
        version(
            number,
            draw(st.sampled_from([EXPORT, FEED, PAGE])),
            *draw(_KEYS),
            own=draw(st.integers(0, 3)),
            blog=draw(st.sampled_from([0, BLOG, OTHER_BLOG])),
            standing=draw(st.integers(1, 3)),
        )
        for number in range(count)
    ]


@given(_archives(), st.randoms(use_true_random=False))
def test_the_order_of_the_versions_makes_no_difference(archive: list[Version], random: object) -> None:
    shuffled = list(archive)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # what Hypothesis gives is a random.Random
    assert {(g.post_id, g.versions) for g in groups(archive)} == {
        (g.post_id, g.versions) for g in groups(shuffled)
    }


@given(_archives())
def test_every_version_is_in_one_group_and_no_group_has_two_posts_of_a_source(archive: list[Version]) -> None:
    found = groups(archive)
    assert sorted(each.number for group in found for each in group.versions) == list(range(len(archive)))
    for group in found:
        names = {(each.authority, each.identity.own) for each in group.versions if each.authority}
        assert len(names) == len({authority for authority, _ in names})
