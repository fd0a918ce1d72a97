"""Questions to the sender: asked by who signs, answered by the sender, both kept with the contract under their keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from signing.actor import Actor
from signing.audit import note
from signing.contracts.contract import (
    Contract,
    NoSuchContract,
    Party,
    State,
    WrongState,
    hold_contract,
    read_contract,
    require_state,
)
from signing.contracts.readers import require_reader
from signing.contracts.reminders import own_party
from signing.errors import SigningError
from signing.ids import ContractId, PartyId, PersonId, new_id
from signing.store.port import Reading, Row, Tx
from signing.store.times import DAY, moment
from signing.store.vault import Sealed, Vault

LONGEST = 1000
AT_ONCE = 3
QUESTION, TIME = "question", "time"


class NoWords(SigningError):
    """A question or an answer is empty or longer than 1,000 letters."""

    code = "question.no-words"


class AskedEnough(SigningError):
    """Three questions of this party wait for an answer."""

    code = "question.enough"


class AskedForTime(SigningError):
    """The party asked for more time within the last day."""

    code = "question.time-asked"


class AnsweredAlready(SigningError):
    """The question has its answer."""

    code = "question.answered"


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a contract; `answer` is empty as long as there is none. What was erased reads as empty."""

    id: str
    contract: ContractId
    party: PartyId
    title: str
    name: str
    contact: str
    asked: str
    answer: str


Announce = Callable[[Tx, Contract, Party, Question], None]
"""Bring a question to the sender, or its answer to who asked, in the transaction that keeps it."""
AnnounceTime = Callable[[Tx, Contract, Party], None]


class Questions:
    """Keeps questions and answers."""

    def __init__(self, vault: Vault, asked: Announce, answered: Announce, time_wanted: AnnounceTime) -> None:
        self._vault = vault
        self._asked = asked
        self._answered = answered
        self._time_wanted = time_wanted

    def ask(self, tx: Tx, actor: Actor, party: PartyId, words: str) -> Question:
        """Of who signs for a party, while it is being signed. Raises NoSuchContract, WrongState, NoWords, AskedEnough."""
        contract, mine = self._theirs(tx, actor, party, State.SIGNING)
        if len(tx.find("open_questions_of_party", party=party, kind=QUESTION, since=0)) >= AT_ONCE:
            raise AskedEnough
        key = self._keep(tx, actor.registered, mine, contract, QUESTION, clean_words(words))
        note(tx, contract.id, "asked", actor.registered, party=party)
        question = self._read(tx, contract, key)
        self._asked(tx, contract, mine, question)
        return question

    def ask_for_time(self, tx: Tx, actor: Actor, party: PartyId) -> Contract:
        """A later deadline, or the contract once more after it: at most once a day.

        Raises NoSuchContract, WrongState, AskedForTime.
        """
        contract, mine = self._theirs(tx, actor, party, State.SIGNING, State.EXPIRED)
        if tx.find("open_questions_of_party", party=party, kind=TIME, since=tx.now - DAY):
            raise AskedForTime
        self._keep(tx, actor.registered, mine, contract, TIME, "")
        note(tx, contract.id, "time_wanted", actor.registered, party=party)
        self._time_wanted(tx, contract, mine)
        return contract

    def answer(self, tx: Tx, actor: Actor, question: str, words: str) -> Question:
        """Of the sender. Raises NoSuchContract, NoWords, AnsweredAlready."""
        contract, row = self._of_sender(tx, actor, question)
        hold_contract(tx, contract.id)
        if row["answered"]:
            raise AnsweredAlready
        sealed = self._vault.seal(tx, actor.registered, clean_words(words).encode())
        tx.change("questions", question, {"answer": sealed, "answerer": actor.registered, "answered": tx.now})
        note(tx, contract.id, "answered", actor.registered, party=row["party"])
        answered = self._read(tx, contract, question)
        self._answered(tx, contract, contract.party(row["party"]), answered)
        return answered

    def to_answer(self, tx: Reading, actor: Actor, question: str) -> Question:
        """A question as the sender sees it. Raises NoSuchContract, AnsweredAlready."""
        contract, row = self._of_sender(tx, actor, question)
        if row["answered"]:
            raise AnsweredAlready
        return self._read(tx, contract, question)

    def told(self, tx: Reading, actor: Actor, contract: ContractId) -> list[Question]:
        """The questions of a contract with their answers: all to the sender, to others what they asked themselves."""
        read = require_reader(tx, actor, contract)
        rows = tx.find("questions_of_contract", contract=contract)
        mine = [row for row in rows if actor.registered in (read.sender, row["asker"])]
        return [self._read(tx, read, row["id"]) for row in mine if row["kind"] == QUESTION]

    def _theirs(self, tx: Tx, actor: Actor, party: PartyId, *states: State) -> tuple[Contract, Party]:
        contract, mine = own_party(tx, actor, party)
        held = require_state(hold_contract(tx, contract.id), *states)
        if actor.registered == held.sender:
            raise NoSuchContract
        over = held.state == State.SIGNING and held.deadline <= moment(tx.now)
        if over and State.EXPIRED not in states:
            raise WrongState(state=State.EXPIRED, title=held.title)
        return held, mine

    def _keep(self, tx: Tx, asker: PersonId, party: Party, contract: Contract, kind: str, words: str) -> str:
        key = new_id("q", tx.now)
        sealed = self._vault.seal(tx, asker, words.encode())
        row = {"id": key, "contract": contract.id, "party": party.id, "kind": kind, "asker": asker}
        tx.insert("questions", {**row, "asked": sealed, "created": tx.now})
        return key

    def _of_sender(self, tx: Reading, actor: Actor, question: str) -> tuple[Contract, Row]:
        row = tx.get("questions", question)
        if row is None or row["kind"] != QUESTION:
            raise NoSuchContract
        contract = read_contract(tx, row["contract"])
        if contract.sender != actor.registered:
            raise NoSuchContract
        return contract, row

    def _read(self, tx: Reading, contract: Contract, question: str) -> Question:
        row = tx.get("questions", question)
        assert row is not None
        party = contract.party(row["party"])
        asked = self._opened(tx, row["asker"], row["asked"])
        answer = self._opened(tx, row["answerer"], row["answer"]) if row["answered"] else ""
        named = (contract.title, party.name, party.contact)
        return Question(question, contract.id, party.id, *named, asked, answer)

    def _opened(self, tx: Reading, person: str, sealed: bytes) -> str:
        try:
            return self._vault.open(tx, person, sealed).decode()
        except Sealed:
            return ""


def clean_words(text: str) -> str:
    """What was typed, on one line. Raises NoWords."""
    words = " ".join(text.split())
    if not words or len(words) > LONGEST:
        raise NoWords
    return words
