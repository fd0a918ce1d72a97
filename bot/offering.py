"""What the rooms offer to dialogues, by name."""

from __future__ import annotations

from bot.rooms import Rooms
from handlers.progress import Progress
from handlers.services import Services
from signing.enterprises import Enterprises
from signing.persons import Persons


def services_of(rooms: Rooms) -> Services:
    """A list, and nothing else."""
    ground, identity, members, sealing = rooms.ground, rooms.identity, rooms.members, rooms.sealing
    drafting, forms, mail = rooms.drafting, rooms.forms, rooms.mail
    parties, life, after = rooms.parties, rooms.life, rooms.after
    return Services(
        persons=Persons(),
        enterprises=Enterprises(),
        membership=members.membership,
        checks=identity.checks,
        claims=identity.claims,
        later_tries=identity.later_tries,
        proofs=identity.proofs,
        licences=identity.licences,
        letters=identity.letters,
        comparing=identity.comparing,
        cases=identity.cases,
        operators=identity.operators,
        privacy=identity.privacy,
        erasure=identity.erasure,
        revoking=identity.revoking,
        seals=sealing.seals,
        seal_photos=sealing.photos,
        seal_reviews=sealing.reviews,
        grants=sealing.grants,
        drafts=drafting.drafts,
        areas=drafting.areas,
        dragging=drafting.dragging,
        book=drafting.book,
        copying=drafting.copying,
        replacing=drafting.replacing,
        succession=drafting.succession,
        papers=drafting.papers,
        forms=forms.forms,
        fillings=forms.fillings,
        starters=forms.starters,
        rosters=forms.rosters,
        progress=Progress(ground.post.show),
        initiating=life.initiating,
        entries=life.entries,
        invitations=parties.invitations,
        signatures=life.signatures,
        shelves=life.shelves,
        signers=parties.signers,
        corrections=parties.corrections,
        boards=parties.boards,
        group_link=ground.messenger.group_link,
        pages=ground.messenger.abilities.pages,
        batches=life.batches,
        seal_choice=life.seal_choice,
        willingness=ground.willingness,
        endings=life.endings,
        proving=life.proving,
        checking=rooms.checking,
        deadlines=life.deadlines,
        reminders=life.reminders,
        orders=parties.orders,
        questions=after.questions,
        voidings=after.voidings,
        exports=after.exports,
        feet=after.feet,
        inviting=mail.inviting,
        texting=mail.texting,
        mailboxes=mail.mailboxes,
        zone=ground.settings.zone,
    )
