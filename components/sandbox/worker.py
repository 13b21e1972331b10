"""Renders tasks one by one in a process of its own, so that the web server never stalls. Knows no provider."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from components.sandbox.files import Files
from components.sandbox.tasks import Task, Tasks

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

    from components.sandbox.scene import Scene

SPAWN = multiprocessing.get_context("spawn")


class RenderFailed(Exception):
    """The renderer said why it could not."""


class RenderCrashed(Exception):
    """The render process died."""


class RenderProcess:
    """A child process that renders what comes through a pipe; started when needed, again after a crash.

    The pipe is also its leash: when the server dies, however it dies, the child reads the end and goes.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def render(self, scene: Scene, output: Path) -> None:
        """Blocks until the clip is there.

        Raises:
            RenderFailed: it cannot be made.
            RenderCrashed: the process died over it.
        """
        pipe = self._start()
        try:
            pipe.send((scene, output))
            problem = pipe.recv()
        except (EOFError, OSError) as died:
            self.stop()
            raise RenderCrashed from died
        if problem:
            raise RenderFailed(problem)

    def stop(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            process.join()

    def _start(self) -> Connection:
        if self._pipe and self._process and self._process.is_alive():
            return self._pipe
        self.stop()
        self._pipe, far_end = SPAWN.Pipe()
        self._process = SPAWN.Process(target=_render_loop, args=(far_end, self._folder), daemon=True)
        self._process.start()
        far_end.close()
        return self._pipe


def _render_loop(pipe: Connection, folder: Path) -> None:
    """The child: renders until the pipe ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the server decides
    from components.sandbox.render.clip import render  # heavy, and only needed here

    files = Files(folder)
    with contextlib.suppress(EOFError, OSError):
        while True:
            scene, output = pipe.recv()
            problem = ""
            try:
                render(scene, files, output)
            except Exception as error:  # whatever it is, it is the task's failure and not the worker's end
                problem = f"The clip could not be rendered: {error}"
            pipe.send(problem)


class Worker:
    """Takes tasks through their states, one rendering at a time, and says of each when it is over."""

    def __init__(
        self,
        tasks: Tasks,
        files: Files,
        renderer: RenderProcess,
        notify: Callable[[Task], None] = lambda _: None,
    ) -> None:
        self._tasks, self._files, self._renderer, self._notify = tasks, files, renderer, notify
        self._running: dict[str, asyncio.Task[None]] = {}
        self._slow: dict[str, asyncio.Event] = {}
        self._turn = asyncio.Lock()

    def resume(self) -> None:
        """Takes up again what a stop or a crash left behind."""
        for task in self._tasks.unfinished():
            self.enqueue(task)

    def enqueue(self, task: Task) -> asyncio.Task[None]:
        """Starts a task, or gives the run that is already under way."""
        if task.id not in self._running:
            self._slow[task.id] = asyncio.Event()
            run = asyncio.create_task(self._run(task, self._slow[task.id]))
            run.add_done_callback(lambda _: self._forget(task.id))
            self._running[task.id] = run
        return self._running[task.id]

    def hurry(self) -> None:
        """Lets none that is under way take longer than its rendering, however slow it was to be."""
        for hurried in self._slow.values():
            hurried.set()

    async def stop(self) -> None:
        runs = list(self._running.values())
        for run in runs:
            run.cancel()
        await asyncio.to_thread(self._renderer.stop)
        await asyncio.gather(*runs, return_exceptions=True)

    def _forget(self, task_id: str) -> None:
        self._running.pop(task_id, None)
        self._slow.pop(task_id, None)

    async def _run(self, task: Task, hurried: asyncio.Event) -> None:
        async with self._turn:
            task = self._tasks.update(task, state="PROCESSING", started=self._tasks.now())
            problem = task.error or await self._render(task)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(hurried.wait(), task.slow_seconds)
        state = "FAILED" if problem else "COMPLETED"
        self._notify(self._tasks.update(task, state=state, error=problem, finished=self._tasks.now()))

    async def _render(self, task: Task) -> str:
        """Renders, once more after a crash; gives what went wrong."""
        for _ in range(2):
            try:
                await asyncio.to_thread(self._renderer.render, task.scene, self._files.output(task.id))
                return ""
            except RenderFailed as failed:
                return str(failed)
            except RenderCrashed:
                continue
        return "The renderer crashed twice over this request."
