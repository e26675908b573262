"""Everything that can be meant, of all capabilities."""

from handlers import help_meanings, quotas_meanings, reminders_meanings
from handlers.adoptions import meanings as adoptions
from handlers.calls import meanings as calls
from handlers.drafts import meanings as drafts
from handlers.duty import meanings as duty
from handlers.opinion import meanings as opinion
from handlers.profiles import meanings as profiles
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
