"""`talk SCRIPT.yml…`: plays conversations against a running desk and checks what comes back."""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Annotated, Any

import typer
from aiohttp import ClientConnectionError, ClientSession

from console.cli.outcome import NO, CommandEnds, missing
from console.cli.talk_players import AgentPlayer, CustomerPlayer, Doors, eventually
from console.cli.talk_script import Expect, Script, Step, read_script
from console.settings import Settings, load_settings


def talk(
    scripts: Annotated[list[Path], typer.Argument(help="Scripts to play.", exists=True)],
    passwords: Annotated[
        Path | None,
        typer.Option(help="Lines of login, tab, password, as `seed` prints them.", exists=True),
    ] = None,
    observer: Annotated[
        str, typer.Option(help="The agent through whose eyes internals are checked.")
    ] = "chen",
    patience: Annotated[float, typer.Option(help="Seconds until an expectation fails.")] = 10.0,
    at_once: Annotated[int, typer.Option(help="How many scripts run side by side.", min=1)] = 1,
) -> None:
    """Play scripted conversations against a running desk; one line of result each."""
    settings = load_settings()
    read = {path: read_script(path) for path in scripts}
    doors = Doors(f"http://{settings.host}:{settings.port}", _read_passwords(passwords))
    played = asyncio.run(play_all(settings, read, doors, observer, patience, at_once))
    if any(complaint is not None for complaint in played.values()):
        raise typer.Exit(NO)


async def play_all(
    settings: Settings,
    scripts: dict[Path, Script],
    doors: Doors,
    observer: str,
    patience_s: float,
    at_once: int,
) -> dict[Path, str | None]:
    """What was wrong in each. Scripts with agents come last and one by one: they share a queue."""
    turnstile = asyncio.Semaphore(at_once)

    async def one(path: Path) -> tuple[Path, str | None]:
        async with turnstile:
            complaint = await play(settings, scripts[path], doors, observer, patience_s)
        typer.echo(f"failed {path}: {complaint}" if complaint else f"ok     {path}")
        return path, complaint

    alone = [path for path, script in scripts.items() if script.has_agents and at_once > 1]
    together = [path for path in scripts if path not in alone]
    done = dict(await asyncio.gather(*(one(path) for path in together)))
    return done | dict([await one(path) for path in alone])


async def play(
    settings: Settings, script: Script, doors: Doors, observer: str, patience_s: float
) -> str | None:
    """None, or the number of the step that failed and why."""
    async with AsyncExitStack() as open_players:
        http = await open_players.enter_async_context(ClientSession())
        url = f"http://{settings.host}:{settings.port}"
        stage = Stage(doors, open_players)
        stage.customer = CustomerPlayer(http, url, settings.widget_keys)
        open_players.push_async_callback(stage.customer.close)
        try:
            await stage.customer.open(script.customer)
        except ClientConnectionError as error:
            raise missing(f"No desk answers at {url}; start one with `./baton up`.") from error
        script = script.renumbered(stage.customer.numbers)
        for number, step in enumerate(script.steps):
            complaint = await _play_step(stage, step, observer, patience_s)
            if complaint is not None:
                return f"step {number + 1} in line {script.lines[number]}: {complaint}"
    return None


class Stage:
    """The players of one conversation; agents come on when they are first needed."""

    customer: CustomerPlayer

    def __init__(self, doors: Doors, open_players: AsyncExitStack) -> None:
        self._doors = doors
        self._open_players = open_players
        self._agents: dict[str, AgentPlayer] = {}

    async def agent(self, login: str) -> AgentPlayer:
        if login not in self._agents:
            cookies = await self._doors.cookies(login)
            player = AgentPlayer(self._doors.url, cookies, self.customer.conversation_id)
            self._open_players.push_async_callback(player.close)
            self._agents[login] = player
        return self._agents[login]


async def _play_step(stage: Stage, step: Step, observer: str, patience_s: float) -> str | None:
    try:
        if step.expect is not None:
            return await _check(stage, step.expect, observer, patience_s)
        if step.wait is not None:
            await asyncio.sleep(step.wait)
            return None
        await stage.customer.look()
        stage.customer.mark()
        await _act(stage, step)
    except CommandEnds as end:
        if end.status != NO:
            raise
        return str(end)
    return None


async def _act(stage: Stage, step: Step) -> None:
    if step.customer is not None:
        if step.customer.say is not None:
            await stage.customer.say(step.customer.say)
        if step.customer.click is not None:
            await stage.customer.click(step.customer.click)
        if step.customer.picture is not None:
            await stage.customer.send_picture(step.customer.picture)
        if step.customer.do is not None:
            await stage.customer.do(step.customer.do, step.customer.fields)
    if step.agent is not None:
        agent = await stage.agent(step.agent.login)
        if step.agent.do is not None:
            await agent.do(step.agent.do, step.agent.fields)
        if step.agent.say is not None:
            await agent.say(step.agent.say)


async def _check(stage: Stage, expect: Expect, observer: str, patience_s: float) -> str | None:
    async def complaint() -> str | None:
        state = await stage.customer.look()
        wrong = _wrong_on_screen(stage.customer, expect, state)
        if wrong is None and expect.looks_inside:
            wrong = await _wrong_inside(await stage.agent(observer), expect)
        return wrong

    return await eventually(complaint, patience_s)


def _wrong_on_screen(customer: CustomerPlayer, expect: Expect, state: dict[str, Any]) -> str | None:
    bodies = [event["body"] for event in customer.fresh()]
    texts = [str(body.get("text") or "") for body in bodies]
    if expect.reply is not None and not any(expect.reply in text for text in texts):
        return f"no reply contains {expect.reply!r}; came: {texts}"
    if expect.lacks is not None and any(expect.lacks in text for text in texts):
        return f"a reply contains {expect.lacks!r}; came: {texts}"
    labels = [button["label"] for body in bodies for button in body.get("buttons") or ()]
    if expect.button is not None and not any(expect.button in label for label in labels):
        return f"no button {expect.button!r}; came: {labels}"
    cards = [body["card"]["type"] for body in bodies if body.get("card")]
    if expect.card is not None and expect.card not in cards:
        return f"no card {expect.card!r}; came: {cards}"
    if expect.state is not None and state["state"] != expect.state:
        return f"the state is {state['state']!r}, not {expect.state!r}"
    return None


async def _wrong_inside(observer: AgentPlayer, expect: Expect) -> str | None:
    trace = await observer.trace()
    if expect.reask_count is not None and trace["reask_count"] != expect.reask_count:
        return f"reask_count is {trace['reask_count']}, not {expect.reask_count}"
    for what, wanted in (("active_loop", expect.form), ("requested_slot", expect.asks)):
        if wanted is not None and trace[what] != (wanted or None):
            return f"{what} is {trace[what]!r}, not {wanted!r}"
    facts = {name: fact["value"] for name, fact in trace["facts"].items()}
    return (
        _difference("fact", expect.fact, facts)
        or _difference("slot", expect.slot, trace["slots"])
        or _other_intent(expect.intent, trace["turns"])
        or await _other_owner(observer, expect.owner)
        or await _other_brief(observer, expect.brief)
    )


def _other_intent(wanted: str | None, turns_newest_first: list[dict[str, Any]]) -> str | None:
    parses = (parse for turn in turns_newest_first for parse in reversed(turn["parse"] or ()))
    found = next((parse["intent"]["name"] for parse in parses if parse), None)
    return None if wanted in (None, found) else f"the intent is {found!r}, not {wanted!r}"


async def _other_owner(observer: AgentPlayer, wanted: str | None) -> str | None:
    if wanted is None:
        return None
    found = ((await observer.detail())["summary"]["assignee"] or {}).get("name")
    return None if found == wanted else f"the owner is {found!r}, not {wanted!r}"


async def _other_brief(observer: AgentPlayer, wanted: str | None) -> str | None:
    """Anywhere in what the person reads who takes over."""
    if wanted is None:
        return None
    found = json.dumps((await observer.detail())["brief"], ensure_ascii=False)
    return None if wanted in found else f"the brief lacks {wanted!r}: {found}"


def _difference(what: str, wanted: dict[str, Any], found: dict[str, Any]) -> str | None:
    for name, value in wanted.items():
        if found.get(name) != value:
            return f"the {what} {name} is {found.get(name)!r}, not {value!r}"
    return None


def _read_passwords(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (line.split(maxsplit=1) for line in lines if line.strip())
    return {login: password.strip() for login, password in pairs}
