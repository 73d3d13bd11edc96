"""A visitor of a running app without a browser: its websocket, with whatever headers one likes."""

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Self
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

PATIENCE_S = 60
LARGEST = 1 << 28


@contextmanager
def visit(
    url: str,
    *,
    host: str = "",
    origin: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Iterator["Visitor"]:
    """Open a session of the app at ``url``; ``host`` and ``origin`` are what its browser claims.

    Unless told otherwise it says what a browser would that shows ``url``; without a browser there
    is no origin: "".

    Raises
    ------
    websockets.exceptions.InvalidStatus
        If the server refuses the handshake.
    """
    at = urlsplit(url)
    with connect(
        f"ws://{host or at.netloc}{at.path.rstrip('/')}/_stcore/stream",
        sock=socket.create_connection((at.hostname, at.port), PATIENCE_S),
        subprotocols=["streamlit"],
        origin=f"http://{host or at.netloc}" if origin is None else origin or None,
        additional_headers=headers,
        max_size=LARGEST,
        proxy=None,
    ) as opened:
        yield Visitor(opened)


class Visitor:
    """One session of a running app."""

    def __init__(self, opened: ClientConnection) -> None:
        self.socket = opened
        self.buttons: dict[str, str] = {}
        self.text = ""
        self.session = ""
        self._page = ""

    def open(self, page: str = "", query: str = "") -> Self:
        """Have a page drawn; ``buttons`` are then its labels with their ids."""
        self._page = page
        return self._run(BackMsg(), query)

    def press(self, button: str) -> Self:
        """Press the button of this id, drawn for this visitor or not."""
        message = BackMsg()
        message.rerun_script.widget_states.widgets.add(id=button, trigger_value=True)
        return self._run(message, "")

    def _run(self, message: BackMsg, query: str) -> Self:
        message.rerun_script.query_string = query
        message.rerun_script.page_name = self._page
        self.socket.send(message.SerializeToString())
        self.buttons, self.text = {}, ""
        while not self._finished(ForwardMsg.FromString(self.socket.recv(PATIENCE_S))):
            pass
        return self

    def _finished(self, told: ForwardMsg) -> bool:
        if told.HasField("delta") and told.delta.HasField("new_element"):
            element = told.delta.new_element
            if element.HasField("button"):
                self.buttons[element.button.label] = element.button.id
            else:
                self.text += str(element.markdown.body) + str(element.html.body)
        if told.HasField("new_session"):
            self.session = told.new_session.initialize.session_id
        finished = told.WhichOneof("type") == "script_finished"
        return finished and told.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
