"""`broadsheet build --cluster`: the same bytes as here, from workers that share nothing with us, whatever happens."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

from generator.errors import BroadsheetError
from generator.pipeline import making
from generator.pipeline.workers import workers
from tests.pipeline.conftest import CHECKOUT, Repository, paper
from tests.pipeline.vectors import place

DAYS = 26
"""With the three days of every repository two tasks: one for each worker."""
PATIENCE = 120.0
"""Seconds until a test gives up; nothing waits that long when all is well."""
INHERITED = """
extra_css: [assets/broadsheet.css]
markdown_extensions:
  - toc: {slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}}
  - pymdownx.emoji: {emoji_index: !!python/name:material.extensions.emoji.twemoji }
  - pymdownx.snippets: {base_path: !relative $docs_dir}
"""

SEEN: list[str] = []
"""What tasks in this process did."""


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[LocalCluster]:
    """Two worker processes, each with two threads, as `dask worker` starts them on a machine with two cores.

    Each test has its own, since tests change what their workers do.
    """
    settings = {"host": "127.0.0.1", "dashboard_address": ":0"}
    env = {"TMPDIR": str(tmp_path)}  # a killed worker leaves its folder behind
    with LocalCluster(n_workers=2, threads_per_worker=2, env=env, **settings) as running:
        yield running


@pytest.fixture
def client(cluster: LocalCluster) -> Iterator[Client]:
    with Client(cluster, set_as_default=False) as connected:
        yield connected


@pytest.fixture
def many(repository: Repository) -> Repository:
    """Days enough for both workers, with vectors, which lie here only."""
    settings = repository.root / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("meaning: false", "meaning: true"))
    for number in range(DAYS):
        day, found = date(2025, 7, 1) + timedelta(days=number), paper(100 + number, votes=number)
        repository.keep(day, found)
        place(repository.root, day, (found, 0))
    return repository


def built(repository: Repository, *arguments: str, env: dict[str, str] | None = None) -> dict[str, bytes]:
    """The site, built from nothing."""
    shutil.rmtree(repository.root / "build", ignore_errors=True)
    shutil.rmtree(repository.root / "site", ignore_errors=True)
    done = repository.run("build", "--strict", *arguments, env=env)
    assert (done.returncode, done.stderr.count("\n")) == (0, 1), done.stderr
    return repository.site()


def forbid(folder: str) -> None:
    """From now on this process fails when it touches anything below `folder`."""

    def look(event: str, details: tuple[object, ...]) -> None:
        if event.startswith(("open", "os.")) and any(str(detail).startswith(folder) for detail in details):
            raise PermissionError(f"{event} {details}")

    sys.addaudithook(look)


def stall_first(marker: str) -> None:
    """Of all days made from now on, the first is never finished; `marker` then holds the id of its process."""
    compose = making.compose_digest

    def stalled(*details: object) -> object:
        try:
            with open(marker, "x", encoding="ascii") as file:
                file.write(str(os.getpid()))
        except FileExistsError:
            return compose(*details)
        return threading.Event().wait()

    making.compose_digest = stalled


def test_one_job_two_jobs_and_a_cluster_give_the_same_bytes(many: Repository, cluster: LocalCluster, client: Client):
    """Settings come from two files and the environment, none of which the workers can see."""
    settings = many.root / "mkdocs.yml"
    named = settings.read_text().replace("site_name: Broadsheet", 'INHERIT: ../base.yml\nsite_name: !ENV [NAME, "?"]')
    settings.write_text(named.replace("extra_css: [assets/broadsheet.css]\n", ""))
    (many.root.parent / "base.yml").write_text(INHERITED)
    env = {"NAME": "Here & now", "BROADSHEET_SITE_URL": "https://example.org/papers/"}
    one, two = built(many, "--jobs", "1", env=env), built(many, "--jobs", "2", env=env)
    client.run(forbid, str(many.root.parent))
    far = built(many, "--cluster", cluster.scheduler_address, env=env)
    assert b"Here &amp; now" in one["2025/07/01/index.html"]
    assert b"Earlier, near in meaning" in one["2025/07/20/index.html"]
    assert one == two == far


def test_a_killed_worker_costs_its_task_only(many: Repository, cluster: LocalCluster, client: Client):
    """It is killed in the middle of a task, which another worker then does."""
    here, marker = built(many), many.root.parent / "stalled"
    client.run(stall_first, str(marker))
    shutil.rmtree(many.root / "build")
    shutil.rmtree(many.root / "site")
    command = [sys.executable, "-m", "generator.cli", "build", "--strict", "--cluster", cluster.scheduler_address]
    process = subprocess.Popen(command, cwd=many.root, env=many.environment())
    end = time.monotonic() + PATIENCE
    while not (marker.exists() and marker.read_text()) and process.poll() is None and time.monotonic() < end:
        time.sleep(0.01)
    os.kill(int(marker.read_text()), signal.SIGKILL)
    assert process.wait(PATIENCE) == 0
    assert many.site() == here


def test_a_mistake_in_a_template_is_told_as_at_home(many: Repository, cluster: LocalCluster):
    """The message names the file in the repository, not where a worker keeps it."""
    template = many.root / "site_templates/pages/day.md.j2"
    template.write_text(f"{{{{ nothing.here }}}}\n{template.read_text()}")
    done = many.run("build", "--cluster", cluster.scheduler_address)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith(f"broadsheet: {template}:1: 'nothing' is undefined. ")


@contextmanager
def other_worker(folder: Path, address: str) -> Iterator[None]:
    """A worker at `address` whose program differs in one comment."""
    shutil.copytree(CHECKOUT / "generator", folder / "generator")
    with (folder / "generator" / "dates.py").open("a") as file:
        file.write("# changed\n")
    command = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--no-nanny", "--no-dashboard"]
    env = {**os.environ, "PYTHONPATH": str(folder)}
    process = subprocess.Popen([*command, "--name", "other"], cwd=folder, env=env, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.kill()
        process.wait()


@contextmanager
def own_cluster(count: int, threads: int = 1) -> Iterator[tuple[LocalCluster, Client]]:
    """A scheduler and `count` workers in this process."""
    settings = {"processes": False, "protocol": "tcp://", "host": "127.0.0.1", "dashboard_address": ":0"}
    with (
        LocalCluster(n_workers=count, threads_per_worker=threads, **settings) as running,
        Client(running, set_as_default=False) as connected,
    ):
        yield running, connected


def test_a_worker_of_another_version_is_refused(many: Repository, tmp_path: Path):
    """Before the first task, with its address and what to do; nothing is built."""
    with own_cluster(0) as (cluster, client), other_worker(tmp_path / "other", cluster.scheduler_address):
        client.wait_for_workers(1)
        (address,) = client.nthreads()
        done = many.run("build", "--cluster", cluster.scheduler_address)
    expected = f"broadsheet: the worker {address} is of another version: other files of the program. Install there"
    assert (done.returncode, done.stderr.count("\n"), done.stderr.startswith(expected)) == (1, 1, True), done.stderr
    assert not (many.root / "site").exists()


def test_a_worker_of_another_version_that_joins_later_is_refused(tmp_path: Path):
    """It refuses the task itself."""
    with own_cluster(1) as (cluster, client), workers(1, cluster.scheduler_address) as crew:
        assert list(crew.each(abs, [-1, -2])) == [1, 2]
        with other_worker(tmp_path / "other", cluster.scheduler_address):
            client.wait_for_workers(2)
            cluster.scale(0)
            with pytest.raises(BroadsheetError, match=r"the worker tcp://\S+ is of another version: other files"):
                list(crew.each(abs, [-3, -4]))


def pass_by(_: int) -> None:
    """Leaves room for another thread between coming and going."""
    SEEN.append("in")
    time.sleep(0.001)
    SEEN.append("out")


def test_the_threads_of_a_worker_take_turns():
    """However many threads a worker has, one task at a time is in its process."""
    SEEN.clear()
    with own_cluster(1, threads=4) as (cluster, _), workers(1, cluster.scheduler_address) as crew:
        list(crew.each(pass_by, range(12)))
    assert SEEN == ["in", "out"] * 12


def test_a_cluster_without_workers_is_no_place_to_work(many: Repository):
    """One line that says how to start one."""
    with own_cluster(0) as (cluster, _):
        address = cluster.scheduler_address
        done = many.run("build", "--cluster", address)
    assert done.returncode == 1
    assert done.stderr == f"broadsheet: the cluster at {address} has no workers. Start one: dask worker {address}\n"


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nowhere"])
def test_a_scheduler_that_does_not_answer_ends_in_one_line(repository: Repository, address: str):
    """Exit 1, and the site that stands is left alone."""
    done = repository.run("build", "--cluster", address)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith(f"broadsheet: no Dask scheduler answers at {address} (")
    assert not (repository.root / "site").exists()


def test_without_the_extra_the_message_says_how_to_install_it(repository: Repository, tmp_path: Path):
    """In one line."""
    (tmp_path / "dask.py").write_text("raise ModuleNotFoundError('No module named dask', name='dask')")
    env = {"PYTHONPATH": f"{tmp_path}{os.pathsep}{CHECKOUT}"}
    done = repository.run("build", "--cluster", "tcp://127.0.0.1:1", env=env)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "not installed (dask)" in done.stderr
    assert "pip install --editable '.[cluster]'" in done.stderr


def test_the_script_in_the_manual_measures(repository: Repository):
    """Who doubts the figures can make them again."""
    manual = (CHECKOUT / "docs" / "cluster.md").read_text(encoding="utf-8")
    script = manual.rpartition("```python\n")[2].partition("```")[0]
    command = [sys.executable, "-c", script]
    printed = subprocess.check_output(command, cwd=repository.root, env=repository.environment(), text=True)
    assert [line.partition(":")[0] for line in printed.splitlines()] == ["index_listings", "make_days_from"]


def test_jobs_and_cluster_exclude_each_other(repository: Repository):
    """A usage error."""
    assert repository.run("build", "--jobs", "2", "--cluster", "tcp://127.0.0.1:1").returncode == 2
