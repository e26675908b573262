"""Drafts as tests need them: handed in, returned, revised, approved, in words."""

from storage.vocabulary import UserId
from tests.harness.service import Chat

TITLE = "春季消防检查"
BODY = "检查重点场所12处，发现问题3个。已整改。"
REVISED = "检查重点场所15处，发现问题3个。已复查。已整改。"


def handed_in(bureau: Chat, author: str = "alice", title: str = TITLE, body: str = BODY) -> int:
    """Let *author* hand in a draft; return its number."""
    phone = bureau.phone(author)
    phone.says(f"投稿 {title}\n{body}")
    phone.says("完成")
    number = phone.hears("已提交").draft_no
    phone.hears_all()
    return number


def revised(bureau: Chat) -> int:
    """Let alice hand in a draft, bob return it, and alice hand in another text."""
    number = handed_in(bureau)
    bureau.phone("bob").says(f"退回 {number} 请补充复查情况")
    bureau.phone("alice").says(f"修改 {number}\n{REVISED}")
    return number


def address_of(bureau: Chat, number: int, userid: str = "alice") -> str:
    """Return the address of the page of the draft that *userid* knows by that number."""
    with bureau.services.database.begin() as uow:
        member = uow.members.person(UserId(userid))
        assert member
        draft = uow.drafts.latest_numbered(member.bureau, number)
        assert draft
        return f"/p/drafts/{draft.id}"
