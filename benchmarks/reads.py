"""The staff desk's reads over many cases: lists, details, counts and searches, for actors of different reach.

Bounded by the planner finding an index that both filters and orders, and for words by how many texts hold them.
Target: 95 % under 100 ms each, with a million cases stored (`--full`).
"""

import itertools
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks import figures, loading, stage
from yiwang.cases.queries import details, lists, paging, visible

TARGET, SHORT, FULL, TIMES = 100, 20_000, 1_000_000, 20
WORDS = {
    "2 characters, common": "扰民",
    "2 characters, rare": "柏彩",
    "3 characters, common": "路灯不",
    "3 characters, rare": "火锅柏",
    "4 characters, common": "垃圾清运",
    "4 characters, rare": "宝昌丰茶",
    "common pairs, rare phrase": loading.RARE_PHRASE,
    "common pairs, no such phrase": "扰民垃圾清运路灯",
    "a sentence": "路灯不亮已有一周，夜间出行不便",
}


def actors() -> dict[str, Any]:
    """Return those who read: of the street office and of the bureau with the most cases, of a district, of the city."""
    street, bureau = _busiest("street-"), _busiest("")
    return {
        "street handler": stage.person("read-street", street, "handler", street.removeprefix("street-")),
        "bureau handler": stage.person("read-bureau", bureau, "handler", "5101"),
        "street grid worker": stage.person(
            "read-grid", street, "grid-worker", street.removeprefix("street-")
        ),
        "district verifier": stage.person("read-district", "wuhou-centre", "verifier", "510107"),
        "city supervisor": stage.person("read-city", "cd-12345", "supervisor", "5101"),
    }


def _busiest(prefix: str) -> str:
    """Return the organisation that holds the most cases."""
    rows = stage.run(
        "SELECT organisation_id FROM cases_case WHERE organisation_id LIKE %s GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
        [prefix + "%"],
    )
    return rows[0][0]


def run(*, full: bool) -> None:
    stage.use(stage.MILLION)
    loading.load(FULL if full else SHORT)
    figures.line("cases stored", f"{stage.run('SELECT count(*) FROM cases_case')[0][0]:,}")
    for who, actor in actors().items():
        for what, read in itertools.chain(_lists(actor), _searches(actor)):
            read()
            times = figures.milliseconds(read, TIMES)
            p50, p95 = figures.percentiles(times)
            figures.line(f"{who}: {what}", f"{p50:.1f} / {p95:.1f} ms", p95, TARGET, least=False)


def _lists(actor: Any) -> Iterator[tuple[str, Callable[[], object]]]:
    for tab in lists.TABS:
        yield f"list {tab.code}, first page", lambda tab=tab: _page(actor, tab, {})
        if cursor := _deep(actor, tab):
            yield (
                f"list {tab.code}, far page",
                lambda tab=tab, cursor=cursor: _page(actor, tab, {"after": cursor}),
            )
    yield "counts of the tabs", lambda: lists.counts(actor)
    newest = visible.cases(actor).order_by("-id")[:50]
    cases = itertools.cycle(list(visible.explained(actor).filter(pk__in=[one.pk for one in newest])))
    yield "detail", lambda: details.of(next(cases), actor)


def _searches(actor: Any) -> Iterator[tuple[str, Callable[[], object]]]:
    everything = lists.tab("all")
    for name, words in WORDS.items():
        yield f"search {name} ({words})", lambda words=words: _page(actor, everything, {"q": words})


def _page(actor: Any, tab: lists.Tab, params: dict[str, str]) -> paging.Page:
    return lists.page(lists.filtered(actor, tab, params), tab, params)


def _deep(actor: Any, tab: lists.Tab) -> str:
    """Return the cursor of the 10,000th page, or of the last one there is."""
    rows = lists.filtered(actor, tab, {}).order_by(*(paging.BY_DUE if tab.by_due else ("-id",)))
    count = rows.order_by().count()
    return paging.mark(rows[min(count - 1, 10_000 * lists.SIZE)]) if count > lists.SIZE else ""
