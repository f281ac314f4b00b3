"""Firefox through WebDriver BiDi: no driver program, a profile that stays, and death by SIGKILL.

Only what a worker's hands need: tabs, addresses, taps, typing, photos; and looking at the page.
Going offline is the server's death here: this browser has no switch for it.
"""

import json
import os
import signal
import subprocess
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.offline.server import free_port, until

SETTINGS = {
    "network.manage-offline-status": False,
    "network.connectivity-service.enabled": False,
    "network.captive-portal-service.enabled": False,
    "toolkit.telemetry.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.sessionstore.resume_from_crash": False,
    "app.update.enabled": False,
    "extensions.update.enabled": False,
    "services.settings.server": "data:,",
    "intl.accept_languages": "zh-CN",
}
LONGEST_ANSWER = 30  # seconds


class Firefox:
    """One browser on one profile; `open_tab` gives the pages."""

    def __init__(self, profile: Path, address: str, settings: dict[str, Any] | None = None):
        self.profile, self.address = profile, address
        self.process, self.numbers = None, count(1)
        self.tabs: list[Tab] = []
        self.token = ""
        profile.mkdir(parents=True, exist_ok=True)
        wanted = (SETTINGS | (settings or {})).items()
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in wanted]
        (profile / "user.js").write_text("\n".join(lines))

    def __enter__(self) -> "Firefox":
        return self.start()

    def __exit__(self, *_error: object) -> None:
        self.kill()

    def start(self) -> "Firefox":
        port = free_port()
        command = ["firefox-esr", "--headless", "--no-remote", "--profile", self.profile]
        self.process = subprocess.Popen(
            [*command, "--remote-debugging-port", str(port), "about:blank"],
            env=os.environ | {"HOME": str(self.profile), "MOZ_HEADLESS": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until(lambda: self._connects(port))
        self.ask("session.new", capabilities={})
        if self.token:
            # it writes its cookies to the disk only now and then, and may be killed before
            value = {"type": "string", "value": self.token}
            cookie = {"name": "shouwang", "value": value, "domain": "127.0.0.1"}
            self.ask("storage.setCookie", cookie=cookie)
        return self

    def signs_in(self, token: str) -> "Firefox":
        """From its next start on, with a session that the server knows."""
        self.token = token
        return self

    def kill(self) -> None:
        """SIGKILL to all its processes: nothing is written any more."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """One command and its result; events are not listened to."""
        number = next(self.numbers)
        self.line.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = json.loads(self.line.recv(LONGEST_ANSWER))
            if answer.get("id") == number:
                if answer["type"] == "error":
                    raise RuntimeError(f"{method}: {answer['message']}")
                return answer["result"]

    def open_tab(self, path: str) -> "Tab":
        made = self.ask("browsingContext.create", type="tab")
        return Tab(self, made["context"]).goes_to(path)

    def stop_service_workers(self) -> None:
        """It lets nobody do that; the death of the browser is theirs, too."""

    def everybody_sends(self) -> None:
        """Every tab, at the same time, and it is not waited for."""
        for tab in self.tabs:
            tab.finds_quietly("(outbox.send(), null)")

    def _connects(self, port: int) -> bool:
        try:
            self.line: ClientConnection = connect(
                f"ws://127.0.0.1:{port}/session", max_size=None, legacy=True
            )
        except OSError:
            return False
        return True


class Tab:
    """One page of it."""

    def __init__(self, firefox: Firefox, context: str):
        self.firefox, self.context = firefox, context

    def goes_to(self, path: str) -> "Tab":
        url = self.firefox.address + path
        self.firefox.ask("browsingContext.navigate", context=self.context, url=url, wait="complete")
        return self

    def finds(self, script: str) -> Any:
        """What a JavaScript expression comes to, a promise awaited; as JSON tells it."""
        told = self._evaluate(f"(async () => JSON.stringify(await ({script})))()")
        return json.loads(told["value"]) if told["type"] == "string" else None

    def taps(self, selector: str) -> "Tab":
        """A finger on the middle of the element, as far as a finger can be in there."""
        self.firefox.ask(
            "input.performActions", context=self.context, actions=[_finger(self._element(selector))]
        )
        return self

    def writes(self, selector: str, words: str) -> "Tab":
        self.taps(selector)
        keys = [{"type": kind, "value": key} for key in words for kind in ("keyDown", "keyUp")]
        keyboard = {"type": "key", "id": "keys", "actions": keys}
        self.firefox.ask("input.performActions", context=self.context, actions=[keyboard])
        return self

    def chooses_files(self, selector: str, *files: Path) -> "Tab":
        names = [str(file) for file in files]
        element = self._element(selector)
        self.firefox.ask("input.setFiles", context=self.context, element=element, files=names)
        return self

    def waits_for(self, script: str, patience: float = LONGEST_ANSWER) -> "Tab":
        until(lambda: self.finds_quietly(script), patience)
        return self

    def finds_quietly(self, script: str) -> Any:
        """The page may just be going away under us."""
        with suppress(RuntimeError):
            return self.finds(script)

    def _element(self, selector: str) -> dict[str, str]:
        chosen = json.dumps(selector)
        scroll = f"document.querySelector({chosen}).scrollIntoView({{block: 'center'}})"
        self._evaluate(scroll)
        return {"sharedId": self._evaluate(f"document.querySelector({chosen})")["sharedId"]}

    def _evaluate(self, expression: str) -> dict[str, Any]:
        answer = self.firefox.ask(
            "script.evaluate",
            expression=expression,
            target={"context": self.context},
            awaitPromise=True,
        )
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return answer["result"]


def _finger(element: dict[str, str]) -> dict[str, Any]:
    origin = {"type": "element", "element": element}
    steps = [
        {"type": "pointerMove", "x": 0, "y": 0, "origin": origin},
        {"type": "pointerDown", "button": 0},
        {"type": "pointerUp", "button": 0},
    ]
    touch = {"pointerType": "touch"}
    return {"type": "pointer", "id": "finger", "parameters": touch, "actions": steps}
