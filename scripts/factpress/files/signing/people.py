"""Who may sign: people.yaml, and which of them sits at this machine, by the e-mail that git has."""

from __future__ import annotations

import re

from factpress.files.git_history import git_setting
from factpress.files.ledger import read_people
from factpress.files.signing.append import append_records, signing_lock
from factpress.model.signoff import Person
from factpress.problems import UsageError
from factpress.settings import Settings

_ID = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
_EMAIL = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+")
_ORCID = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")


def git_email(settings: Settings) -> str:
    """Return the e-mail by which git knows who commits in the book's folder; empty without git, or without one."""
    return git_setting(settings.root, "user.email")


def person_of_email(people: tuple[Person, ...], email: str) -> Person | None:
    """Return who has an e-mail, whatever the case of its letters; None if nobody has, or two have."""
    wanted = email.strip().casefold()
    found = [person for person in people if wanted and wanted in map(str.casefold, person.emails)]
    return found[0] if len(found) == 1 else None


def signer(settings: Settings, people: tuple[Person, ...], claimed: str = "") -> Person:
    """Return who signs here: the person whose e-mail git has. `claimed` may say who that is, not be somebody else.

    Raises:
        UsageError: git has no e-mail, or one that people.yaml does not have; or it is not that of `claimed`.
    """
    email = git_email(settings)
    person = person_of_email(people, email)
    if person is None:
        why = "git has no e-mail here that people.yaml knows" if email else "git has no e-mail here"
        hint = (
            "Add yourself with `factpress people add`." if email
            else "Say who you are with `git config user.email`, and add yourself with `factpress people add`."
        )  # fmt: skip
        raise UsageError(f"You can read, not sign: {why}.", hint)
    if claimed and claimed != person.id:
        raise UsageError(
            f"git's e-mail here is that of {person.id}, not of {claimed}.",
            f"Sign as {person.id}; what {claimed} decided on paper is entered with `factpress sign --from FILE`.",
        )
    return person


def add_person(settings: Settings, person: Person) -> None:
    """Add a person to the end of people.yaml; what stands there stays as it is.

    Raises:
        UsageError: the id, an e-mail or the ORCID iD is malformed, or somebody has it already.
        BookError: people.yaml cannot be read.
        FileError: it cannot be written.
    """
    if why := _fault(person):
        raise UsageError(why, "Correct it.")
    path = settings.docs / "claims" / "people.yaml"
    with signing_lock(settings):
        known, _ = read_people(settings.docs / "claims", settings.root) if path.exists() else ((), [])
        for other in known:
            if other.id == person.id:
                raise UsageError(f"{person.id} is already {other.name}.", "Take another id.")
            if set(map(str.casefold, other.emails)) & set(map(str.casefold, person.emails)):
                raise UsageError(f"{other.id} has this e-mail already.", "Each person has e-mails of their own.")
        append_records(settings, path, [person])


def free_id(name: str, people: tuple[Person, ...]) -> str:
    """Return an id for a name that nobody has: `a.rivera` of Alma Rivera, then `a.rivera2`."""
    words = [re.sub(r"[^a-z0-9]", "", _plain(word)) for word in name.split()]
    words = [word for word in words if word]
    base = f"{words[0][0]}.{words[-1]}" if len(words) > 1 else "".join(words) or "person"
    taken = {person.id for person in people}
    return next(found for n in range(1, len(taken) + 2) if (found := base if n == 1 else f"{base}{n}") not in taken)


def _plain(word: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFKD", word).casefold()


def _fault(person: Person) -> str:
    if not _ID.fullmatch(person.id):
        return f"{person.id!r} cannot be an id: small letters, digits and single dots, hyphens or underscores."
    if not person.name.strip() or not person.role.strip():
        return "A person has a name, and a role such as history teacher."
    if wrong := next((email for email in person.emails if not _EMAIL.fullmatch(email)), ""):
        return f"{wrong!r} is not an e-mail address."
    if person.orcid is not None and not (_ORCID.fullmatch(person.orcid) and _orcid_sum(person.orcid)):
        return f"{person.orcid!r} is not an ORCID iD, such as 0000-0002-1825-0097."
    return ""


def _orcid_sum(orcid: str) -> bool:
    """Return whether the last digit is the check digit (ISO 7064, MOD 11-2)."""
    digits, total = orcid.replace("-", ""), 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == digits[-1]
