"""Found tables of many speeches: the same bytes whoever works and wherever the rows come from."""

import os
import signal
import tempfile
import time
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import schema, store, tables, workers
from analysis.cache import MAGIC, Cache
from analysis.read.lexicons import load
from analysis.read.speech import Speech
from analysis.read.stretches import stretches

# Annual work report of a trade union, number and year apart: long enough together for several chunks.
SENTENCES = "全縣工會{year}年新增會員{n}名，同比增長{n}.5%。“一遍三工程”活動在學校開展。\n一、主要工作\n著力維權。\n"


def speeches(count: int) -> list[Speech]:
    return [Speech(f"s{i}", f"s{i}.txt", f"S {i}", SENTENCES.format(year=2000 + i % 20, n=i + 1) * 40) for i in range(count)]


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "CHUNK", 5_000)


def bytes_of(told: Iterable[workers.Found] | None = None, form: str = "parquet", **how: Any) -> dict[str, bytes]:
    """Every table's file."""
    with tempfile.TemporaryDirectory() as folder:
        with store.Writer(Path(folder), form, schema.FOUND) as writer:
            for found in told or workers.find(speeches(30), load(), form, **how):
                for table, part in found.parts:
                    writer.add_part(table, part)
        return {path.stem: path.read_bytes() for path in Path(folder).iterdir()}


@given(st.lists(st.text(max_size=9000), max_size=12))
def test_chunks_hold_every_speech_in_order(texts: list[str]) -> None:
    told = [Speech(str(i), "f", "t", text) for i, text in enumerate(texts)]
    made = list(workers.chunks(told))
    assert list(chain.from_iterable(made)) == told
    # None is larger than that without its last speech.
    assert all(sum(len(speech.text) for speech in chunk[:-1]) <= workers.MOST * workers.CHUNK for chunk in made)


def test_a_large_chunk_does_not_make_the_other_workers_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    # Four times the common size: as long as one works at it, there must be enough for the other.
    told = [[Speech(str(i), "f", "t", "工" * size)] for i, size in enumerate([4000, *[1000] * 20])]  # work
    monkeypatch.setattr(workers, "chunks", lambda speeches: speeches)
    handed: list[int] = []

    class Work:
        def __init__(self, chunk: list[Speech]) -> None:
            handed.append(len(chunk[0].text))

        def result(self) -> workers.Made:
            return workers.Made({}, {})

    monkeypatch.setattr(workers, "_workers", lambda *_, **__: (Work, 2))
    next(workers.find(told, load(), "csv", jobs=2))  # type: ignore[arg-type]
    assert sum(handed[1:]) >= handed[0]


def test_a_speech_more_changes_one_chunk() -> None:
    before = set(workers.chunks(speeches(30)))
    told = speeches(30)
    told.insert(11, Speech("new", "new.txt", "New", "工會"))  # trade union
    keys = {tuple(one.sha256 for one in chunk) for chunk in before}
    changed = [chunk for chunk in workers.chunks(told) if tuple(one.sha256 for one in chunk) not in keys]
    assert len(before) > 3
    assert len(changed) == 1


def test_other_processes_leave_no_file_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    waiting = [len(list(tmp_path.glob("*/*"))) for _ in workers.find(speeches(30), load(), "parquet", jobs=2)]
    assert len(waiting) > 3
    assert max(waiting) < 2 * workers.AHEAD
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_jobs_and_cache_give_the_same_bytes(form: str, tmp_path: Path) -> None:
    alone = bytes_of(form=form)
    assert bytes_of(form=form, jobs=2) == alone
    assert bytes_of(form=form, jobs=2, cache=Cache(tmp_path / "of_two")) == alone
    assert bytes_of(form=form, cache=Cache(tmp_path / "of_two")) == alone
    cache = Cache(tmp_path / "of_one")
    assert bytes_of(form=form, cache=cache) == alone
    entries = list((tmp_path / "of_one").iterdir())
    assert len(entries) > 3
    assert bytes_of(form=form, cache=cache) == alone
    # A broken entry, a cut one and a planted one are not believed.
    entries[0].write_bytes(entries[0].read_bytes()[:-1] + b"?")
    entries[1].write_bytes(entries[1].read_bytes()[:100])
    entries[2].write_bytes(MAGIC + b"0" * 32)
    assert bytes_of(form=form, cache=cache) == alone


@pytest.mark.parametrize("form", ["csv", "parquet"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_long_speech_goes_stretch_by_stretch_and_is_not_kept(
    form: str, jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "CHUNK", 500)
    text = SENTENCES.format(year=2000, n=1) * 60
    told = [Speech("s", "s.txt", "S", text[:300]), Speech("long", "l.txt", "L", text), Speech("t", "t.txt", "T", text[:300])]
    whole = bytes_of(workers.find(told, load(), "csv"), "csv")
    monkeypatch.setattr(tables, "LONG", len(text) - 1)
    monkeypatch.setattr(tables, "stretches", partial(stretches, size=500))
    found = list(workers.find(told, load(), form, jobs=jobs, cache=Cache(tmp_path)))
    assert len(list(tmp_path.iterdir())) == len(found) - 1
    in_stretches = bytes_of(found, form)
    # The stretches end with lines here, so that the rows are those that the whole gives.
    if form == "csv":
        assert in_stretches == whole
    assert in_stretches == bytes_of(workers.find(told, load(), form), form)
    # Nothing is made before it is asked for.
    first = next(iter(workers.streamed(told[1:2], load(), form)))
    assert first[0] == "outline"
    assert [table for table, _ in workers.streamed(told[1:2], load(), form)].count("tokens") > len(text) // 500


def test_rows_of_a_long_speech_are_receipts_where_stretches_cut_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "一、" + "工會新增會員3萬名" * 60 + "\n完"  # the union won 30,000 new members
    monkeypatch.setattr(tables, "LONG", 100)
    monkeypatch.setattr(tables, "stretches", partial(stretches, size=100))
    (found,) = tables.find_speeches([Speech("s", "s.txt", "S", text)], load())
    for table, told in found.items():
        if "start" in told and table != "speeches":
            assert [text[start:end] for start, end in zip(told["start"], told["end"], strict=True)] == list(told["text"])
            assert list(told["start"]) == sorted(told["start"])
    assert len(found["sentences"]["start"]) == 1
    assert found["outline"]["marker"].count("一、") == 1
    assert found["speeches"]["n_tokens"] == [len(found["tokens"]["pos"]) - found["tokens"]["pos"].count("w")]
    assert set(found["figures"]["sentence"]) == {1}
    assert found["tokens"]["sentence"].count() == len(found["tokens"]["start"])


@given(st.text(alphabet="工會。，\n", max_size=300), st.integers(1, 40))
def test_stretches_tile_the_text(text: str, size: int) -> None:
    told = list(stretches(text, size))
    assert "".join(text[begin:end] for begin, end in told) == text
    assert all(0 < end - begin <= size for begin, end in told)


def test_what_is_in_the_cache_is_not_found_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bytes_of(cache=Cache(tmp_path))
    monkeypatch.setattr(workers, "find_chunk", None)
    assert bytes_of(cache=Cache(tmp_path))


def test_the_cache_is_capped_and_forgets_the_oldest(tmp_path: Path) -> None:
    cache = Cache(tmp_path, most=250)
    for name in ("a", "b", "c"):
        cache.put(name, {"part": b"x" * 20})
        os.utime(tmp_path / name, (ord(name), ord(name)))
    assert cache.get("a") == {"part": b"x" * 20}  # used just now
    cache.trim()
    assert (cache.get("a") is not None, cache.get("b"), cache.get("c") is not None) == (True, None, True)


def test_the_cache_can_be_switched_off_and_must_be_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANALYSIS_CACHE", "off")
    assert Cache.of_user().folder is None
    monkeypatch.setenv("ANALYSIS_CACHE", str(tmp_path / "new"))
    assert Cache.of_user().folder == tmp_path / "new"
    if os.name != "nt":
        assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
        (tmp_path / "new").chmod(0o777)
        assert Cache.of_user().folder is None
    Cache(None).put("key", {})
    assert Cache(None).get("key") is None


def test_a_cluster_gives_the_same_bytes_and_survives_a_killed_worker() -> None:
    distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    alone = bytes_of()
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        assert bytes_of(cluster=cluster.scheduler_address) == alone

        def told() -> Iterator[workers.Found]:
            for number, found in enumerate(workers.find(speeches(30), load(), "parquet", cluster=cluster.scheduler_address)):
                if number == 1:
                    os.kill(next(iter(cluster.workers.values())).pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
                    time.sleep(0.1)
                yield found

        assert bytes_of(told()) == alone


def test_a_cluster_of_its_own() -> None:
    pytest.importorskip("distributed", reason="the extra `cluster` is not installed")
    assert bytes_of(cluster="local") == bytes_of()
