"""Everything that can be meant, of all capabilities."""

from pathlib import Path

from handlers.adoptions import meanings as adoptions
from handlers.calls import meanings as calls
from handlers.drafts import meanings as drafts
from handlers.duty import meanings as duty
from handlers.help import meanings as help_meanings
from handlers.kit.examples import read_examples
from handlers.opinion import meanings as opinion
from handlers.profiles import meanings as profiles
from handlers.quotas import meanings as quotas_meanings
from handlers.reminders import meanings as reminders_meanings
from handlers.reports import meanings as reports
from handlers.reviews import meanings as reviews

MEANINGS = (
    drafts.submit, drafts.append, drafts.finish, drafts.cancel, drafts.withdraw, drafts.revise,
    drafts.mine, drafts.detail, quotas_meanings.quota, quotas_meanings.ranking, reviews.pending,
    reviews.approve, reviews.return_, reviews.transfer, reviews.unclear, reviews.which,
    calls.claim, calls.listing, calls.create, opinion.report, opinion.listing,
    opinion.acknowledge, opinion.dispose, opinion.close, duty.today, duty.swap,
    reminders_meanings.deadlines, reminders_meanings.remind, reminders_meanings.mute,
    adoptions.record, reports.report, help_meanings.help_, help_meanings.smalltalk,
    help_meanings.refusals, profiles.bind, profiles.profile,
)

EXAMPLES = [
    example
    for path in sorted(Path(__file__).parent.glob("*/examples.tsv"))
    for example in read_examples(path)
]
