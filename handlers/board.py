"""The status board of a group: asked for there, chosen in private, read by everybody."""

from __future__ import annotations

from collections.abc import Callable

from handlers.chat import Chat, Continue, dialogue
from handlers.register import checked_person
from handlers.services import Services
from handlers.telling import Post
from signing.contracts.boards import Board
from signing.ids import ChatId, ContractId
from signing.store.port import Tx

NEITHER = "none"


@dialogue("board", command="board", passing=True)
async def board(chat: Chat, services: Services, group: ChatId | None = None) -> None:
    """Choose what a group may see. Only the group itself says which one it is, never a button or a command."""
    if group is None:
        await chat.say("board.how", link=services.group_link)
        return
    if await checked_person(chat, services) is None:
        return
    offered = await chat.do(services.boards.offered)
    if not offered:
        await chat.say("board.nothing")
        return
    chosen = await chat.choose("board.which", contracts=offered)
    if chosen != NEITHER:
        await chat.say("board.put", board=await chat.do(services.boards.put, ContractId(chosen), group))


@dialogue("open", argument="contract")
async def open_(chat: Chat, services: Services, contract: ContractId) -> None:
    """From a board into private: whoever is asked to sign signs, its other people see how it stands."""
    if await checked_person(chat, services) is None:
        return
    waiting = await chat.do(services.invitations.waiting)
    mine = next((each for each in waiting if each.contract == contract), None)
    if mine is not None:
        raise Continue("sign", party=mine.party)
    raise Continue("contract", contract=contract)


class BoardCards:
    """Boards in words. `link` makes a link into the private chat, which opens with what stands behind it."""

    def __init__(self, post: Post, link: Callable[[str], str]) -> None:
        self._post = post
        self._link = link

    def show(self, tx: Tx, group: ChatId, board: Board, message: str) -> str:
        words = {"board": board, "link": self._link(f"open_{board.contract}")}
        return self._post.show(tx, group, "board.card", words, edit=message, pinned=True)
