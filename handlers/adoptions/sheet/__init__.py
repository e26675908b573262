"""采用登记表: a sheet of uses and remarks, taken as a whole or not at all."""

from handlers.adoptions.sheet.columns import COLUMNS
from handlers.adoptions.sheet.entering import discard, release, stage
from handlers.adoptions.sheet.judging import judge
from handlers.kit.sheets import SheetBook

BOOK = SheetBook(
    name="adoptions",
    title="采用登记表",
    columns=COLUMNS,
    judge=judge,
    enter=stage,
    finish=release,
    discard=discard,
)
